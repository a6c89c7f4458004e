"""Compressed files and contents."""

from __future__ import annotations

import gzip
import sys
import zlib
from typing import IO, Final, cast

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

__all__ = ["DAMAGE", "decompressed", "zstd"]

#: What reading raises where a compressed file is cut short or damaged.
DAMAGE: Final = (EOFError, gzip.BadGzipFile, zlib.error, zstd.ZstdError)


def decompressed(stream: IO[bytes], compression: str | None) -> IO[bytes]:
    """Read a stream through a decompressor.

    Parameters
    ----------
    stream : binary file
    compression : str or None
        ``gzip`` or ``zstd``; several members or frames one after another are read as one file. None to read the
        stream as it is.
    """
    if compression == "gzip":
        return cast("IO[bytes]", gzip.open(stream))
    if compression == "zstd":
        return cast("IO[bytes]", zstd.open(stream))
    return stream
