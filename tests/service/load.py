"""Clients that keep asking."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.service.running import ARTICLE, TIMEOUT, Service

BODY = json.dumps(ARTICLE)
CLIENTS = 8


@dataclass
class Load:
    """What clients got while they kept asking: on connections kept open, and on new ones."""

    digests: list[str] = field(default_factory=list)
    failures: list[object] = field(default_factory=list)

    def wait(self, answers: int) -> None:
        """Wait for some more answers."""
        enough = len(self.digests) + answers
        deadline = time.monotonic() + 2 * TIMEOUT
        while len(self.digests) < enough:
            assert time.monotonic() < deadline
            time.sleep(0.05)


def _ask(service: Service, load: Load, stopped: threading.Event, keep: bool) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=TIMEOUT)
    while not stopped.is_set():
        try:
            connection.request("POST", "/v1/score", BODY, {"Content-Type": "application/json"})
            response = connection.getresponse()
            body = response.read()
            if response.status == 200:
                load.digests.append(json.loads(body)["model"]["digest"])
            else:
                load.failures.append(response.status)
        except (OSError, http.client.HTTPException) as error:
            load.failures.append(error)
            connection.close()
        if not keep:
            connection.close()
    connection.close()


@contextmanager
def load_on(service: Service) -> Iterator[Load]:
    load = Load()
    stopped = threading.Event()
    keeping = (True, False) * (CLIENTS // 2)
    clients = [threading.Thread(target=_ask, args=(service, load, stopped, keep)) for keep in keeping]
    for client in clients:
        client.start()
    try:
        yield load
    finally:
        stopped.set()
        for client in clients:
            client.join(2 * TIMEOUT)
