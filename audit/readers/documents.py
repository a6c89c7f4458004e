"""Files that are one article each: texts and pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import IO

from audit.readers.columns import Columns
from audit.readers.encodings import decode_html
from audit.readers.records import MAX_RECORD_BYTES, NOT_UTF8, TOO_LONG, to_record
from audit.records import Place, Record, Rejection


def read_text(stream: IO[bytes], name: str, _: Columns) -> Iterator[Record | Rejection]:
    """Read a text in UTF-8."""
    place = Place(name, 0)
    content = stream.read(MAX_RECORD_BYTES + 1)
    if len(content) > MAX_RECORD_BYTES:
        yield Rejection(place, TOO_LONG)
        return
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        yield Rejection(place, f"{NOT_UTF8} (byte {error.start})")
        return
    yield to_record(place, text, {}, html=False)


def read_page(stream: IO[bytes], name: str, _: Columns) -> Iterator[Record | Rejection]:
    """Read a page or a fragment of HTML."""
    yield page_record(Place(name, 0), stream.read(MAX_RECORD_BYTES + 1), {})


def page_record(
    place: Place, content: bytes, metadata: Mapping[str, object], *, charset: str | None = None
) -> Record | Rejection:
    """Make a record of a page's bytes, of which at least one more than `MAX_RECORD_BYTES` are given if there are."""
    if len(content) > MAX_RECORD_BYTES:
        return Rejection(place, TOO_LONG)
    try:
        html = decode_html(content, charset)
    except ValueError as error:
        return Rejection(place, str(error))
    return to_record(place, html, metadata, html=True)
