from __future__ import annotations

import gzip
import io
import json
import random
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from audit.readers import MAX_RECORD_BYTES, Columns, find_inputs
from audit.readers.compression import zstd
from audit.records import Place, Record, Rejection
from tests.audit.readers.archives import delimited, jsonl, parquet, warc
from tests.audit.readers.conftest import Read

GOOD = b'{"text": "good"}\n'
SECRET = "unpublished"  # in every broken record: no reason may have it


def reasons(items: list[Record | Rejection]) -> list[str]:
    """What became of each record: its text, or in brackets the reason for its rejection."""
    assert not any(SECRET in item.reason for item in items if isinstance(item, Rejection))
    return [item.content if isinstance(item, Record) else f"[{item.reason}]" for item in items]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"text": "unpublished', "not JSON (column 22)"),
        (b'["unpublished"]', "not a JSON object"),
        (b'"unpublished"', "not a JSON object"),
        (b'{"txt": "unpublished"}', "no text"),
        (b'{"text": null, "title": "unpublished"}', "no text"),
        (b'{"text": ["unpublished"]}', "the text is not a string"),
        (b'{"text": " \\n", "title": "unpublished"}', "the text is empty"),
        (b'{"text": "unpublished \\u0000"}', "the text holds a NUL character"),
        (b'{"text": "unpublished \\ud83d"}', "the text holds an unpaired surrogate"),
        (b'{"text": "unpublished \xff"}', "not UTF-8 (byte 22)"),
        (b'{"text": "unpublished", "id": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "the JSON is nested too deeply"),
        (b'{"text": "unpublished", "id": ' + b"1" * 5000 + b"}", "the JSON holds a number that is too long"),
        (b'{"text": "' + b"unpublished" * (MAX_RECORD_BYTES // 11) + b'"}', "longer than 16 MiB"),
        (b'{"text": "' + b"unpublished" * (MAX_RECORD_BYTES // 5) + b'"}', "longer than 16 MiB"),
        (b"\x1f\x8b unpublished", "not UTF-8 (byte 1)"),
    ],
    ids=range(15),
)
def test_a_bad_line_of_json_is_rejected_alone(read: Read, line: bytes, reason: str) -> None:
    items = read("a.jsonl", GOOD + line + b"\n" + GOOD)
    assert reasons(items) == ["good", f"[{reason}]", "good"]
    assert [item.place.line for item in items] == [1, 2, 3]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (b"unpublished", "1 fields where the header has 2"),
        (b"unpublished,a,b", "3 fields where the header has 2"),
        (b"unpublished \xff,a", "the text holds bytes that are not UTF-8"),
        (b"unpublished \0,a", "the text holds a NUL character"),
        (b",unpublished", "the text is empty"),
        (b'"unpublished \\"quoted\\"",a', "not a row of CSV (are quotation marks doubled, and line breaks quoted?)"),
        (b"unpublished \r loose,a", "not a row of CSV (are quotation marks doubled, and line breaks quoted?)"),
        (b'"unpublished,a', "not a row of CSV (are quotation marks doubled, and line breaks quoted?)"),
        (b"unpublished" * (MAX_RECORD_BYTES // 10) + b",a", "longer than 16 MiB (a quotation mark left open?)"),
        (b'"' + (b"unpublished" * 5000 + b"\n") * (MAX_RECORD_BYTES // 50_000) + b'",a', None),
    ],
    ids=range(10),
)
def test_a_bad_row_of_csv_is_rejected_alone(read: Read, row: bytes, reason: str | None) -> None:
    found = reasons(read("a.csv", b"text,id\ngood,1\n" + row + b"\ngood,2\n"))
    assert (found[0], found[-1]) == ("good", "good")
    if reason is None:  # a row of many lines that is too long: each of them is accounted for
        assert found[1] == "[longer than 16 MiB (a quotation mark left open?)]"
        assert set(found[2:-1]) == {
            "[1 fields where the header has 2]",
            "[not a row of CSV (are quotation marks doubled, and line breaks quoted?)]",
        }
    else:
        assert found[1:-1] == [f"[{reason}]"]


def test_a_quotation_left_open_loses_no_other_row(read: Read) -> None:
    items = read("a.csv", b'text,id\n"open,1\nfirst,2\n"second\nline",3\nthird,4\n')
    assert reasons(items)[1:] == ["first", "second\nline", "third"]
    assert [item.place.line for item in items] == [2, 3, 4, 6]


@pytest.mark.parametrize("content", [b"", b"\n\n", b'"text,id\ngood,1\n', b"text\rgood\r"])
def test_csv_without_a_header_is_rejected(read: Read, content: bytes) -> None:
    assert reasons(read("a.csv", content)) == ["[no header with the names of the columns]"]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"unpublished \xff", "not UTF-8 (byte 12)"),
        ("a.txt", b" \n", "the text is empty"),
        ("a.txt", b"", "the text is empty"),
        ("a.txt", b"unpublished \0", "the text holds a NUL character"),
        ("a.txt", b"unpublished" * (MAX_RECORD_BYTES // 10), "longer than 16 MiB"),
        ("a.html", b"<p>unpublished \xff", "not UTF-8 (byte 15), and declares no other encoding"),
        ("a.html", b"unpublished" * (MAX_RECORD_BYTES // 10), "longer than 16 MiB"),
    ],
)
def test_a_bad_document_is_rejected(read: Read, name: str, content: bytes, reason: str) -> None:
    assert reasons(read(name, content)) == [f"[{reason}]"]


@pytest.mark.parametrize(("end", "compress"), [(".gz", gzip.compress), (".zst", zstd.compress)])
@pytest.mark.parametrize("fault", ["cut", "cut at its end", "no such format", "followed by rubbish"])
def test_what_a_damaged_file_holds_before_the_damage_counts(
    read: Read, end: str, compress: Callable[[bytes], bytes], fault: str
) -> None:
    noise = random.Random(0)  # for what does not compress away
    rows = [{"text": noise.randbytes(100).hex()} for _ in range(4000)]
    whole = compress(jsonl(rows))
    content = {
        "cut": whole[: len(whole) // 2],
        "cut at its end": whole[:-1],
        "no such format": b"rubbish" + whole,
        "followed by rubbish": whole + b"rubbish, not zeros",
    }[fault]
    found = reasons(read(f"a.jsonl{end}", content))
    assert found[-1] == "[the file is cut short or damaged from here on]"
    assert found[:-1] == [row["text"] for row in rows[: len(found) - 1]]
    assert (len(found) > 1000) is (fault != "no such format")


def test_parquet_without_its_end_is_rejected(read: Read) -> None:
    whole = parquet([{"text": "unpublished"}])
    for content in (whole[:-1], whole[: len(whole) // 2], b"", b"PAR1"):
        assert reasons(read("a.parquet", content)) == ["[the file is cut short or damaged from here on]"]


def test_a_damaged_row_group_of_parquet_is_rejected_alone(read: Read) -> None:
    file = io.BytesIO()
    table = pa.table({"text": ["first", "second", "third", "fourth"]})
    pq.write_table(table, file, row_group_size=2, write_statistics=False, use_dictionary=False)
    content = bytearray(file.getvalue())
    content[4:12] = b"\xff" * 8  # the header of the first page
    assert reasons(read("a.parquet", bytes(content))) == ["[2 rows are damaged]", "third", "fourth"]


def test_an_unreadable_file_is_rejected(tmp_path: Path) -> None:
    for name in ("a.txt", "b.jsonl", "c.warc"):
        (tmp_path / name).write_bytes(GOOD)
    inputs = find_inputs([str(tmp_path)]).inputs
    for source in inputs:
        Path(source.path).unlink()
        assert list(source.records()) == [
            Rejection(Place(source.name, 0), "the file cannot be read from here on (No such file or directory)")
        ]
        assert source.digest() == "unreadable"


def test_text_and_html_columns_both_named_stand_in_for_each_other(read: Read) -> None:
    rows = [{"body": "text", "page": "<p>"}, {"body": "", "page": "<p>"}, {"body": None, "page": None}]
    items = read("a.jsonl", "\n".join(map(json.dumps, rows)).encode(), Columns(text="body", html="page"))
    assert reasons(items) == ["text", "<p>", "[no text]"]
    assert [item.html for item in items if isinstance(item, Record)] == [False, True]


def test_an_empty_file_holds_no_records(read: Read) -> None:
    assert read("a.jsonl", b"") == read("b.jsonl", b"\n \r\n") == read("c.warc", warc([])) == []
    assert reasons(read("d.csv", delimited([{"text": "", "id": ""}])[:9])) == []
