"""Offsets in the units that clients count in.

JavaScript and Java index strings by UTF-16 code units, Python by code points (UTF-32), Go and Rust by
UTF-8 bytes. The model counts code points; this module translates.
"""

from __future__ import annotations

import numpy as np

OFFSET_ENCODINGS = ("utf-16", "utf-32", "utf-8")


class OffsetMap:
    """Translates code point offsets of one text into another unit.

    Parameters
    ----------
    text : str
        Without unpaired surrogates.
    encoding : str
        One of `OFFSET_ENCODINGS`.
    """

    def __init__(self, text: str, encoding: str) -> None:
        if encoding not in OFFSET_ENCODINGS:
            raise ValueError(f"unknown offset encoding {encoding!r}")
        self._units: list[int] | None = None
        if encoding == "utf-32" or text.isascii():
            return
        points = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
        if encoding == "utf-16":
            width = 1 + (points > 0xFFFF)
        else:
            width = 1 + (points > 0x7F) + (points > 0x7FF) + (points > 0xFFFF)
        self._units = np.concatenate(([0], np.cumsum(width))).tolist()

    def __call__(self, offset: int) -> int:
        """The offset, in units of the encoding, of a code point offset from 0 to len(text)."""
        return offset if self._units is None else self._units[offset]
