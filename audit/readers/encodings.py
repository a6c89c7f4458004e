"""Bytes of HTML, in the encoding that they declare."""

from __future__ import annotations

import codecs
import re
from typing import Final

from audit.readers.records import NOT_UTF8

_BOMS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
#: Where the HTML standard has browsers look for the declaration.
_PRESCAN: Final = 1024
_DECLARED: Final = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_XML: Final = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']""", re.IGNORECASE)
#: Python's names of the encodings that the encoding standard has; others of Python's take time squared, or are of
#: no texts. UTF-16 is left to the byte order mark, as the standard has it.
_ENCODINGS: Final = frozenset({
    "utf-8", "ascii", "cp866", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic", "gbk", "gb2312", "gb18030", "big5",
    "big5hkscs", "euc_jp", "iso2022_jp", "shift_jis", "cp932", "euc_kr", "cp949", "cp874", "tis-620",
    *(f"cp{number}" for number in range(1250, 1259)),
    *(f"iso8859-{number}" for number in range(1, 17)),
})  # fmt: skip
#: Encodings that browsers read as what came after them.
_READ_AS: Final = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
}


def decode_html(content: bytes, declared: str | None = None) -> str:
    """Decode HTML by its byte order mark, the encoding that HTTP declares, its own declaration, or as UTF-8.

    Where an encoding is declared, bytes that it has not become U+FFFD, as in a browser.

    Parameters
    ----------
    content : bytes
    declared : str or None
        The charset in the header ``Content-Type``.

    Raises
    ------
    ValueError
        If no encoding is declared, and it is not UTF-8.
    """
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return content[len(bom) :].decode(encoding, "replace")
    start = content[:_PRESCAN]
    label = _DECLARED.search(start) or _XML.search(start)
    for name in (declared, label and label[1].decode()):
        if name and (encoding_known := _codec(name)):
            return content.decode(encoding_known, "replace")
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise ValueError(f"{NOT_UTF8} (byte {error.start}), and declares no other encoding") from None


def _codec(label: str) -> str | None:
    """Python's name of an encoding, None where a browser would not know it either."""
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
    return _READ_AS.get(name, name) if name in _ENCODINGS else None
