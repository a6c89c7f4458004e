"""What a file's name says of what it holds."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Final

#: The kinds of files, with the ends of their names.
KINDS: Final = {
    "jsonl": (".jsonl", ".ndjson"),
    "csv": (".csv", ".tsv"),
    "parquet": (".parquet",),
    "text": (".txt",),
    "html": (".html", ".htm"),
    "warc": (".warc",),
}

_KIND_OF_END: Final = {end: kind for kind, ends in KINDS.items() for end in ends}
_COMPRESSIONS: Final = {".gz": "gzip", ".zst": "zstd"}


def tell_kind(name: str) -> tuple[str | None, str | None]:
    """Tell the kind of a file, and how it is compressed, by its name.

    Returns
    -------
    tuple of (str or None, str or None)
        One of `KINDS`, None where the name does not tell; ``gzip``, ``zstd`` or None.
    """
    path = PurePosixPath(name.lower())
    compression = _COMPRESSIONS.get(path.suffix)
    if compression is not None:
        path = path.with_suffix("")
    return _KIND_OF_END.get(path.suffix), compression
