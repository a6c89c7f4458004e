from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import Result

Command = Callable[..., Result]


def change(run: Path, table: str, column: str, value: object) -> None:
    """Change the first row's value in a table of a run."""
    path = next((run / table).iterdir())
    rows = pq.read_table(path)
    changed = pa.array([value, *rows[column].to_pylist()[1:]], rows.schema.field(column).type)
    pq.write_table(rows.set_column(rows.schema.get_field_index(column), rows.schema.field(column), changed), path)


def test_a_run_gets_the_same_again(onrecord: Command, scored: Path) -> None:
    result = onrecord("audit", "verify", scored, "--articles", "6")
    assert result.exit_code == 0, result.output
    assert "6 of 6 articles get the same" in result.output


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [("sentences", "label", "boilerplate"), ("sentences", "p_named", 2.0), ("articles", "verdict", "hold")],
)
def test_what_differs_is_told_by_its_place(
    onrecord: Command, run_folder: Path, archive: Path, table: str, column: str, value: object
) -> None:
    change(run_folder, table, column, value)
    result = onrecord("audit", "verify", run_folder)
    assert result.exit_code == 1
    assert f"differs: {archive}, record 0: {table}.{column}" in result.output
    assert result.output.count("differs") == 1


def test_numbers_may_differ_by_what_is_allowed(onrecord: Command, run_folder: Path) -> None:
    change(run_folder, "articles", "strength", 0.5)
    assert onrecord("audit", "verify", run_folder).exit_code == 1
    assert onrecord("audit", "verify", run_folder, "--tolerance", "0.5").exit_code == 0


def test_an_archive_that_changed_is_refused(onrecord: Command, run_folder: Path, archive: Path, tmp_path: Path) -> None:
    moved = tmp_path / "moved.jsonl"
    described = (run_folder / "run.json").read_text()
    (run_folder / "run.json").write_text(described.replace(str(archive), str(moved)))
    for table in ("articles", "sentences"):
        path = next((run_folder / table).iterdir())
        rows = pq.read_table(path)
        pq.write_table(rows.set_column(0, rows.schema.field("input"), pa.array([str(moved)] * len(rows))), path)
    result = onrecord("audit", "verify", run_folder)
    assert result.exit_code == 1
    assert "must be where and what it was" in result.output
    moved.write_bytes(archive.read_bytes())
    assert onrecord("audit", "verify", run_folder).exit_code == 0
    moved.write_bytes(archive.read_bytes() + b"\n")
    result = onrecord("audit", "verify", run_folder)
    assert result.exit_code == 1
    assert "has changed since the run" in result.output


def test_another_model_is_refused(onrecord: Command, scored: Path, small_model: Path) -> None:
    result = onrecord("audit", "verify", scored, "--model", small_model)
    assert result.exit_code == 1
    assert "name the run's with --model" in result.output
