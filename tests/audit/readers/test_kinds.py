from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import pickle
from collections.abc import Callable, Sequence
from dataclasses import astuple
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from audit.readers import Columns, describe, find_inputs
from audit.records import Place, Record
from tests.audit.readers.archives import COMPRESSIONS, Row, delimited, jsonl, parquet, tab_separated, warc
from tests.audit.readers.conftest import Read

ROWS = [
    {
        "text": "“Fine,” she said.\nHe said, \"no\"; 'maybe', \ttoo.",
        "outlet": "Herald",
        "date": "2021-03-04",
        "section": "Métro",
        "author": "A, B",
        "url": "https://example.org/1",
        "title": "One",
        "id": "a1",
    },
    {
        "text": "Zwei.\r\nZeilen",
        "outlet": "",
        "date": "",
        "section": "",
        "author": "",
        "url": "",
        "title": "",
        "id": "",
    },
    {
        "text": "Drei 🦉\u2028x",
        "outlet": "",
        "date": "",
        "section": "",
        "author": "",
        "url": "",
        "title": "",
        "id": "a3",
    },
]
METADATA = [{name: value for name, value in row.items() if name != "text" and value} for row in ROWS]
COLUMNED: dict[str, Callable[[Sequence[Row]], bytes]] = {
    ".jsonl": jsonl,
    ".ndjson": jsonl,
    ".csv": delimited,
    ".tsv": tab_separated,
    ".parquet": parquet,
}


@pytest.mark.parametrize(
    ("end", "compression"),
    [*((end, compression) for end in COLUMNED for compression in COMPRESSIONS if end != ".parquet"), (".parquet", "")],
)
def test_rows_are_records_with_metadata(read: Read, end: str, compression: str) -> None:
    records = read(f"rows{end}{compression}", COMPRESSIONS[compression](COLUMNED[end](ROWS)))
    assert [record.content for record in records if isinstance(record, Record)] == [row["text"] for row in ROWS]
    assert [record.metadata for record in records if isinstance(record, Record)] == METADATA
    assert not any(record.html for record in records if isinstance(record, Record))


@pytest.mark.parametrize("compression", COMPRESSIONS)
@pytest.mark.parametrize(
    ("name", "content", "text", "html"),
    [
        ("a.txt", "Où?\n\nHere.".encode(), "Où?\n\nHere.", False),
        ("a.txt", b"\xef\xbb\xbfmarked", "marked", False),
        ("A.TXT", b"loud", "loud", False),
        ("a.html", "<p>Où?</p>".encode(), "<p>Où?</p>", True),
        ("a.htm", b"<meta charset=iso-8859-1><p>\x93O\xf9?\x94</p>", "<meta charset=iso-8859-1><p>“Où?”</p>", True),
        ("a.html", b'<?xml version="1.0" encoding="iso-8859-2"?>\xb1', None, True),
        ("a.html", "\ufeff<p>Où?</p>".encode("utf-16-le"), "<p>Où?</p>", True),
        ("a.html", b"<meta charset=utf-8><p>bad \xff", "<meta charset=utf-8><p>bad \N{REPLACEMENT CHARACTER}", True),
        ("a.html", b"<meta charset=nonesuch><p>fine", "<meta charset=nonesuch><p>fine", True),
        ("a.html", b"<meta charset=base64><p>fine", "<meta charset=base64><p>fine", True),
        ("a.html", b"<meta charset=punycode><p>fi-ne", "<meta charset=punycode><p>fi-ne", True),
        ("a.html", b"<meta charset=utf-16><p>fine", "<meta charset=utf-16><p>fine", True),
        ("a.html", b"<meta charset=Shift_JIS><p>\x83j", "<meta charset=Shift_JIS><p>ニ", True),
    ],
)
def test_a_document_is_one_record(
    read: Read, name: str, content: bytes, text: str | None, html: bool, compression: str
) -> None:
    (record,) = read(name + compression, COMPRESSIONS[compression](content))
    assert isinstance(record, Record)
    assert record.content == (text or content.decode("iso-8859-2"))
    assert record.html is html
    assert record.metadata == {}


@pytest.mark.parametrize("end", [".jsonl", ".csv"])
def test_line_numbers_are_those_of_the_file(read: Read, end: str) -> None:
    content = b"\n" + COLUMNED[end](ROWS) + b"\n\n"
    starts = {".jsonl": [2, 3, 4], ".csv": [3, 5, 7]}  # the CSV has a header, and line breaks in its first two texts
    assert [record.place.line for record in read(f"rows{end}", content)] == starts[end]


