"""The folder through which the workers' figures come together."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from service.memory import shared_folder

VARIABLE: Final = "PROMETHEUS_MULTIPROC_DIR"


class MetricsFolderError(Exception):
    """The folder that PROMETHEUS_MULTIPROC_DIR names cannot be used."""


@contextmanager
def metrics_folder() -> Iterator[None]:
    """Name a folder in PROMETHEUS_MULTIPROC_DIR, while prometheus_client is yet to be imported.

    One that is named already is cleared of an earlier run's figures; else one is made in memory, and removed
    in the end.

    Raises
    ------
    MetricsFolderError
        If the folder that is named already does not exist, or cannot be cleared.
    """
    if named := os.environ.get(VARIABLE):
        try:
            for file in [path for path in Path(named).iterdir() if path.suffix == ".db"]:
                file.unlink()
        except OSError as error:
            raise MetricsFolderError(f"{VARIABLE}: {named} cannot be used: {error.strerror}") from error
        yield
        return
    folder = tempfile.mkdtemp(prefix="onrecord-metrics-", dir=shared_folder())
    os.environ[VARIABLE] = folder
    maker = os.getpid()
    try:
        yield
    finally:
        if os.getpid() == maker:  # workers leave this way too
            del os.environ[VARIABLE]
            shutil.rmtree(folder, ignore_errors=True)
