"""A Dask cluster that is there already: real schedulers and workers, as processes of their own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.audit.runs.running import ROOT, Cluster, cluster, started, tables


def test_a_cluster_comes_to_the_same_tables(archive: Path, undisturbed: Path, tmp_path: Path, remote: Cluster) -> None:
    run = started(archive, tmp_path / "out", "--scheduler", remote.address).finish()
    assert run.code == 0, run.errors
    assert tables(tmp_path / "out") == tables(undisturbed)


def other_code(folder: Path) -> None:
    for package in ("audit", "model"):
        shutil.copytree(ROOT / package, folder / package)
    with (folder / "model" / "scorer.py").open("a") as module:
        module.write("# changed")


def no_code(folder: Path) -> None:
    (folder / "audit").mkdir()
    (folder / "audit" / "__init__.py").touch()
    (folder / "audit" / "runs.py").touch()


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (other_code, "has another code than the driver"),
        (no_code, "a worker does not know this program: install the same checkout there (ModuleNotFoundError"),
    ],
)
def test_a_worker_of_another_checkout_is_refused(
    archive: Path, tmp_path: Path, spoil: Callable[[Path], None], fault: str
) -> None:
    (tmp_path / "checkout").mkdir()
    spoil(tmp_path / "checkout")
    with cluster(tmp_path, workers=1, environment={"PYTHONPATH": str(tmp_path / "checkout")}) as spoilt:
        run = started(archive, tmp_path / "out", "--scheduler", spoilt.address).finish()
    assert run.code == 1
    assert fault in run.errors
    assert not list((tmp_path / "out").rglob("*.parquet"))
