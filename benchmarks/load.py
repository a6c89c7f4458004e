"""The service under load: articles a second, latency and refusals, beside a view that only echoes.

Run it with ``make bench-load``. Clients and services share the machine's cores; everything is measured in one run.
"""

from __future__ import annotations

# Locust comes first: it makes the standard library cooperate with gevent.
from locust import FastHttpUser, constant, constant_throughput, task  # isort: skip
from locust.env import Environment  # isort: skip

import itertools
import json
import os
import resource
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final

import click
import gevent
import numpy as np

from benchmarks.processes import free_port, proportional_memory, wait_until_ready
from model.artefact import load_model
from model.scorer import Scorer
from training.corpus import load_corpus
from training.paths import CORPUS, MODEL

ROOT: Final = Path(__file__).resolve().parents[1]
SENTENCES: Final = range(36, 45)
HEADERS: Final = {"Content-Type": "application/json"}
#: Seconds that a client waits for an answer.
PATIENCE: Final = 10
#: The overload, in capacities.
TIMES: Final = 3
KEPT: Final = 10_000
#: Files that this process needs besides those connections: clients of the overload may still have theirs.
OTHER_FILES: Final = 4096
ROUNDS: Final = 5


@dataclass
class Answers:
    """What clients got: latencies in milliseconds by status, and what went wrong."""

    seconds: float
    latencies: dict[int, list[float]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def add(self, response_time: float, response: Any, exception: BaseException | None, **_: Any) -> None:
        """Take note of an answer (a listener to Locust's requests)."""
        status = response.status_code if response is not None else 0
        if status == 200 or (status in {429, 503} and response.headers.get("Retry-After")):
            self.latencies.setdefault(status, []).append(response_time)
        else:
            self.faults.append(f"{status} {type(exception).__name__}")

    def rate(self, status: int = 200) -> float:
        """Answers a second."""
        return len(self.latencies.get(status, ())) / self.seconds

    def row(self, name: str, status: int = 200) -> str:
        """A line of the table."""
        found = self.latencies.get(status, [float("nan")])
        quantiles = "".join(f"{value:9.1f}" for value in np.percentile(found, [50, 95, 99]))
        others = sum(map(len, self.latencies.values())) - len(self.latencies.get(status, ()))
        return f"{name:44}{self.rate(status):8.1f}{quantiles}{others:9}{len(self.faults):8}"


def ask(url: str, bodies: Sequence[bytes], clients: int, seconds: float, *, rate: float | None = None) -> Answers:
    """Let clients ask, each as soon as it has its answer, or all together ``rate`` times a second."""
    turn = itertools.cycle(bodies)

    class Client(FastHttpUser):
        wait_time = constant(0) if rate is None else constant_throughput(rate / clients)
        network_timeout = connection_timeout = PATIENCE

        @task
        def score(self) -> None:
            self.client.post("/v1/score", data=next(turn), headers=HEADERS)

    environment = Environment(user_classes=[Client], host=url)
    runner = environment.create_local_runner()
    runner.start(clients, spawn_rate=clients)
    gevent.sleep(2)  # until all ask
    answers = Answers(seconds)
    environment.events.request.add_listener(answers.add)
    gevent.sleep(seconds)
    environment.events.request.remove_listener(answers.add)
    runner.quit()
    return answers


@contextmanager
def served(*command: str | Path) -> Iterator[tuple[str, int]]:
    """Run a service; its URL and its process id."""
    port = free_port()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen([*command, "--port", str(port)], cwd=ROOT, **quiet) as process:
        try:
            url = f"http://127.0.0.1:{port}"
            wait_until_ready(f"{url}/readyz")
            yield url, process.pid
        finally:
            process.terminate()


def articles() -> list[str]:
    """The corpus's articles of about forty sentences."""
    scorer = load_model(MODEL)
    texts = [article.text for article in load_corpus(CORPUS)]
    return [d.text for d in scorer.score_many(texts) if len(d.sentences) in SENTENCES]


def overhead(url: str, scorer: Scorer, texts: Sequence[str]) -> tuple[float, float]:
    """Milliseconds of the model, and of all else, for an article: medians of the fastest of some rounds."""
    with socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2]))) as connection:
        answer = connection.makefile("rb")

        def request(body: bytes) -> None:
            head = (
                f"POST /v1/score HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
            )
            connection.sendall(head.encode() + b"\r\n\r\n" + body)
            length = 0
            for line in iter(answer.readline, b"\r\n"):
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            answer.read(length)

        model, rest = [], []
        for text in texts:
            own = _fastest(partial(scorer.score, text))
            whole = _fastest(partial(request, _body(text)))
            model.append(own)
            rest.append(whole - own)
    return statistics.median(model), statistics.median(rest)


