"""The service as it is run: gunicorn with two workers, on the loopback."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from benchmarks.processes import proportional_memory

SECRET = "Wisteria"  # stands for an article's text, which must turn up nowhere else
ARTICLE = {"text": f"“{SECRET} fell,” said Ana Ruiz. Officials disagree."}
TIMEOUT = 20
HEAD = b"POST /v1/score HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n"
STREAM = (
    b"POST /v1/score/batch HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n"
    b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
)


@dataclass
class Answer:
    status: int
    headers: Message
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Service:
    process: subprocess.Popen[str]
    greeting: str
    port: int
    log: Path

    def ask(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None, **kwargs: Any
    ) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        try:
            headers = {"Content-Type": "application/json"} | (headers or {})
            connection.request(method, path, body, headers, **kwargs)
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()

    def request(self, method: str, path: str, body: Any = None, **kwargs: Any) -> tuple[int, Any]:
        answer = self.ask(method, path, body, **kwargs)
        return answer.status, answer.json()

    def score(self, headers: dict[str, str] | None = None) -> Answer:
        return self.ask("POST", "/v1/score", json.dumps(ARTICLE), headers)

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), TIMEOUT)

    def send(self, raw: bytes) -> bytes:
        """Send bytes and all that comes back, to the last."""
        with self.connect() as connection:
            connection.sendall(raw)
            connection.shutdown(socket.SHUT_WR)
            return connection.makefile("rb").read()

    def memory(self) -> float:
        """MiB of all processes, those shared counted once."""
        return proportional_memory(self.process.pid)

    def workers(self) -> list[int]:
        """Process ids of the workers."""
        pid = self.process.pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def both_workers(self) -> list[int]:
        """Process ids of two workers; the second starts a moment after the first."""
        deadline = time.monotonic() + TIMEOUT
        while len(self.workers()) < 2:
            assert time.monotonic() < deadline
            time.sleep(0.02)
        return self.workers()

    def kill_a_worker(self) -> None:
        """Kill one, and wait for the next."""
        victim = self.workers()[0]
        os.kill(victim, signal.SIGKILL)
        deadline = time.monotonic() + TIMEOUT
        while victim in self.workers() or len(self.workers()) < 2:
            assert time.monotonic() < deadline
            time.sleep(0.1)

    def events(self) -> list[dict[str, Any]]:
        """The log so far, but for a line that is being written."""
        return [json.loads(line) for line in self.log.read_text().split("\n")[:-1]]

    def stop(self) -> str:
        """Stop it as Docker does; what it wrote to standard output in all."""
        self.process.send_signal(signal.SIGTERM)
        output, _ = self.process.communicate(timeout=2 * TIMEOUT)  # a worker may take 20 s to finish
        assert self.process.returncode == 0
        return self.greeting + output


@contextmanager
def running(log: Path, *, files: int | None = None, **settings: str | Path) -> Iterator[Service]:
    """Run ``onrecord serve`` with some environment variables, and perhaps a limit on open files."""
    environ = os.environ | {"ONRECORD_WORKERS": "2"} | {name: str(value) for name, value in settings.items()}
    command = [Path(sys.executable).with_name("onrecord"), "serve", "--port", "0"]
    if files:
        command = ["sh", "-c", f'ulimit -n {files}; exec "$0" "$@"', *command]
    with (
        log.open("w") as stderr,
        subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=stderr, text=True) as process,
    ):
        try:
            assert process.stdout
            greeting = process.stdout.readline()
            assert greeting, log.read_text()
            address = next(word for word in greeting.split() if word.startswith("http://"))
            yield Service(process, greeting, urlsplit(address).port or 0, log)
        finally:
            process.terminate()
            try:
                process.wait(2 * TIMEOUT)
            finally:
                process.kill()
