"""JSON lines: an object a line. Blank lines are no records."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any, Final

from audit.readers.columns import Columns
from audit.readers.compression import DAMAGE
from audit.readers.lines import read_lines
from audit.readers.records import MAX_RECORD_BYTES, NOT_UTF8, TOO_LONG, to_record
from audit.records import Place, Record, Rejection

#: The columns are the members of so many objects, or of those in so many bytes.
_SAMPLE: Final = 100
_SAMPLE_BYTES: Final = 4 << 20


def read_jsonl(stream: IO[bytes], name: str, columns: Columns) -> Iterator[Record | Rejection]:
    """Read an object a line.

    Parameters
    ----------
    stream : binary file
    name : str
        The input's.
    columns : Columns
        As resolved for this input. Metadata that the first lines do not have goes by its own name.
    """
    columns = columns.with_own_names()
    record = 0
    for number, line in enumerate(read_lines(stream), start=1):
        if line is not None and line.isspace():
            continue
        place = Place(name, record, number)
        record += 1
        if line is None:
            yield Rejection(place, TOO_LONG)
            continue
        try:
            member = _parse(line)
        except ValueError as error:
            yield Rejection(place, str(error))
            continue
        content, html = columns.content_of(member)
        yield to_record(place, content, columns.metadata_of(member), html=html)


def jsonl_columns(stream: IO[bytes]) -> list[str]:
    """Name the members of the first objects, in the order that they come up; none where there is no object."""
    names: dict[str, None] = {}
    size = objects = 0
    lines = read_lines(stream)
    while objects < _SAMPLE and size < _SAMPLE_BYTES:
        try:
            line = next(lines)
        except (StopIteration, *DAMAGE, OSError):
            break
        size += MAX_RECORD_BYTES if line is None else len(line)
        try:
            names |= dict.fromkeys(_parse(line or b""))
            objects += 1
        except ValueError:
            pass
    return list(names)


def _parse(line: bytes) -> dict[str, Any]:
    try:
        member = json.loads(line.decode())
    except UnicodeDecodeError as error:
        raise ValueError(f"{NOT_UTF8} (byte {error.start})") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON (column {error.colno})") from None
    except RecursionError:
        raise ValueError("the JSON is nested too deeply") from None
    except ValueError:  # Python reads no integers of thousands of digits
        raise ValueError("the JSON holds a number that is too long") from None
    if not isinstance(member, dict):
        raise ValueError("not a JSON object")  # noqa: TRY004 # the same as for the other faults
    return member
