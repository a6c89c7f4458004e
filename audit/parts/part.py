"""Cutting the stream of an archive's records into parts, always at the same places."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from audit.records import Record, Rejection

#: Code points of content, markup included, from which on a part is cut, however few records it has.
CHARACTERS: Final = 1 << 22


@dataclass(frozen=True, slots=True)
class Part:
    """Consecutive records of the archive. Its representation shows no text: it may stand in a log.

    Attributes
    ----------
    number : int
        From 0.
    records : tuple of Record or Rejection
        Rejected already are those that could not be read.
    """

    number: int
    records: tuple[Record | Rejection, ...] = field(repr=False)

    def digest(self) -> str:
        """SHA-256, in hexadecimal, of all that stands in the part."""
        content = [
            (r.place.input, r.place.record, r.place.line, r.reason)
            if isinstance(r, Rejection)
            else (r.place.input, r.place.record, r.place.line, r.content, r.html, sorted(r.metadata.items()))
            for r in self.records
        ]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()

    def span(self) -> str:
        """Where the part stands in the archive, for a message."""
        first, last = self.records[0].place, self.records[-1].place
        return f"{first.input} record {first.record} to {last.input} record {last.record}"


def cut(records: Iterable[Record | Rejection], size: int) -> Iterator[Part]:
    """Cut a stream into parts.

    Parameters
    ----------
    records : iterable of Record or Rejection
    size : int
        Records in a part, at most; fewer where they are long, see `CHARACTERS`.
    """
    number, characters = 0, 0
    gathered: list[Record | Rejection] = []
    for record in records:
        gathered.append(record)
        characters += len(record.content) if isinstance(record, Record) else 0
        if len(gathered) == size or characters >= CHARACTERS:
            yield Part(number, tuple(gathered))
            number, characters, gathered = number + 1, 0, []
    if gathered:
        yield Part(number, tuple(gathered))
