"""What became of the archive's records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pyarrow as pa

from audit.results import Results

REASONS: Final = 20


@dataclass(frozen=True, slots=True)
class Counts:
    """Records and what became of them.

    Attributes
    ----------
    read, scored, rejected, duplicates : int
        Every record read is scored or rejected; duplicates are among the scored.
    reasons : list of (str, int)
        Why records were rejected, the most frequent first, at most `REASONS`.
    """

    read: int
    scored: int
    rejected: int
    duplicates: int
    reasons: list[tuple[str, int]]


def count_records(results: Results) -> Counts:
    """Count the rows of a run's tables."""
    totals = pa.table({"reason": pa.array([], pa.string()), "records": pa.array([], pa.int64())})
    for part in results.read("rejected", ["reason"]):
        found = part.group_by("reason").aggregate([([], "count_all")]).rename_columns(totals.column_names)
        both = pa.concat_tables([totals, found.cast(totals.schema)]).group_by("reason")
        totals = both.aggregate([("records", "sum")]).rename_columns(totals.column_names)
    ordered = totals.sort_by([("records", "descending"), ("reason", "ascending")]).slice(0, REASONS)
    scored, rejected = results.rows("articles"), results.rows("rejected")
    duplicates = sum(len(records) for records in results.duplicates.values())
    return Counts(
        scored + rejected, scored, rejected, duplicates, [(str(r["reason"]), r["records"]) for r in ordered.to_pylist()]
    )
