"""The articles that an auditor reads first."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import reduce
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from audit.results import Results
from model.labels import ANONYMOUS, LABELS
from model.policy import VERDICTS

MOST: Final = 50
_SHOWN: Final = [
    "input",
    "record",
    "outlet",
    "date",
    "section",
    "author",
    "title",
    "url",
    "strength",
    "verdict",
    "flags",
]
_ORDER: Final = [
    ("gravity", "descending"),
    ("flagged", "descending"),
    (ANONYMOUS, "descending"),
    ("input", "ascending"),
    ("record", "ascending"),
]


@dataclass(frozen=True, slots=True)
class FirstRead:
    """One such article, and where it stands."""

    input: str
    record: int
    outlet: str | None
    date: str | None
    section: str | None
    author: str | None
    title: str | None
    url: str | None
    strength: float | None
    verdict: str | None
    flags: list[str] | None
    sentences: int
    anonymous: int

    @property
    def link(self) -> str | None:
        """The address, where a browser may be sent there."""
        return self.url if self.url and self.url.lower().startswith(("https://", "http://")) else None


_FIELDS: Final = [field.name for field in fields(FirstRead)]


def first_reads(results: Results, *, duplicates: bool) -> list[FirstRead]:
    """The articles with the gravest verdict, of these with most flags, of these with most anonymous sentences."""
    best: pa.Table | None = None
    for part in results.read("articles", [*_SHOWN, *LABELS]):
        kept = part if duplicates else part.filter(pc.invert(results.repeated(part)))
        ranked = kept.append_column("gravity", pc.index_in(kept["verdict"], pa.array(VERDICTS)).fill_null(-1))
        ranked = ranked.append_column("sentences", reduce(pc.add, (kept[label] for label in LABELS)))
        ranked = ranked.append_column("flagged", pc.list_value_length(kept["flags"]).fill_null(0))
        joined = ranked if best is None else pa.concat_tables([best, ranked])
        best = joined.sort_by(_ORDER).slice(0, MOST).combine_chunks()
    return [] if best is None else [FirstRead(**row) for row in best.select(_FIELDS).to_pylist()]
