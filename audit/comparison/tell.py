"""A comparison told in plain text."""

from __future__ import annotations

from collections.abc import Iterator

from audit.comparison.changes import KINDS, Changes
from audit.comparison.compare import Comparison
from audit.comparison.shares import SharesDifference
from audit.pages import points
from audit.statistics.bootstrap import CONFIDENCE, REPLICATES, SEED


def tell(comparison: Comparison, changes: Changes | None) -> str:
    """What a comparison found, in lines."""
    return "\n".join(_lines(comparison, changes))


def _lines(comparison: Comparison, changes: Changes | None) -> Iterator[str]:
    overall = comparison.overall
    yield f"first   {comparison.first}: {overall.articles[0]:,} articles, {overall.sentences[0]:,} labelled sentences"
    yield f"second  {comparison.second}: {overall.articles[1]:,} articles, {overall.sentences[1]:,} labelled sentences"
    if comparison.paired:
        yield f"the same articles, less {comparison.only[0]:,} in the first alone, {comparison.only[1]:,} in the second"
    yield ""
    yield "shares in per cent; differences with intervals in percentage points"
    yield from _shares(overall)
    yield ""
    yield f"{CONFIDENCE:.0%} intervals by a bootstrap of {REPLICATES:,} replicates over articles, seed {SEED}"
    if changes is not None:
        yield ""
        yield from _changes(changes)


def _shares(difference: SharesDifference) -> Iterator[str]:
    yield f"{'':12}{'first':>8}{'second':>8}{'difference':>22}{'corrected: first':>20}{'second':>8}{'difference':>22}"
    for label, one in difference.labels.items():
        corrected = (
            ""
            if one.corrected is None
            else (f"{_share(one.first_corrected):>20}{_share(one.second_corrected):>8}{points(one.corrected):>22}")
        )
        yield f"{label:12}{_share(one.first):>8}{_share(one.second):>8}{points(one.raw):>22}{corrected}"


def _changes(changes: Changes) -> Iterator[str]:
    share = changes.changed / changes.compared if changes.compared else 0
    yield (
        f"{changes.changed:,} of {changes.compared:,} sentences in both have another label ({share:.2%}); "
        f"cut otherwise: {changes.recut[0]:,} of the first, {changes.recut[1]:,} of the second"
    )
    yield "first (rows), second (columns)"
    yield f"{'':12}" + "".join(f"{kind:>12}" for kind in KINDS)
    for kind, counts in zip(KINDS, changes.table.tolist(), strict=True):
        yield f"{kind:12}" + "".join(f"{count:>12,}" for count in counts)


def _share(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f}"
