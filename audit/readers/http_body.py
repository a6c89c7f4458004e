"""The content of an HTTP response, out of its codings, in bounded memory.

Crawlers differ in whether they keep a body as it came, or decoded under the headers that it came with: what is
not in a coding that the headers name is taken as it is.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from typing import Final

import brotli

from audit.readers.compression import zstd
from audit.readers.records import MAX_RECORD_BYTES

#: A decoder gives at most so much: enough to see that a body is too long.
_MOST: Final = MAX_RECORD_BYTES + 1
_CHUNK: Final = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r\n")


def decode_body(body: bytes, transfer_encoding: str, content_encoding: str) -> bytes:
    """Undo the codings of a body.

    Parameters
    ----------
    body : bytes
    transfer_encoding, content_encoding : str
        The values of these headers, empty where they are missing.

    Returns
    -------
    bytes
        At most one more than `MAX_RECORD_BYTES`.

    Raises
    ------
    ValueError
        If it is cut short or damaged, or a coding is unknown.
    """
    if "chunked" in transfer_encoding.lower():
        body = _dechunked(body)
    for coding in reversed([name for name in re.split(r"[,\s]+", content_encoding.lower()) if name]):
        if coding == "identity":
            continue
        if coding not in _DECODERS:
            raise ValueError("the page has a Content-Encoding that is not known")
        try:
            body = _DECODERS[coding](body)
        except (zlib.error, zstd.ZstdError, EOFError, brotli.error) as error:
            if not body.lstrip().startswith(b"<"):
                raise ValueError("the page is cut short or damaged") from error
    return body


def _dechunked(body: bytes) -> bytes:
    chunks: list[bytes] = []
    at = 0
    while head := _CHUNK.match(body, at):
        size = int(head[1], 16)
        if not size:
            return b"".join(chunks)
        chunks.append(body[head.end() : head.end() + size])
        at = head.end() + size + len("\r\n")
    if not chunks:
        return body
    raise ValueError("the page is cut short or damaged")


def _inflate(body: bytes, window: int) -> bytes:
    decoder = zlib.decompressobj(window)
    content = decoder.decompress(body, _MOST)
    if not decoder.eof and len(content) < _MOST:
        raise EOFError
    return content


def _gunzip(body: bytes) -> bytes:
    return _inflate(body, zlib.MAX_WBITS + 16)


def _undeflate(body: bytes) -> bytes:
    try:
        return _inflate(body, zlib.MAX_WBITS)
    except zlib.error:  # by the standard it is wrapped as zlib has it; some servers send it bare
        return _inflate(body, -zlib.MAX_WBITS)


def _unbrotli(body: bytes) -> bytes:
    decoder = brotli.Decompressor()
    parts = [decoder.process(body, output_buffer_limit=_MOST)]
    while not decoder.is_finished() and sum(map(len, parts)) < _MOST:
        part = decoder.process(b"", output_buffer_limit=_MOST)
        if not part:
            raise EOFError
        parts.append(part)
    return b"".join(parts)[:_MOST]


def _unzstd(body: bytes) -> bytes:
    decoder = zstd.ZstdDecompressor()
    content = decoder.decompress(body, _MOST)
    if not decoder.eof and len(content) < _MOST:
        raise EOFError
    return content


_DECODERS: Final[dict[str, Callable[[bytes], bytes]]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _undeflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
