"""Whatever befalls a run, its rerun comes to the same tables, byte for byte, as a run that nothing befell."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.audit.runs.conftest import SECRET
from tests.audit.runs.running import Cluster, cluster, started, tables


def rerun(archive: Path, out: Path, remote: Cluster) -> None:
    run = started(archive, out, "--scheduler", remote.address).finish()
    assert run.code == 0, run.errors


def test_a_worker_that_is_killed_is_replaced(archive: Path, undisturbed: Path, tmp_path: Path) -> None:
    run = started(archive, tmp_path / "out", "--workers", "2")
    run.wait_for(parts=1)
    run.children()[0].kill()
    finished = run.finish()
    assert finished.code == 0, finished.errors
    assert tables(tmp_path / "out") == tables(undisturbed)


@pytest.mark.parametrize("parts", [0, 5])
def test_a_driver_that_is_killed_loses_nothing(
    archive: Path, undisturbed: Path, tmp_path: Path, remote: Cluster, parts: int
) -> None:
    run = started(archive, tmp_path / "out", "--workers", "2")
    run.wait_for(parts)
    run.process.kill()
    assert run.finish().code == -signal.SIGKILL
    rerun(archive, tmp_path / "out", remote)
    assert tables(tmp_path / "out") == tables(undisturbed)


def test_ctrl_c_stops_cleanly(archive: Path, undisturbed: Path, tmp_path: Path, remote: Cluster) -> None:
    run = started(archive, tmp_path / "out", "--workers", "2")
    run.wait_for(parts=1)
    os.killpg(run.process.pid, signal.SIGINT)
    finished = run.finish()
    assert finished.code == 130
    assert finished.errors == "stopping …\nStopped. The same command goes on from here.\n"
    assert 0 < len(tables(tmp_path / "out")) < len(tables(undisturbed))
    rerun(archive, tmp_path / "out", remote)
    assert tables(tmp_path / "out") == tables(undisturbed)


def test_a_scheduler_that_is_killed_ends_the_run(
    archive: Path, undisturbed: Path, tmp_path: Path, remote: Cluster
) -> None:
    with cluster(tmp_path, workers=1) as lost:
        run = started(archive, tmp_path / "out", "--scheduler", lost.address)
        run.wait_for(parts=2)
        lost.scheduler.kill()
        finished = run.finish()
    assert finished.code == 1
    assert finished.errors == "Error: the scheduler is gone: start it again, and give the same command\n"
    rerun(archive, tmp_path / "out", remote)
    assert tables(tmp_path / "out") == tables(undisturbed)


def test_a_full_disk_is_told_and_no_text_is_logged(
    archive: Path, undisturbed: Path, tmp_path: Path, remote: Cluster
) -> None:
    largest = max(path.stat().st_size for path in undisturbed.glob("sentences/*"))
    with cluster(tmp_path, workers=1, largest_file=largest - 1) as full:
        run = started(archive, tmp_path / "out", "--scheduler", full.address).finish()
        log = full.log.read_text()
    assert run.code == 1
    assert run.errors == f"Error: {tmp_path / 'out'} cannot be written to: File too large\n"
    assert "Compute Failed" in log
    assert SECRET not in log
    assert not list((tmp_path / "out").rglob(".*.tmp"))
    rerun(archive, tmp_path / "out", remote)
    assert tables(tmp_path / "out") == tables(undisturbed)
