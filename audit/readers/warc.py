"""WARC: the pages of a crawl."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, BinaryIO, Final, cast

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from audit.readers.columns import Columns
from audit.readers.documents import page_record
from audit.readers.http_body import decode_body
from audit.readers.records import DAMAGED, MAX_RECORD_BYTES, TOO_LONG
from audit.records import Place, Record, Rejection

_HTML: Final = ("text/html", "application/xhtml+xml")
_ENTRY_END: Final = b"\r\n\r\n"


def read_warc(stream: IO[bytes], name: str, _: Columns) -> Iterator[Record | Rejection]:
    """Read the responses that brought a page of HTML with a status of 2xx; all else is no record.

    The metadata are the page's address, the time of the crawl and the record's id.

    Parameters
    ----------
    stream : binary file
    name : str
        The input's.
    """
    # Decoding is left to us, since the library decodes whole bodies whatever their size.
    source = _Source(stream)
    entries = iter(ArchiveIterator(cast("BinaryIO", source), parse_http=False))
    number = 0
    while True:
        place = Place(name, number)
        try:
            entry = next(entries, None)
            if entry is None:
                item, complete = None, source.ended_well()
            else:
                item, complete = _read(place, entry)
        except OSError:
            item, complete = None, False
        if not complete:
            yield Rejection(place, DAMAGED)
            return
        if entry is None:
            return
        if item is not None:
            yield item
            number += 1


class _Source:
    """A stream that tells whether it ended where an entry does: the library takes half of its headers for none."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._end = b""

    def read(self, size: int = -1) -> bytes:
        content = self._stream.read(size)
        self._end = (self._end + content)[-len(_ENTRY_END) :]
        return content

    def tell(self) -> int:
        return self._stream.tell()

    def ended_well(self) -> bool:
        return self._end in {b"", _ENTRY_END}


def _read(place: Place, entry: WarcRecord) -> tuple[Record | Rejection | None, bool]:
    """Read an entry, which is a page or none, and tell whether all of it is there."""
    size = entry.content_length
    if entry.record_type != WarcRecordType.response or size > MAX_RECORD_BYTES:
        too_long = entry.record_type == WarcRecordType.response and _is_page(entry)
        rest = entry.content_length  # without HTTP's headers, if these were read
        return Rejection(place, TOO_LONG) if too_long else None, entry.consume() == rest
    entry.freeze()
    complete = entry.content_length == size
    return _page(place, entry) if complete and _is_page(entry) else None, complete


def _is_page(response: WarcRecord) -> bool:
    try:
        response.parse_http()
    except OSError:  # no HTTP
        return False
    if response.http_headers is None:
        return False
    status = response.http_headers.status_code or 0
    return 200 <= status < 300 and (response.http_content_type or "").lower() in _HTML


def _page(place: Place, response: WarcRecord) -> Record | Rejection:
    if response.headers.get("WARC-Truncated") is not None:
        return Rejection(place, "the crawler has cut the page short")
    codings = (response.http_headers.get(name) or "" for name in ("Transfer-Encoding", "Content-Encoding"))
    try:
        content = decode_body(response.reader.read(), *codings)
    except ValueError as error:
        return Rejection(place, str(error))
    metadata = {
        "id": response.record_id,
        "url": response.headers.get("WARC-Target-URI"),
        "date": response.headers.get("WARC-Date"),
    }
    return page_record(place, content, metadata, charset=response.http_charset)
