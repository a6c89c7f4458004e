"""Parquet, a batch of rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from audit.readers.columns import Columns
from audit.readers.records import DAMAGED, NOT_UTF8, to_record
from audit.records import Place, Record, Rejection

#: Rows that are held at a time, each with a text.
_BATCH: Final = 64
#: Bytes that are read ahead of each column; without it a row group's columns would be held whole.
_BUFFER: Final = 1 << 20
#: What pyarrow raises for a damaged file.
_DAMAGE: Final = (pa.ArrowException, OSError)


def read_parquet(stream: IO[bytes], name: str, columns: Columns) -> Iterator[Record | Rejection]:
    """Read a row a record. Where a row group is damaged, one rejection stands for the rest of it.

    Parameters
    ----------
    stream : binary file
    name : str
        The input's.
    columns : Columns
        As resolved for this input.
    """
    try:
        file = pq.ParquetFile(stream, buffer_size=_BUFFER, pre_buffer=False)
    except _DAMAGE:
        yield Rejection(Place(name, 0), DAMAGED)
        return
    wanted = list(columns.named().values())
    record = 0
    for group in range(file.num_row_groups):
        rows = file.iter_batches(_BATCH, row_groups=[group], columns=wanted, use_threads=False)
        left = file.metadata.row_group(group).num_rows
        while left > 0:
            try:
                batch = next(rows)
            except (StopIteration, *_DAMAGE):
                yield Rejection(Place(name, record), f"{left} rows are damaged")
                record += 1
                break
            left -= batch.num_rows
            for row in _rows(batch):
                content, html = columns.content_of(row)
                place = Place(name, record)
                yield to_record(
                    place, content, columns.metadata_of(row), html=html, strays=f"bytes that are {NOT_UTF8}"
                )
                record += 1


def parquet_columns(stream: IO[bytes]) -> list[str]:
    """Name the columns; none where the file cannot be read."""
    try:
        return list(pq.read_schema(stream).names)
    except _DAMAGE:
        return []


def _rows(batch: pa.RecordBatch) -> Iterator[dict[str, Any]]:
    for row in range(batch.num_rows):
        yield {name: _value(column[row]) for name, column in zip(batch.schema.names, batch.columns, strict=True)}


def _value(scalar: pa.Scalar) -> object:
    """A value as Python has it; None where Python has no such date, zone or the like."""
    try:
        value = scalar.as_py()
    except UnicodeDecodeError:
        value = scalar.cast(pa.large_binary()).as_py()
    except (ValueError, OverflowError, pa.ArrowException):
        return None
    return value.decode(errors="surrogateescape") if isinstance(value, bytes) else value
