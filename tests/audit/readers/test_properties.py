from __future__ import annotations

import gzip
from collections.abc import Callable

import fsspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from audit.readers import Columns, InputError, find_inputs
from audit.readers.compression import zstd
from audit.records import Record, Rejection
from tests.audit.readers.archives import Row, delimited, entry, jsonl, parquet, response, warc

ROWS = [{"text": f'“Text” {number},\n"quoted"', "outlet": "Herald"} for number in range(5)]
VALID: dict[str, bytes] = {
    "jsonl": jsonl(ROWS),
    "csv": delimited(ROWS),
    "parquet": parquet(ROWS),
    "warc": warc(ROWS) + entry(response(gzip.compress(b"<p>"), headers="Content-Encoding: gzip\r\n")),
    "html": b"<meta charset=latin1><p>x",
    "txt": b"text",
}
COMPRESSIONS: dict[str, Callable[[bytes], bytes]] = {"": bytes, ".gz": gzip.compress, ".zst": zstd.compress}

TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1).filter(
    lambda text: not text.isspace()
)


def read(name: str, content: bytes) -> list[Record | Rejection]:
    fsspec.filesystem("memory").pipe(f"/properties/{name}", content)
    items = list(find_inputs([f"memory://properties/{name}"], Columns(text="text")).inputs[0].records())
    assert [item.place.record for item in items] == list(range(len(items)))
    return items


@pytest.mark.parametrize(("end", "write"), [("jsonl", jsonl), ("csv", delimited), ("parquet", parquet)])
@given(texts=st.lists(TEXTS, min_size=1))
@settings(max_examples=50)
def test_any_text_comes_back(end: str, write: Callable[[list[Row]], bytes], texts: list[str]) -> None:
    items = read(f"a.{end}", write([{"text": text, "id": ""} for text in texts]))
    assert [item.content for item in items if isinstance(item, Record)] == texts


@given(st.lists(st.binary() | st.sampled_from([b'{"text": "x"}', b"", b" "])))
@settings(max_examples=100)
def test_each_line_of_json_is_accounted_for(lines: list[bytes]) -> None:
    content = b"\n".join([b'{"text": "first"}', *lines])
    expected = sum(1 for line in content.split(b"\n") if line.strip(b" \t\n\r\x0b\x0c"))
    assert len(read("a.jsonl", content)) == expected


@pytest.mark.parametrize("end", [kind + compression for kind in VALID for compression in COMPRESSIONS])
@given(content=st.binary())
@settings(max_examples=20)
def test_garbage_is_no_error(end: str, content: bytes) -> None:
    try:
        items = read(f"a.{end}", content)
    except InputError:
        assert end.startswith("csv")  # a line of garbage is a header without a column for the text
        return
    assert items or not content.strip() or end.startswith(("jsonl", "warc"))


@pytest.mark.parametrize("end", [kind + compression for kind in VALID for compression in COMPRESSIONS])
@given(
    changes=st.lists(
        st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 20), st.binary(max_size=20)), min_size=1, max_size=5
    )
)
@settings(max_examples=40)
def test_damage_is_no_error(end: str, changes: list[tuple[float, int, bytes]]) -> None:
    kind, _, compression = end.partition(".")
    content = COMPRESSIONS[f".{compression}" if compression else ""](VALID[kind])
    for place, removed, added in changes:
        at = int(place * len(content))
        content = content[:at] + added + content[at + removed :]
    try:
        read(f"a.{end}", content)
    except InputError:
        assert kind in {"csv", "parquet", "jsonl"}  # what was damaged was the name of a column


@given(rows=st.lists(st.lists(st.sampled_from(['"', ",", "x", '""', '","', "\r", "é"]), max_size=6), min_size=1))
@example(rows=[["x", '","']] * 50)
@settings(max_examples=200)
def test_each_line_of_csv_is_part_of_a_row(rows: list[list[str]]) -> None:
    """However quotation marks stand, the rows follow on one another, and a good last one is found."""
    lines = ["text,id", *("".join(row) for row in rows), "last,1"]
    items = read("a.csv", "\n".join(lines).encode())
    starts = [item.place.line for item in items if item.place.line is not None]
    assert starts == sorted(set(starts))
    assert len(starts) == len(items)
    assert items[-1].place.line is not None
    assert items[-1].place.line <= len(lines)