@pytest.mark.parametrize("delimiter", ",;\t|")
def test_the_delimiter_is_the_one_in_the_header(read: Read, delimiter: str) -> None:
    records = read("rows.csv", delimited(ROWS, delimiter))
    assert [record.metadata for record in records if isinstance(record, Record)] == METADATA


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (["A. Smith", "B. Jones"], "A. Smith, B. Jones"),
        ([{"name": "A. Smith"}, {"name": None}], "A. Smith"),
        ({"name": "Herald", "id": 3}, "Herald"),
        (12, "12"),
        (True, None),
        ({}, None),
        (" A.\n Smith\t", "A. Smith"),
        ("A\ud800\0", "A?"),
        ("x" * 5000, "x" * 2000),
    ],
)
def test_metadata_is_one_line_of_text(read: Read, value: object, plain: str | None) -> None:
    (record,) = read("a.jsonl", json.dumps({"text": "x", "author": value}).encode())
    assert isinstance(record, Record)
    assert record.metadata.get("author") == plain


def test_parquet_columns_of_other_types(read: Read) -> None:
    table = pa.table(
        {
            "text": pa.array([b"bytes", b"later than Python's years", b"\xff", None], pa.binary()),
            "date": pa.array([dt.date(2021, 3, 4)] * 4),
            "published_at": pa.array([0, 1 << 60, None, None], pa.timestamp("ms", tz="UTC")),
            "category": pa.array(["a", "b", "a", "b"]).dictionary_encode(),
            "id": pa.array([1, 2, 3, 4]),
        }
    )
    file = io.BytesIO()
    pq.write_table(table, file)
    items = read("a.parquet", file.getvalue(), Columns(date="published_at"))
    assert [item.metadata if isinstance(item, Record) else item.reason for item in items] == [
        {"date": "1970-01-01T00:00:00+00:00", "section": "a", "id": "1"},
        {"section": "b", "id": "2"},
        "the text holds bytes that are not UTF-8",
        "no text",
    ]


def test_an_input_says_what_it_is_and_survives_pickling(tmp_path: Path) -> None:
    content = jsonl(ROWS)
    path = tmp_path / "a.jsonl"
    path.write_bytes(content)
    (source,) = find_inputs([str(path)]).inputs
    assert (source.name, source.kind, source.size) == (str(path), "jsonl", len(content))
    assert source.digest() == f"sha256:{hashlib.sha256(content).hexdigest()}"
    thawed = pickle.loads(pickle.dumps(source))
    assert astuple(thawed) == astuple(source)
    assert list(thawed.records()) == list(source.records())
    assert next(source.records()).place == Place(str(path), 0, 1)


def test_a_description_has_columns_and_metadata_but_no_text(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(COMPRESSIONS[".gz"](b"broken\n" + jsonl(ROWS)))
    (tmp_path / "b.warc").write_bytes(warc(ROWS))
    (tmp_path / "c.txt").write_bytes(b"\xff")
    rows, crawl, text = describe(find_inputs([str(tmp_path)]).inputs)
    assert (rows.kind, rows.compression, crawl.kind, text.kind) == ("jsonl", "gzip", "warc", "text")
    assert rows.columns == {name: name for name in ROWS[0]}
    assert rows.sample == METADATA[0]
    assert crawl.columns == {}
    assert crawl.sample is not None
    assert crawl.sample["date"] == "2021-03-04T05:06:07Z"
    assert text.sample is None


@pytest.mark.parametrize("compression", COMPRESSIONS)
@pytest.mark.parametrize(("end", "write"), [(".jsonl", jsonl), (".csv", delimited), (".warc", warc)])
def test_the_bytes_that_are_read_add_up_to_the_file(
    tmp_path: Path, end: str, write: Callable[[Sequence[Row]], bytes], compression: str
) -> None:
    (tmp_path / f"a{end}{compression}").write_bytes(COMPRESSIONS[compression](write(ROWS * 2000)))
    (source,) = find_inputs([str(tmp_path)]).inputs
    read: list[int] = []
    assert len(list(source.records(read.append))) == len(ROWS) * 2000
    assert sum(read) == source.size
