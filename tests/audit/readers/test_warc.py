from __future__ import annotations

import gzip
import zlib
from itertools import pairwise

import brotli
import pytest

from audit.readers import MAX_RECORD_BYTES
from audit.readers.compression import zstd
from audit.records import Record
from tests.audit.readers.archives import entry, response
from tests.audit.readers.conftest import Read

PAGE = "<p>“Où?”</p>"
UTF8 = PAGE.encode()
LAST = entry(response(b"<p>last</p>"))
DAMAGED = "[the file is cut short or damaged from here on]"


def contents(read: Read, warc: bytes, name: str = "a.warc") -> list[str]:
    return [item.content if isinstance(item, Record) else f"[{item.reason}]" for item in read(name, warc)]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "a.warc.zst"])
def test_pages_are_records_with_the_crawls_metadata(read: Read, name: str) -> None:
    whole = [entry(b"software: x", kind="warcinfo"), entry(b"GET /", kind="request"), entry(response(UTF8)), LAST]
    compress = {"warc": bytes, "gz": gzip.compress, "zst": zstd.compress}[name.rpartition(".")[2]]
    records = read(name, b"".join(map(compress, whole)))
    assert [item.content for item in records if isinstance(item, Record)] == [PAGE, "<p>last</p>"]
    assert isinstance(records[0], Record)
    assert records[0].html
    assert records[0].metadata == {
        "id": "<urn:uuid:0>",
        "url": "https://example.org/",
        "date": "2021-03-04T05:06:07Z",
    }


@pytest.mark.parametrize(
    "other",
    [
        entry(response(UTF8, status="404 Not Found")),
        entry(response(UTF8, status="301 Moved")),
        entry(response(UTF8, content_type="image/png")),
        entry(response(UTF8, content_type="")),
        entry(response(UTF8), kind="revisit"),
        entry(b"no HTTP at all"),
        entry(b""),
        entry(response(b"x" * (MAX_RECORD_BYTES + 1), content_type="video/mp4")),
        entry(b"x" * (MAX_RECORD_BYTES + 1), kind="resource"),
        entry(response(UTF8, headers="X: " + "x" * 100_000 + "\r\n")),
    ],
    ids=range(10),
)
def test_what_is_no_page_is_no_record(read: Read, other: bytes) -> None:
    assert contents(read, other + LAST) == ["<p>last</p>"]


@pytest.mark.parametrize(
    ("http", "content"),
    [
        (response("<p>Où?".encode("latin-1"), content_type="TEXT/HTML; Charset=ISO-8859-1"), "<p>Où?"),
        (response("<p>Où?".encode("latin-1"), content_type='text/html; charset="latin1"'), "<p>Où?"),
        (response(UTF8, content_type="application/xhtml+xml"), PAGE),
        (response(b"<meta charset=latin1>" + UTF8, content_type="text/html;charset=utf-8"),
         "<meta charset=latin1>" + PAGE),
        (response(gzip.compress(UTF8), headers="Content-Encoding: gzip\r\n"), PAGE),
        (response(gzip.compress(UTF8), headers="Content-Encoding: X-GZIP\r\n"), PAGE),
        (response(zlib.compress(UTF8), headers="Content-Encoding: deflate\r\n"), PAGE),
        (response(zlib.compress(UTF8, wbits=-15), headers="Content-Encoding: deflate\r\n"), PAGE),
        (response(brotli.compress(UTF8), headers="Content-Encoding: br\r\n"), PAGE),
        (response(brotli.compress(UTF8 * 9999), headers="Content-Encoding: br\r\n"), PAGE * 9999),
        (response(zstd.compress(UTF8), headers="Content-Encoding: zstd\r\n"), PAGE),
        (response(gzip.compress(brotli.compress(UTF8)), headers="Content-Encoding: br, identity, gzip\r\n"), PAGE),
        (response(UTF8, headers="Content-Encoding: gzip\r\n"), PAGE),  # decoded by the crawler
        (response(UTF8, headers="Content-Encoding: br\r\n"), PAGE),
        (response(b"4\r\n<p>O\r\n1;x=y\r\nk\r\n0\r\n\r\n", headers="Transfer-Encoding: chunked\r\n"), "<p>Ok"),
        (response(UTF8, headers="Transfer-Encoding: chunked\r\n"), PAGE),
        (response(UTF8, headers="Content-Length: 4\r\n"), PAGE),
    ],
    ids=range(17),
)  # fmt: skip
def test_pages_are_decoded(read: Read, http: bytes, content: str) -> None:
    assert contents(read, entry(http) + LAST) == [content, "<p>last</p>"]