def _fastest(work: Callable[[], object]) -> float:
    def once() -> float:
        start = time.perf_counter()
        work()
        return 1000 * (time.perf_counter() - start)

    return min(once() for _ in range(ROUNDS))


def _body(text: str) -> bytes:
    return json.dumps({"text": text}).encode()


def keep_alive(stack: ExitStack, url: str, count: int) -> list[socket.socket]:
    """Open connections that have each had an answer and are kept for another request."""
    port = int(url.rpartition(":")[2])
    connections = []
    for _ in range(count):
        connection = stack.enter_context(socket.create_connection(("127.0.0.1", port), PATIENCE))
        connection.sendall(b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n")
        assert connection.recv(4096).startswith(b"HTTP/1.1 200")
        connections.append(connection)
    return connections


def still_open(connections: Sequence[socket.socket]) -> int:
    """How many of the connections the service has not closed."""

    def is_open(connection: socket.socket) -> bool:
        try:
            return bool(connection.recv(1, socket.MSG_DONTWAIT))
        except BlockingIOError:
            return True
        except OSError:
            return False

    for connection in connections:
        connection.setblocking(False)
    return sum(map(is_open, connections))


def _files() -> int:
    """How many connections this process may open."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = KEPT + OTHER_FILES
    limit = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, hard))
    return limit - OTHER_FILES


@click.command()
@click.option("--seconds", default=10.0, show_default=True, help="How long each load lasts.")
def main(seconds: float) -> None:
    """Measure the service with two workers on the loopback."""
    texts = articles()
    bodies = [_body(text) for text in texts]
    size = statistics.mean(map(len, texts))
    click.echo(
        f"{len(texts)} articles of {SENTENCES[0]} to {SENTENCES[-1]} sentences, {size:,.0f} characters on average;"
    )
    click.echo(f"2 workers, {seconds:g} s for each line, {os.cpu_count()} cores that clients and service share\n")
    click.echo(f"{'':44}{'per s':>8}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}{'refused':>9}{'errors':>8}")
    onrecord = Path(sys.executable).with_name("onrecord")
    with served(onrecord, "serve", "--workers", "2") as (url, pid):
        rates = []
        for clients in (1, 8, 64):
            answers = ask(url, bodies, clients, seconds)
            rates.append(answers.rate())
            click.echo(answers.row(f"onrecord, {clients} client{'s' * (clients > 1)}"))
        with served(sys.executable, "-m", "benchmarks.echo") as (echo, _):
            echoed = ask(echo, bodies, 8, seconds)
            click.echo(echoed.row("a view that validates and echoes, 8 clients"))
        before = proportional_memory(pid)
        rate = TIMES * max(rates)
        answers = ask(url, bodies, round(2 * rate), seconds, rate=rate)
        after = proportional_memory(pid)
        click.echo(answers.row(f"onrecord, {rate:.0f} requests/s: scored"))
        click.echo(answers.row("  refused (503, Retry-After)", 503))
        with ExitStack() as stack:
            kept = keep_alive(stack, url, min(KEPT, _files()))
            click.echo(ask(url, bodies, 8, seconds).row(f"onrecord, 8 clients, {len(kept):,} connections kept"))
            click.echo(f"\nof those {len(kept):,} connections {still_open(kept):,} are open still")
        click.echo(f"memory before and after the overload: {before:.0f} and {after:.0f} MiB")
        click.echo(f"requests/s with 8 clients, to those of the echo: {rates[1] / echoed.rate():.2f}")
        model, rest = overhead(url, load_model(MODEL), texts)
        click.echo(f"an article alone: {model:.1f} ms in the model, {rest:.1f} ms in all else")
    if answers.faults:
        click.echo(f"errors: {sorted(set(answers.faults))}")


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()
