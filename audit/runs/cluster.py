"""Workers to score with: processes of this machine, or a Dask cluster that is there already."""

from __future__ import annotations

import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker
from typing import Final

import dask
from dask.system import CPU_COUNT
from distributed import Client, LocalCluster
from distributed.utils import silence_logging_cmgr

from audit.runs.errors import RunError
from audit.runs.worker import Setup, check

#: Seconds to wait for a scheduler, and for its first worker.
_PATIENCE: Final = 10

_CONFIG: Final = {
    "distributed.comm.timeouts.connect": f"{_PATIENCE}s",
    "distributed.admin.large-graph-warning-threshold": "1GB",  # a part is its own graph
    # What is kept of the past, which grows until it is full.
    "distributed.admin.log-length": 10,
    "distributed.admin.low-level-log-length": 10,
    # Nobody looks at the pages of processes that are started here.
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
}


@contextmanager
def open_client(scheduler: str | None, workers: int | None) -> Iterator[Client]:
    """Connect to a scheduler, or start processes here.

    Parameters
    ----------
    scheduler : str, optional
        Its address. What runs there goes on running afterwards.
    workers : int, optional
        Processes to start without a scheduler; one for each core by default.

    Raises
    ------
    RunError
        If there is no scheduler, or it has no worker.
    """
    # What it has to say of workers and schedulers that come and go is said in the run's own words, if it matters.
    with dask.config.set(_CONFIG), silence_logging_cmgr(logging.CRITICAL):
        if scheduler is None:
            with _start(workers or CPU_COUNT) as cluster, Client(cluster) as client:
                yield client
        else:
            with _connect(scheduler) as client:
                yield client


def _start(workers: int) -> LocalCluster:
    """Start processes that a Ctrl-C on the terminal does not reach: the driver closes them."""
    resource_tracker.ensure_running()  # which would lift the mask
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:  # the thread that starts the processes, now or later, inherits the mask, and they from it
        return LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            scheduler_kwargs={"dashboard": False, "dashboard_address": "127.0.0.1:0"},
            silence_logs=logging.CRITICAL,
        )
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def _connect(scheduler: str) -> Client:
    try:
        client = Client(scheduler)
    except (OSError, ValueError) as error:
        raise RunError(f"no scheduler answers at {scheduler}") from error
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except TimeoutError:
        client.close()
        raise RunError(f"the scheduler at {scheduler} has no workers") from None
    return client


def check_workers(client: Client, setup: Setup) -> None:
    """Have every worker load the model, and see that all are what the run asks for.

    Raises
    ------
    RunError
    """
    try:
        faults = client.run(check, setup)
    except Exception as error:  # noqa: BLE001 # what a worker without the code answers with has no type of its own
        raise RunError(f"a worker does not know this program: install the same checkout there ({error})") from None
    for worker, fault in sorted(faults.items()):
        if fault is not None:
            raise RunError(f"the worker {worker} {fault}")
