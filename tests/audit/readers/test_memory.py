from __future__ import annotations

import random
import tracemalloc
from collections.abc import Callable, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from audit.readers import MAX_RECORD_BYTES, Input, find_inputs
from audit.readers.compression import zstd
from tests.audit.readers.archives import Row, delimited, entry, jsonl, response


def peak(source: Input) -> tuple[int, int]:
    """Read all records; the bytes that Python held at most, and the number of records."""
    tracemalloc.start()
    try:
        count = sum(1 for _ in source.records())
        return tracemalloc.get_traced_memory()[1], count
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("name", "start", "end", "records"),
    [
        ("a.jsonl.zst", b'{"text": "x"}\n{"text": "', b'"}\n{"text": "x"}\n', 3),
        ("a.csv.zst", b"text,id\nx,1\n", b",1\nx,1\n", 3),
        ("a.txt.zst", b"", b"", 1),
        ("a.html.zst", b"", b"", 1),
    ],
)
def test_a_huge_record_is_not_held(tmp_path: Path, name: str, start: bytes, end: bytes, records: int) -> None:
    peaks = []
    for times in (4, 16):
        path = tmp_path / name
        path.write_bytes(zstd.compress(start + b"x" * (times * MAX_RECORD_BYTES) + end))
        used, count = peak(find_inputs([str(path)]).inputs[0])
        assert count == records
        peaks.append(used)
    assert peaks[1] < 1.1 * peaks[0]
    assert peaks[0] < 4 * MAX_RECORD_BYTES


def warc(rows: Sequence[Row]) -> bytes:
    return b"".join(entry(response(row["text"].encode())) for row in rows)


@pytest.mark.parametrize(("name", "write"), [("a.jsonl", jsonl), ("a.csv", delimited), ("a.warc", warc)])
def test_many_records_take_no_more_memory_than_some(
    tmp_path: Path, name: str, write: Callable[[list[Row]], bytes]
) -> None:
    peaks = []
    for number in (500, 5000):
        path = tmp_path / name
        path.write_bytes(write([{"text": "x" * 2000, "id": "1"}] * number))
        used, count = peak(find_inputs([str(path)]).inputs[0])
        assert count == number
        peaks.append(used)
    assert peaks[1] < 1.1 * peaks[0] + 100_000


def test_a_row_group_of_parquet_is_not_held(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    noise = random.Random(0)  # for what does not compress away
    table = pa.table({"text": [noise.randbytes(5000).hex() for _ in range(5000)]})
    pq.write_table(table, path, row_group_size=5000, use_dictionary=False)
    del table
    before = pa.total_allocated_bytes()
    used = max(pa.total_allocated_bytes() - before for _ in find_inputs([str(path)]).inputs[0].records())
    assert used < path.stat().st_size / 4
