"""Runs as they are given in a shell, and a Dask cluster as it is started by hand."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parents[3]
BIN = Path(sys.executable).parent
PATIENCE = 200  # seconds; on a busy machine each process takes long to start
#: Small parts, so that a run can be disturbed between any two of them.
PART_RECORDS = 10


@dataclass
class Finished:
    code: int
    output: str
    errors: str


@dataclass
class Run:
    process: subprocess.Popen[str]
    out: Path

    def finish(self) -> Finished:
        try:
            output, errors = self.process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            _end(self.process)
            raise
        return Finished(self.process.returncode, output, errors)

    def wait_for(self, parts: int) -> None:
        """Wait until so many parts are done, or the run's folder is there."""
        awaited = "run.json" if parts == 0 else "articles/part-*.parquet"
        wait_until(lambda: len(list(self.out.glob(awaited))) >= max(parts, 1) or self.process.poll() is not None)

    def children(self) -> list[psutil.Process]:
        """The processes that score."""
        processes = psutil.Process(self.process.pid).children(recursive=True)
        return [process for process in processes if "spawn_main" in " ".join(process.cmdline())]


@dataclass
class Cluster:
    address: str
    log: Path
    scheduler: subprocess.Popen[bytes]


def started(archive: Path, out: Path, *options: str) -> Run:
    """Start `onrecord audit run` in a process group of its own, as a shell does."""
    # A shell lets programs in the background ignore SIGINT, and they hand that down to the runs that tests start.
    heeding = ["env", "--default-signal=INT"]
    command = [
        *heeding,
        BIN / "onrecord",
        "audit",
        "run",
        archive,
        "--out",
        out,
        "--part-records",
        str(PART_RECORDS),
        *options,
    ]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    return Run(process, out)


def tables(out: Path) -> dict[str, bytes]:
    """Every table of a run, byte by byte."""
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*.parquet"))}


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


@contextmanager
def cluster(
    folder: Path, *, workers: int, environment: Mapping[str, str] | None = None, largest_file: int | None = None
) -> Iterator[Cluster]:
    """Start a scheduler and workers.

    Parameters
    ----------
    folder : Path
    workers : int
    environment : mapping of str to str, optional
        Of the workers, beside this process's own.
    largest_file : int, optional
        Bytes that a worker can write to a file: further ones fail as on a full disk.
    """
    file, log = folder / "scheduler.json", folder / "log"
    limit = [] if largest_file is None else ["prlimit", f"--fsize={largest_file}"]
    commands = [
        [BIN / "dask", "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", file],
        [*limit, BIN / "dask", "worker", "--scheduler-file", file, "--nworkers", str(workers), "--nthreads", "1",
         "--no-dashboard", "--local-directory", folder],
    ]  # fmt: skip
    processes = []
    with ExitStack() as stack, log.open("w") as output:
        for command in commands:
            process = subprocess.Popen(
                command, stdout=output, stderr=output, env={**os.environ, **(environment or {})}, start_new_session=True
            )
            processes.append(process)
            stack.callback(_end, process)
            wait_until(file.exists)
        wait_until(lambda: log.read_text().count("Registered to:") >= workers)
        yield Cluster(json.loads(file.read_text())["address"], log, processes[0])


def _end(process: subprocess.Popen[Any]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
