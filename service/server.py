"""gunicorn, set up for this service."""

from __future__ import annotations

import logging
import multiprocessing
import resource
from contextlib import suppress
from itertools import count
from typing import Any, Final

import click
from flask import Flask
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

from model.artefact import load_model
from model.manifest import ModelError
from model.scorer import Scorer
from service import metrics
from service.logs import GunicornLogger
from service.memory import shared_folder
from service.problems import Problem
from service.served import served_model
from service.settings import Settings
from service.worker import CLIENT_TIMEOUT, Worker

logger = logging.getLogger(__name__)

#: Seconds that a new model may take to prove itself; a sound one takes a small part of one.
PROOF_TIMEOUT: Final = 30
#: Seconds for which a connection is kept for another request: longer than proxies do, who would find it just closed.
KEEP_ALIVE: Final = 75
#: Connections that a process keeps at most, and the files that it needs beside them.
MAX_CONNECTIONS: Final = 10_000
OTHER_FILES: Final = 256


class Server(BaseApplication):  # type: ignore[misc] # it ships no type hints
    """An application with the processes to serve it.

    The application is made before the workers are forked, so that they share the model's memory.

    Parameters
    ----------
    app : Flask
    settings : Settings
        Name the folder from which the model is taken anew on SIGHUP, and the size of a body.
    host : str
    port : int
        0 for a free one.
    workers, threads : int
        Numbers of processes, and of threads in each.
    queue : int
        Requests that may wait for a thread in each process.
    """

    def __init__(
        self, app: Flask, settings: Settings, *, host: str, port: int, workers: int, threads: int, queue: int
    ) -> None:
        self._app = app
        self._model = settings.model
        self.max_bytes = settings.max_bytes
        self.queue = queue
        self._options: dict[str, Any] = {
            "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
            "workers": workers,
            "threads": threads,
            "worker_class": Worker,
            "worker_connections": _connections(),
            "preload_app": True,
            "control_socket_disable": True,
            "graceful_timeout": 20,
            "keepalive": KEEP_ALIVE,
            "logger_class": GunicornLogger,
            "loglevel": "error",  # its warnings quote malformed requests
            "worker_tmp_dir": str(shared_folder()),  # where a worker's heartbeat waits for no disk
            "when_ready": self._announce,
            "post_worker_init": self._warm_up,
            "pre_request": _limit_waiting,
            "pre_fork": _assign_slot,
            "post_fork": _take_slot,
            "child_exit": _leave_slot,
        }
        super().__init__()

    def load_config(self) -> None:
        """Hand gunicorn its settings."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The application to serve."""
        return self._app

    def reload(self) -> None:
        """Take the model anew before gunicorn replaces the workers, if there is a sound one; else keep the old."""
        try:
            scorer = load_model(self._model)
            _prove(scorer)
        except Exception as error:  # noqa: BLE001 # whatever is wrong with a model, the service outlives it
            metrics.RELOADS.labels("refused").inc()
            logger.error("model refused, the old one keeps serving: %r", error)  # noqa: TRY400 # it says it all
            return
        with self._app.app_context():
            served_model().replace(scorer)
        metrics.RELOADS.labels("taken").inc()
        logger.info("model taken", extra={"fields": {"model": scorer.manifest.identity()}})

    def _announce(self, server: Any) -> None:
        address = server.LISTENERS[0]
        click.echo(f"onrecord listens: {address}/ for editors, {address}/docs for developers. Stop it with Ctrl+C.")

    def _warm_up(self, _: Any) -> None:
        """Score before the first request, and after the fork: OpenMP must not have run in the parent."""
        with self._app.app_context(), suppress(Problem):  # which /readyz will report
            metrics.serve_model(served_model().manifest)
            served_model().check()


def _connections() -> int:
    """How many connections a process may keep: with one more than it has files for it would break down."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    files = MAX_CONNECTIONS + OTHER_FILES
    if soft < files:
        soft = files if hard == resource.RLIM_INFINITY else min(files, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return max(1, min(MAX_CONNECTIONS, soft - OTHER_FILES))


def _prove(scorer: Scorer) -> None:
    """Check a model's golden examples in a process of their own: this one must not run OpenMP, as it will fork.

    Raises
    ------
    ModelError
        If one does not get the scores on record.
    """
    process = multiprocessing.get_context("fork").Process(target=_check_golden, args=(scorer,))
    process.start()
    process.join(PROOF_TIMEOUT)
    if process.exitcode != 0:
        process.kill()
        raise ModelError("a golden example does not get the scores on record")


def _check_golden(scorer: Scorer) -> None:
    try:
        scorer.check_golden()
    except ModelError as error:
        raise SystemExit(1) from error


def _assign_slot(server: Any, worker: Any) -> None:
    used = {other.slot for other in server.WORKERS.values()}
    worker.slot = next(slot for slot in count() if slot not in used)


def _take_slot(_: Any, worker: Any) -> None:
    metrics.take_slot(worker.slot)


def _leave_slot(_: Any, worker: Any) -> None:
    metrics.leave_slot(worker.slot)


def _limit_waiting(_: Any, request: Any) -> None:
    request.unreader.sock.settimeout(CLIENT_TIMEOUT)
