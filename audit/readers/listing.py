"""Listing what is stored where a pattern leads."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from fsspec.core import url_to_fs

from audit.readers.errors import InputError
from audit.readers.storage import is_url

_LOCAL: Final = "file://"


@dataclass(frozen=True, slots=True)
class Stored:
    """A file.

    Attributes
    ----------
    name : str
        Its path as asked for, or its URL. Valid Unicode.
    path : str
        Its absolute path without symbolic links, or its URL.
    size : int
        In bytes; 0 where a server does not say.
    walked : bool
        Whether it was found in a folder, and not asked for itself.
    etag : str or None
        A server's name for this version of it.
    """

    name: str
    path: str
    size: int
    walked: bool
    etag: str | None = None


def list_stored(pattern: str) -> list[Stored]:
    """List the files that a path, folder or glob leads to.

    Raises
    ------
    InputError
        If there are none, or they cannot be listed.
    """
    pattern = pattern.removeprefix(_LOCAL)
    files = list(_listed_behind_url(pattern) if is_url(pattern) else _listed(pattern))
    if not files:
        raise InputError(f"{pattern}: no such file, and nothing that matches")
    return files


def _listed(pattern: str) -> Iterator[Stored]:
    # A name with a bracket in it is a name, if there is such a file.
    for path in [pattern] if Path(pattern).exists() else glob.glob(pattern, recursive=True):  # noqa: PTH207
        if Path(path).is_dir():
            yield from _walked(path)
        elif Path(path).is_file():
            yield _local(path, walked=False)
        elif Path(path).exists():
            raise InputError(f"{path}: not a regular file")


def _walked(top: str) -> Iterator[Stored]:
    def fail(error: OSError) -> None:
        raise InputError(f"{error.filename}: {error.strerror}") from error

    for folder, folders, files in os.walk(top, onerror=fail):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            path = os.path.join(folder, name)  # noqa: PTH118 # Path takes ten times as long
            if not name.startswith(".") and os.path.isfile(path):  # noqa: PTH113 # likewise
                yield _local(path, walked=True)


def _local(path: str, *, walked: bool) -> Stored:
    name = os.fsencode(os.path.normpath(path)).decode(errors="backslashreplace")
    return Stored(name, os.path.realpath(path), os.stat(path).st_size, walked)  # noqa: PTH116 # likewise


def _listed_behind_url(pattern: str) -> Iterator[Stored]:
    if "::" in pattern:
        raise InputError(f"{pattern}: files inside of others are not read; unpack them first")
    try:
        system, path = url_to_fs(pattern)
    except ImportError as error:  # fsspec says which
        raise InputError(f"{pattern}: a package is missing: {error}") from error
    except ValueError as error:
        raise InputError(f"{pattern}: {error}") from error
    try:
        matches = system.glob(path, detail=True) if glob.has_magic(path) else {path: system.info(path)}
        for match, info in matches.items():
            walked = info["type"] == "directory"
            for found, details in (system.find(match, detail=True) if walked else {match: info}).items():
                yield _remote(system.unstrip_protocol(found), details, walked=walked)
    except FileNotFoundError:
        return
    except Exception as error:
        raise InputError(f"{pattern}: cannot be listed ({type(error).__name__})") from error


def _remote(url: str, details: dict[str, Any], *, walked: bool) -> Stored:
    etag = details.get("ETag") or details.get("etag")
    return Stored(url, url, details.get("size") or 0, walked, None if etag is None else str(etag).strip('"'))
