"""The figures of a report as tables in CSV."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from audit.csv_files import write_csv
from audit.report.counts import Counts
from audit.report.figures import Figures
from audit.report.first_reads import FirstRead
from audit.report.phrases import Phrase
from audit.statistics.estimates import Estimate, GroupShares
from model.labels import LABELS
from model.standards import STANDARDS

_SHARES: Final = [
    "articles",
    "sentences",
    "label",
    "share",
    "low",
    "high",
    "corrected",
    "corrected_low",
    "corrected_high",
]
_QUARTILES: Final = ["lower_quartile", "median", "upper_quartile"]


def write_tables(
    folder: Path, counts: Counts, figures: Figures, phrases: list[Phrase], first: list[FirstRead]
) -> list[Path]:
    """Write every table, and name the files."""
    tables: dict[str, tuple[list[str], Iterator[list[object]]]] = {
        "records": (["what", "records"], _records(counts)),
        "shares": (["by", "group", *_SHARES], _groups(figures)),
        "shares-over-time": (["outlet", "period", *_SHARES], _series(figures)),
        "strengths": (["outlet", "articles", "mean", *_QUARTILES, *_bins(figures)], _strengths(figures)),
        "flags": (["flag", "standard", "articles", "share", "low", "high"], _flags(figures)),
        "unnamed-sources": (["phrase", "sentences", "articles"], ([p.text, p.sentences, p.articles] for p in phrases)),
        "read-first": (_FIRST, _first(first)),
    }
    paths = []
    for name, (header, rows) in tables.items():
        paths.append(folder / f"{name}.csv")
        write_csv(paths[-1], header, rows)
    return paths


def _records(counts: Counts) -> Iterator[list[object]]:
    for name in ("read", "scored", "rejected", "duplicates"):
        yield [name, getattr(counts, name)]
    for reason, records in counts.reasons:
        yield [f"rejected: {reason}", records]


def _groups(figures: Figures) -> Iterator[list[object]]:
    yield from _shares(["all", None], figures.overall)
    for kind in ("outlet", "section", "author"):
        for row in getattr(figures, f"{kind}s").rows:
            yield from _shares([kind, row.name], row.shares)


def _series(figures: Figures) -> Iterator[list[object]]:
    for series in figures.series:
        for row in series.rows:
            yield from _shares([series.outlet, row.name], row.shares)


def _shares(start: list[object], group: GroupShares) -> Iterator[list[object]]:
    for label in LABELS:
        corrected = group.corrected[label] if group.corrected else Estimate(None)
        yield [*start, group.articles, group.sentences, label, *_cells(group.raw[label]), *_cells(corrected)]


def _cells(figure: Estimate) -> list[object]:
    return [figure.value, figure.low, figure.high]


def _bins(figures: Figures) -> list[str]:
    count = len(figures.strengths[0].histogram)
    return [f"from_{number / count:.2f}" for number in range(count)]


def _strengths(figures: Figures) -> Iterator[list[object]]:
    for one in figures.strengths:
        yield [one.outlet, one.articles, one.mean, *one.quartiles, *one.histogram]


def _flags(figures: Figures) -> Iterator[list[object]]:
    for flag in figures.flags:
        yield [flag.code, STANDARDS[flag.code].standard, flag.articles, *_cells(flag.rate)]


_FIRST: Final = [
    "input", "record", "outlet", "date", "section", "author", "title", "url", "verdict", "flags", "strength",
    "sentences", "anonymous",
]  # fmt: skip


def _first(first: list[FirstRead]) -> Iterator[list[object]]:
    for article in first:
        yield [" ".join(article.flags or []) if name == "flags" else getattr(article, name) for name in _FIRST]
