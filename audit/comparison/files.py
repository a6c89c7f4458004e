"""A comparison as a page of HTML and tables in CSV."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from audit.comparison.changes import KINDS, Changes
from audit.comparison.compare import Comparison
from audit.comparison.shares import SharesDifference
from audit.csv_files import write_csv
from audit.pages import TEMPLATES
from audit.statistics.bootstrap import CONFIDENCE, REPLICATES, SEED
from audit.statistics.estimates import Estimate

_HEADER: Final = [
    "outlet", "label", "first_articles", "second_articles", "first", "second", "difference", "low", "high",
    "first_corrected", "second_corrected", "corrected_difference", "corrected_low", "corrected_high",
]  # fmt: skip


def write_comparison(folder: Path, comparison: Comparison, changes: Changes | None) -> None:
    """Write diff.html and differences.csv into a folder."""
    page = TEMPLATES.get_template("diff.html").render(
        comparison=comparison,
        changes=changes,
        kinds=KINDS,
        confidence=CONFIDENCE,
        replicates=REPLICATES,
        seed=SEED,
    )
    (folder / "diff.html").write_text(page, encoding="utf-8", newline="\n")
    write_csv(folder / "differences.csv", _HEADER, _rows(comparison))


def _rows(comparison: Comparison) -> Iterator[list[object]]:
    yield from _differences(None, comparison.overall)
    for name, difference in comparison.outlets.items():
        yield from _differences(name, difference)


def _differences(outlet: str | None, difference: SharesDifference) -> Iterator[list[object]]:
    for label, one in difference.labels.items():
        corrected = one.corrected or Estimate(None)
        yield [
            outlet, label, *difference.articles,
            one.first, one.second, one.raw.value, one.raw.low, one.raw.high,
            one.first_corrected, one.second_corrected, corrected.value, corrected.low, corrected.high,
        ]  # fmt: skip
