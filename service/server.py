"""gunicorn, set up for this service."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

from service.problems import Problem
from service.served import served_model

MEMORY = Path("/dev/shm")  # noqa: S108 # where a worker's heartbeat waits for no disk
#: Seconds that a client may pause within a body, or take to read an answer, before its thread is freed.
CLIENT_TIMEOUT = 60


class Server(BaseApplication):  # type: ignore[misc] # it ships no type hints
    """An application with the processes to serve it.

    The application is made before the workers are forked, so that they share the model's memory.

    Parameters
    ----------
    app : Flask
    host : str
    port : int
        0 for a free one.
    workers, threads : int
        Numbers of processes, and of threads in each.
    """

    def __init__(self, app: Flask, *, host: str, port: int, workers: int, threads: int) -> None:
        self._app = app
        self._options: dict[str, Any] = {
            "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
            "workers": workers,
            "threads": threads,
            "worker_class": "gthread",
            "preload_app": True,
            "control_socket_disable": True,
            "graceful_timeout": 20,
            "loglevel": "error",  # its warnings quote malformed requests
            "when_ready": self._announce,
            "post_worker_init": self._warm_up,
            "pre_request": _limit_waiting,
        }
        if os.access(MEMORY, os.W_OK):
            self._options["worker_tmp_dir"] = str(MEMORY)
        super().__init__()

    def load_config(self) -> None:
        """Hand gunicorn its settings."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The application to serve."""
        return self._app

    def _announce(self, server: Any) -> None:
        address = server.LISTENERS[0]
        click.echo(f"onrecord listens on {address} (documentation: {address}/docs). Stop it with Ctrl+C.")

    def _warm_up(self, _: Any) -> None:
        """Score before the first request, and after the fork: OpenMP must not have run in the parent."""
        with self._app.app_context(), suppress(Problem):  # which /readyz will report
            served_model().check()


def _limit_waiting(_: Any, request: Any) -> None:
    request.unreader.sock.settimeout(CLIENT_TIMEOUT)
