"""Where processes share memory by way of files."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

#: A file system in memory, writable even where the rest is not: a container with a read-only root has it.
_SHARED = Path("/dev/shm")  # noqa: S108 # whatever is put there gets a name that nobody can guess


def shared_folder() -> Path:
    """A folder in memory, or that for temporary files where there is none."""
    return _SHARED if os.access(_SHARED, os.W_OK) else Path(tempfile.gettempdir())