@pytest.mark.parametrize(
    ("http", "reason"),
    [
        (response(b"<p>\xff"), "not UTF-8 (byte 3), and declares no other encoding"),
        (response(b""), "the text is empty"),
        (response(gzip.compress(UTF8)[:-9], headers="Content-Encoding: gzip\r\n"), "the page is cut short or damaged"),
        (response(b"rubbish", headers="Content-Encoding: gzip\r\n"), "the page is cut short or damaged"),
        (response(brotli.compress(UTF8)[:-1], headers="Content-Encoding: br\r\n"), "the page is cut short or damaged"),
        (response(zstd.compress(UTF8)[:-1], headers="Content-Encoding: zstd\r\n"), "the page is cut short or damaged"),
        (response(b"4\r\n<p>O", headers="Transfer-Encoding: chunked\r\n"), "the page is cut short or damaged"),
        (response(UTF8, headers="Content-Encoding: x\r\n"), "the page has a Content-Encoding that is not known"),
        (response(b"x" * (MAX_RECORD_BYTES + 1)), "longer than 16 MiB"),
    ],
    ids=range(9),
)  # fmt: skip
def test_a_bad_page_is_rejected_alone(read: Read, http: bytes, reason: str) -> None:
    assert contents(read, entry(http) + LAST) == [f"[{reason}]", "<p>last</p>"]


def test_a_page_that_the_crawler_cut_is_rejected(read: Read) -> None:
    cut = entry(response(UTF8), headers="WARC-Truncated: length\r\n")
    assert contents(read, cut + LAST) == ["[the crawler has cut the page short]", "<p>last</p>"]


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_a_page_that_unpacks_to_too_much_is_rejected(read: Read, coding: str) -> None:
    content = bytes(4 * MAX_RECORD_BYTES)
    compressed = {
        "gzip": gzip.compress(content, 1),
        "deflate": zlib.compress(content, 1),
        "br": brotli.compress(content, quality=1),
        "zstd": zstd.compress(content),
    }
    bomb = entry(response(compressed[coding], headers=f"Content-Encoding: {coding}\r\n"))
    assert contents(read, bomb + LAST) == ["[longer than 16 MiB]", "<p>last</p>"]


def test_a_file_cut_anywhere_says_so(read: Read) -> None:
    """Wherever it is cut, the pages before the cut count, and one rejection tells of the rest."""
    entries = [entry(response(f"<p>{number}".encode())) for number in range(2)] + [entry(b"GET /", kind="request")]
    whole = b"".join(entries)
    ends = [sum(map(len, entries[:number])) for number in range(len(entries) + 1)]
    for start, end in pairwise(ends):
        for cut in range(start + 1, end):
            found = contents(read, whole[:cut])
            assert found[-1] == DAMAGED
            # Of an entry that lacks no more than the empty lines after it nothing is lost.
            assert len(found) - 1 in {min(2, ends.index(start)), min(2, ends.index(end))}
    assert contents(read, whole) == ["<p>0", "<p>1"]


def test_what_follows_rubbish_is_told_to_be_damaged(read: Read) -> None:
    assert contents(read, LAST + b"rubbish" + LAST) == ["<p>last</p>", DAMAGED]
    assert contents(read, b"rubbish") == [DAMAGED]
