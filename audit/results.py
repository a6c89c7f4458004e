"""A run's folder, read back: what was read, scored, rejected and repeated. Nothing is held but one part at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from audit.runs.errors import RunError
from audit.runs.manifest import COMPLETE, RunManifest
from audit.statistics.confusion import Confusion, make_confusion
from audit.tables import DUPLICATES, DUPLICATES_FILE, MANIFEST_FILE, PARTS


class ResultsError(Exception):
    """A folder that holds no finished run, or a damaged one."""


@dataclass(frozen=True)
class Results:
    """A finished run.

    Attributes
    ----------
    folder : Path
    manifest : RunManifest
    """

    folder: Path
    manifest: RunManifest

    @property
    def model(self) -> dict[str, Any]:
        """The model's name, version, digest and weights."""
        return self.manifest.model

    def confusion(self) -> Confusion | None:
        """The model's confusion on articles held out from its training; None where the model records none.

        Raises
        ------
        ConfusionError
            If it says too little to correct by.
        """
        counts = self.manifest.confusion
        origin = f"the model's held-out articles ({self.model['name']} {self.model['version']})"
        return None if counts is None else make_confusion(origin, counts)

    def parts(self, table: str) -> list[Path]:
        """The files of one of `PARTS`, in order."""
        return sorted((self.folder / table).glob("part-*.parquet"))

    def read(self, table: str, columns: list[str]) -> Iterator[pa.Table]:
        """Read some columns of a table, part by part.

        Raises
        ------
        ResultsError
            If a part is damaged or has other columns than the contract.
        """
        schema = pa.schema([PARTS[table].field(name) for name in columns])
        for path in self.parts(table):
            yield _read(path, schema)

    def rows(self, table: str) -> int:
        """How many rows a table has."""
        try:
            return sum(pq.read_metadata(path).num_rows for path in self.parts(table))
        except (OSError, pa.ArrowException) as error:
            raise ResultsError(f"{self.folder / table}: a part cannot be read") from error

    @cached_property
    def duplicates(self) -> dict[str, npt.NDArray[np.int64]]:
        """Numbers of the records that repeat an earlier article, by input, ascending."""
        path = self.folder / DUPLICATES_FILE
        if not path.exists():
            return {}
        table = _read(path, pa.schema([DUPLICATES.field("input"), DUPLICATES.field("record")]))
        repeats: dict[str, list[int]] = {}
        for name, record in zip(table["input"].to_pylist(), table["record"].to_pylist(), strict=True):
            repeats.setdefault(name, []).append(record)
        return {name: np.unique(records) for name, records in repeats.items()}

    def repeated(self, table: pa.Table) -> pa.Array:
        """Which rows of a table with ``input`` and ``record`` belong to articles that repeat an earlier one."""
        return standing_at(table, self.duplicates)


def standing_at(table: pa.Table, places: Mapping[str, npt.ArrayLike]) -> pa.Array:
    """Which rows of a table with ``input`` and ``record`` stand at some places: numbers of records by input."""
    records = table["record"].to_numpy()
    inputs = table["input"].combine_chunks().dictionary_encode()
    codes = inputs.indices.to_numpy()
    mask = np.zeros(len(table), bool)
    for code, name in enumerate(inputs.dictionary.to_pylist()):
        if name in places:
            rows = codes == code
            mask[rows] = np.isin(records[rows], places[name])
    return pa.array(mask)


def open_results(folder: Path) -> Results:
    """Open a run's folder.

    Raises
    ------
    ResultsError
        If it is none, or the run has not finished.
    """
    try:
        manifest = RunManifest.read(folder)
    except RunError as error:
        raise ResultsError(str(error)) from error
    if manifest is None:
        raise ResultsError(f"{folder} is not the folder of a run: it has no {MANIFEST_FILE}")
    if manifest.status != COMPLETE:
        raise ResultsError(f"the run in {folder} has not finished: give the same 'audit run' again, and it goes on")
    return Results(folder, manifest)


def _read(path: Path, schema: pa.Schema) -> pa.Table:
    try:
        return pq.read_table(path, columns=schema.names, partitioning=None).cast(schema)
    except (OSError, ValueError, KeyError, pa.ArrowException) as error:
        raise ResultsError(f"{path} cannot be read: it is damaged, or not what 'audit run' writes") from error
