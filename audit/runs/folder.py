"""A run's folder: one run's, and worked on by one driver at a time."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from audit.parts.files import FOLDERS, remove_temporary
from audit.runs.errors import RunError
from audit.tables import MANIFEST_FILE

_LOCK: Final = ".lock"


@contextmanager
def open_folder(out: Path) -> Iterator[None]:
    """Make or take over a run's folder, and keep others off it.

    Raises
    ------
    RunError
        If it is something else's, or another driver is at work on it.
    """
    if out.exists() and not out.is_dir():
        raise RunError(f"{out} is not a folder")
    if out.exists() and not (out / MANIFEST_FILE).exists() and any(p.name[0] != "." for p in out.iterdir()):
        raise RunError(f"{out} is not empty and holds no run")
    out.mkdir(parents=True, exist_ok=True)
    # The system lets go of it when the driver ends, however that happens.
    with (out / _LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RunError(f"another 'audit run' is at work on {out}") from None
        for folder in (out, *(out / name for name in FOLDERS)):
            folder.mkdir(exist_ok=True)
            remove_temporary(folder)
        yield
