"""Lines of a stream, in bounded memory."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterator
from typing import IO

from audit.readers.records import MAX_RECORD_BYTES

_SKIPPED = 1 << 16


def read_lines(stream: IO[bytes]) -> Iterator[bytes | None]:
    """Read the lines of a stream, with their ends, without a byte order mark; None for each that is too long."""
    first = True
    while line := stream.readline(MAX_RECORD_BYTES + 1):
        if first:
            line = line.removeprefix(BOM_UTF8)
            first = False
        if len(line) <= MAX_RECORD_BYTES:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(_SKIPPED)
        yield None
