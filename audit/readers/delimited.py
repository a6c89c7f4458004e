"""CSV with a header, delimited by commas, tabs, semicolons or bars, quoted as RFC 4180 has it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import IO, Final

from audit.readers.columns import Columns
from audit.readers.lines import read_lines
from audit.readers.records import MAX_RECORD_BYTES, NOT_UTF8, TOO_LONG, to_record
from audit.records import Place, Record, Rejection

_DELIMITERS: Final = ",\t;|"


class _TooLongError(Exception):
    """A row of more than `MAX_RECORD_BYTES`."""


class _Lines:
    """The lines of a file, for `csv.reader`, which takes as many as make a row.

    A quotation mark too many makes a row of what follows, up to the next one. Where a row turns out not to be one,
    `again` therefore has all but its first line read anew. So that no file takes more than time linear in its size,
    all together no more lines are read anew than there are.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._unread = read_lines(stream)
        self._row: list[bytes | None] = []
        self._pending: list[bytes | None] = []
        self._size = 0
        self._repeatable = 0
        #: Number of the row's first line, from 1.
        self.start = 1

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._pending:
            line = self._pending.pop()
        else:
            line = next(self._unread)
            self._repeatable += 1
        self._row.append(line)
        self._size += MAX_RECORD_BYTES if line is None else len(line)
        if line is None or self._size > MAX_RECORD_BYTES:
            raise _TooLongError
        return line.decode(errors="surrogateescape")

    def row_ends(self) -> None:
        self.start += len(self._row)
        self._row.clear()
        self._size = 0

    def again(self, *, kept: int = 1) -> None:
        repeated = self._row[kept:]
        if len(repeated) <= self._repeatable:
            self._repeatable -= len(repeated)
            self._pending += reversed(repeated)
            del self._row[kept:]
        self.row_ends()


def read_delimited(stream: IO[bytes], name: str, columns: Columns) -> Iterator[Record | Rejection]:
    """Read a row a record; blank lines are none.

    Parameters
    ----------
    stream : binary file
    name : str
        The input's.
    columns : Columns
        As resolved for this input.
    """
    lines = _Lines(stream)
    header, rows = _table(lines)
    if not header:
        yield Rejection(Place(name, 0, 1), "no header with the names of the columns")
        return
    record = 0
    while True:
        lines.row_ends()
        place = Place(name, record, lines.start)
        try:
            row = next(rows, None)
        except _TooLongError:
            yield Rejection(place, f"{TOO_LONG} (a quotation mark left open?)")
            lines.again()
        except csv.Error:
            yield Rejection(place, "not a row of CSV (are quotation marks doubled, and line breaks quoted?)")
            lines.again()
        else:
            if row is None:
                return
            if not row:
                continue
            yield _to_record(place, header, row, columns)
        record += 1


def delimited_columns(stream: IO[bytes]) -> list[str]:
    """Name the columns; none where there is no header."""
    return _table(_Lines(stream))[0]


def _table(lines: _Lines) -> tuple[list[str], Iterator[list[str]]]:
    """Read the header, and set up a reader of the rows by the first delimiter that parts the header."""
    csv.field_size_limit(MAX_RECORD_BYTES)
    try:
        first = next((line for line in lines if line.strip()), "")
        parted = (d for d in _DELIMITERS if len(next(csv.reader([first], delimiter=d))) > 1)
        rows = csv.reader(lines, delimiter=next(parted, ","), strict=True)
        lines.again(kept=0)
        return next((row for row in rows if any(map(str.strip, row))), []), rows
    except (_TooLongError, csv.Error):
        return [], iter([])


def _to_record(place: Place, header: list[str], row: list[str], columns: Columns) -> Record | Rejection:
    if len(row) != len(header):
        return Rejection(place, f"{len(row)} fields where the header has {len(header)}")
    fields = dict(zip(header, row, strict=True))
    content, html = columns.content_of(fields)
    return to_record(place, content, columns.metadata_of(fields), html=html, strays=f"bytes that are {NOT_UTF8}")
