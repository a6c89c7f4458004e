"""A part's files: written beside and renamed, in a fixed order, so that the last one there says that all are."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from audit.parts.part import Part
from audit.parts.signatures import SIGNATURES
from audit.tables import ARTICLES, REJECTED, SENTENCES

#: Folders of a run's folder and what their files hold, in the order in which they are written.
FOLDERS: Final = {"sentences": SENTENCES, "rejected": REJECTED, "signatures": SIGNATURES, "articles": ARTICLES}
_LAST: Final = "articles"


def file_name(part: Part, model_digest: str) -> str:
    """The name of a part's files, the same in each folder: another content or model makes another name."""
    return f"part-{part.number:06d}-{part.digest()[:16]}-{model_digest.removeprefix('sha256:')[:8]}.parquet"


def is_done(out: Path, name: str) -> bool:
    """Whether a part has been written in full."""
    return (out / _LAST / name).exists()


def write_part(out: Path, name: str, tables: Mapping[str, pa.Table]) -> None:
    """Write a part's files.

    Raises
    ------
    OSError
        If the disk is full, say. A part that is not written in full counts for nothing.
    """
    for folder in FOLDERS:
        # Into memory first: a part is small, and errors of Python's own files carry their number.
        buffer = pa.BufferOutputStream()
        pq.write_table(tables[folder], buffer, compression="zstd")
        write_atomically(out / folder / name, buffer.getvalue())


def write_atomically(path: Path, content: bytes | pa.Buffer) -> None:
    """Write a file that is there in full or not at all, whatever happens meanwhile."""
    with NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".tmp", delete=False) as file:
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).chmod(0o666 & ~_UMASK)
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


# A temporary file is its owner's alone; the file that it becomes is like any other.
_UMASK: Final = _umask()


def remove_temporary(folder: Path) -> None:
    """Remove what writers that were killed have left in a folder."""
    for path in folder.glob(".*.tmp"):
        path.unlink(missing_ok=True)
