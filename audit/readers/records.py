"""What every kind of file gives is checked here, and becomes a record or a rejection."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from audit.records import METADATA, Place, Record, Rejection

#: Size of the largest record that is read: a line, a row's content, a page or a text. What is longer is rejected.
MAX_RECORD_BYTES: Final = 16 << 20
#: Length of the longest metadata in characters; what is longer is cut.
MAX_METADATA: Final = 2000

TOO_LONG: Final = f"longer than {MAX_RECORD_BYTES >> 20} MiB"
NOT_UTF8: Final = "not UTF-8"
DAMAGED: Final = "the file is cut short or damaged from here on"


def to_record(
    place: Place, content: object, metadata: Mapping[str, object], *, html: bool, strays: str = "an unpaired surrogate"
) -> Record | Rejection:
    """Make a record of what stands in an archive, if it is a text.

    Parameters
    ----------
    place : Place
    content : object
        What stands where the text should.
    metadata : mapping of str to object
        By names of `METADATA`.
    html : bool
    strays : str
        What a lone surrogate in the content is a sign of.
    """
    if content is None:
        return Rejection(place, "no text")
    if not isinstance(content, str):
        return Rejection(place, "the text is not a string")
    if not content or content.isspace():
        return Rejection(place, "the text is empty")
    if "\0" in content:
        return Rejection(place, "the text holds a NUL character")
    try:
        size = len(content.encode())
    except UnicodeEncodeError:
        return Rejection(place, f"the text holds {strays}")
    if size > MAX_RECORD_BYTES:
        return Rejection(place, TOO_LONG)
    values = ((name, _plain(metadata.get(name))) for name in METADATA)
    return Record(place, content, html, {name: value for name, value in values if value})


def _plain(value: object) -> str:
    """Metadata as one line of text; empty where there is none, or none that is plain."""
    if isinstance(value, str):
        text = value
    elif isinstance(value, bool):
        return ""
    elif isinstance(value, int | float):
        text = str(value)
    elif isinstance(value, date):  # a datetime, too
        text = value.isoformat()
    elif isinstance(value, Mapping):  # as schema.org has persons and organisations
        return _plain(value.get("name"))
    elif isinstance(value, Iterable) and not isinstance(value, bytes):
        text = ", ".join(filter(None, map(_plain, value)))
    else:
        return ""
    line = " ".join(text.replace("\0", " ").split())[:MAX_METADATA]
    return line.encode(errors="replace").decode()
