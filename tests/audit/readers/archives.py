"""Archives of every kind, written as others write them."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable, Sequence

import pyarrow as pa
import pyarrow.parquet as pq

from audit.readers.compression import zstd

Row = dict[str, str]


def jsonl(rows: Sequence[Row]) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def delimited(rows: Sequence[Row], delimiter: str = ",") -> bytes:
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def tab_separated(rows: Sequence[Row]) -> bytes:
    return delimited(rows, "\t")


def parquet(rows: Sequence[Row]) -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(list(rows)), file, row_group_size=max(1, len(rows) // 2))
    return file.getvalue()


def entry(http: bytes, *, kind: str = "response", headers: str = "") -> bytes:
    """An entry of a WARC."""
    start = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:0>\r\nWARC-Date: 2021-03-04T05:06:07Z\r\n"
        f"WARC-Target-URI: https://example.org/\r\nContent-Type: application/http; msgtype={kind}\r\n"
        f"{headers}Content-Length: {len(http)}\r\n\r\n"
    )
    return start.encode() + http + b"\r\n\r\n"


def response(body: bytes, *, headers: str = "", status: str = "200 OK", content_type: str = "text/html") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n{headers}\r\n".encode() + body


def warc(rows: Sequence[Row]) -> bytes:
    return b"".join(entry(response(row["text"].encode())) for row in rows)


def members(content: bytes, compress: Callable[[bytes], bytes]) -> bytes:
    """Compress in two members or frames, as tools do that append."""
    middle = len(content) // 2
    return compress(content[:middle]) + compress(content[middle:])


COMPRESSIONS: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    ".gz": lambda content: members(content, gzip.compress),
    ".zst": lambda content: members(content, zstd.compress),
}
