"""The books of a run: what was read must stand in the files, once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from audit.parts.files import FOLDERS
from audit.runs.errors import RunError


def count_rows(out: Path, records: Mapping[str, int]) -> dict[str, int]:
    """Count what the files hold, and check it against what was read.

    Parameters
    ----------
    out : Path
    records : mapping of str to int
        How many records were read, by the names of the parts' files.

    Returns
    -------
    dict of str to int
        ``records``, and the rows of each folder.

    Raises
    ------
    RunError
        If a record is missing or there twice, or a file that is none of these parts.
    """
    totals = dict.fromkeys(("records", *FOLDERS), 0)
    for folder in FOLDERS:
        strange = {path.name for path in (out / folder).iterdir()} - records.keys()
        if strange:
            raise RunError(f"{out / folder / min(strange)} is none of this run's files: remove it, and run again")
    for name, read in records.items():
        rows = {folder: _rows(out / folder / name) for folder in FOLDERS}
        if rows["articles"] + rows["rejected"] != read or rows["signatures"] != rows["articles"]:
            raise RunError(
                f"{name}: {read} records were read, but {rows['articles']} are scored and {rows['rejected']} rejected: "
                f"remove {out / 'articles' / name}, and run again"
            )
        totals["records"] += read
        for folder in FOLDERS:
            totals[folder] += rows[folder]
    return totals


def _rows(path: Path) -> int:
    try:
        return int(pq.read_metadata(path).num_rows)
    except (OSError, pa.ArrowException) as error:
        raise RunError(f"{path} is missing or damaged: remove the part from 'articles', and run again") from error
