"""What goes wrong for one client, or one worker, stays with it."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.service.load import BODY, CLIENTS, load_on
from tests.service.running import ARTICLE, STREAM, TIMEOUT, Service, running

HEAD = b"POST /v1/score HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
REQUEST = HEAD + b"Content-Length: %d\r\n\r\n" % len(BODY.encode()) + BODY.encode()
LINE = json.dumps({"text": ARTICLE["text"] * 40}).encode() + b"\n"  # longer than what a stream is read by
CHUNK = b"%x\r\n%b\r\n" % (len(LINE), LINE)
MANY = 300


@pytest.fixture(scope="module")
def service(model_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with running(tmp_path_factory.mktemp("faults") / "log", ONRECORD_MODEL=model_folder) as service:
        yield service


@pytest.fixture
def narrow(model_folder: Path, tmp_path: Path) -> Iterator[Service]:
    """One worker with one thread, for which two requests may wait."""
    settings = {"ONRECORD_WORKERS": "1", "ONRECORD_THREADS": "1", "ONRECORD_QUEUE": "2"}
    with running(tmp_path / "log", ONRECORD_MODEL=model_folder, **settings) as service:
        yield service


@contextmanager
def connections(service: Service, number: int) -> Iterator[list[socket.socket]]:
    with ExitStack() as stack:
        yield [stack.enter_context(service.connect()) for _ in range(number)]


def answer(connection: socket.socket) -> tuple[int, dict[bytes, bytes], bytes]:
    """Read an answer that has a length."""
    file = connection.makefile("rb")
    status = int(file.readline().split()[1])
    headers = dict(line.rstrip().split(b": ", 1) for line in iter(file.readline, b"\r\n"))
    return status, headers, file.read(int(headers[b"Content-Length"]))


def test_a_killed_worker_loses_no_more_than_its_own_requests(service: Service) -> None:
    with load_on(service) as load:
        load.wait(CLIENTS)
        service.kill_a_worker()
        failed = len(load.failures)
        load.wait(4 * CLIENTS)
        assert len(load.failures) == failed <= CLIENTS  # each had one under way
    assert service.request("GET", "/readyz")[0] == 200


#: What clients send before they pause, and how many of them; of those that ask something no more than may wait.
SLOW = {
    "says nothing": (b"", MANY),
    "half a request line": (REQUEST[:9], MANY),
    "empty lines": (b"\r\n\r\n", 40),
    "half the headers": (REQUEST[: len(HEAD) - 5], MANY),
    "no body yet": (REQUEST[: REQUEST.index(b"{")], MANY),
    "half the body": (REQUEST[:-20], MANY),
    "half the next request": (REQUEST + REQUEST[:-20], 40),
}


@pytest.mark.parametrize(("sent", "clients"), SLOW.values(), ids=SLOW)
def test_slow_clients_keep_nobody_waiting_and_lose_nothing(service: Service, sent: bytes, clients: int) -> None:
    with connections(service, clients) as slow:
        for connection in slow:
            connection.sendall(sent)
        assert service.score().status == 200
        assert service.request("GET", "/readyz")[0] == 200
        for connection in slow[:20] if not sent.isspace() else []:
            if len(sent) > len(REQUEST):
                assert answer(connection)[0] == 200
            connection.sendall(REQUEST[len(sent) % len(REQUEST) :])
            assert answer(connection)[0] == 200


def test_endless_headers(service: Service) -> None:
    with connections(service, 20) as endless:
        for connection in endless:
            connection.sendall(HEAD + b"X-Wisteria: " + b"wisteria" * 10_000)
        assert service.score().status == 200
        assert {connection.recv(12) for connection in endless} <= {b"HTTP/1.1 400", b"HTTP/1.1 431", b""}


def test_a_client_that_waits_for_leave_to_send_its_body(service: Service) -> None:
    with service.connect() as connection:
        connection.sendall(HEAD + b"Expect: 100-continue\r\nContent-Length: %d\r\n\r\n" % len(BODY.encode()))
        leave = b"HTTP/1.1 100 Continue\r\n\r\n"
        assert connection.recv(len(leave), socket.MSG_WAITALL) == leave
        connection.sendall(BODY.encode())
        assert answer(connection)[0] == 200


def test_many_connections_are_kept(service: Service) -> None:
    with connections(service, MANY) as kept:
        for _ in range(2):
            for connection in kept:
                connection.sendall(b"GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert {answer(connection)[0] for connection in kept} == {200}
        kept[-1].sendall(REQUEST)
        assert answer(kept[-1])[0] == 200


@pytest.mark.parametrize("sent", [b"", b"GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n"], ids=["silent", "kept"])
def test_more_connections_than_may_be_keep_nobody_out(model_folder: Path, tmp_path: Path, sent: bytes) -> None:
    """The idlest make room: of 300 files a process has 44 for connections."""
    with running(tmp_path / "log", files=300, ONRECORD_MODEL=model_folder) as service:
        workers = service.both_workers()
        with connections(service, 200) as idle:
            for connection in idle:
                connection.sendall(sent)
            for _ in range(4):
                assert service.score().status == 200
        assert service.workers() == workers


def test_a_client_that_never_closes_its_side(service: Service) -> None:
    with connections(service, 40) as lasting:
        for connection in lasting:
            connection.sendall(REQUEST.replace(b"Host", b"Connection: close\r\nHost"))
        assert {answer(connection)[0] for connection in lasting} == {200}
        assert service.score().status == 200
        assert {connection.recv(1) for connection in lasting} == {b""}


def test_streams_leave_threads_for_others(service: Service) -> None:
    """Of four threads in each of two workers, streams may take two."""
    with connections(service, 12) as streams:
        for stream in streams:
            stream.sendall(STREAM + CHUNK * 3)
        heads = [stream.recv(12, socket.MSG_WAITALL) for stream in streams]
        assert set(heads) == {b"HTTP/1.1 200", b"HTTP/1.1 503"}
        assert heads.count(b"HTTP/1.1 200") <= 4
        assert service.score().status == 200
    assert service.request("GET", "/readyz")[0] == 200


def test_too_much_at_once_is_refused_at_once(narrow: Service) -> None:
    with narrow.connect() as stream, connections(narrow, 2) as waiting, narrow.connect() as refused:
        stream.sendall(STREAM + CHUNK * 3)
        stream.recv(12, socket.MSG_WAITALL)  # now it has the only thread
        for connection in waiting:
            connection.sendall(REQUEST)
        deadline = time.monotonic() + TIMEOUT
        while narrow.score().status != 503:  # until both wait, others may be let in
            assert time.monotonic() < deadline
        for _ in range(3):
            refused.sendall(REQUEST)
            status, headers, body = answer(refused)
            assert (status, headers[b"Retry-After"]) == (503, b"1")
            assert json.loads(body)["type"] == "/problems/overloaded"
        for path in ("/livez", "/readyz", "/", "/docs"):
            assert narrow.ask("GET", path).status == 200
        figures = narrow.ask("GET", "/metrics").body.decode()
        assert "onrecord_overload_total 4.0" in figures.splitlines()
        stream.sendall(b"0\r\n\r\n")
        assert [answer(connection)[0] for connection in waiting] == [200, 200]
        refused.sendall(REQUEST)
        assert answer(refused)[0] == 200


MEGABYTE = 1_000_000
#: Bodies, and the statuses that they may get.
BOMBS: dict[str, tuple[Any, set[int]]] = {
    "a huge sentence": ({"text": "The mayor and " * 70_000}, {422}),
    "a huge word": ({"text": "x" * MEGABYTE}, {422}),
    "too many sentences": ({"text": "He said so. " * 80_000}, {413}),
    "no sentences": ({"text": "\n" * 400_000}, {422}),
    "as many sentences as may be": ({"text": "“We won,” said Ana Ruiz.\n" * 5_000, "explain": True}, {200}),
    "as long a sentence as may be": ({"text": "“" * 10_000}, {200}),
    "nested lists": (b"[" * MEGABYTE, {400}),
    "nested objects": (b'{"text":' * 100_000, {400}),
    "nested within": (b'{"text": ' + b"[" * 900 + b"]" * 900 + b"}", {422}),
    "many members": (b"{" + b",".join(b'"%d":0' % i for i in range(80_000)) + b"}", {422}),
    "a huge number": (b'{"id": ' + b"9" * MEGABYTE + b"}", {422}),
    "escapes": (b'{"text": "' + b"\\u0000" * 160_000 + b'"}', {422}),
    "nested elements": ({"html": "<div>" * 200_000}, {422}),
    "a huge attribute": ({"html": f'<p class="{"comment " * 120_000}">It rained.'}, {200, 422}),
    "many attributes": ({"html": f"<p {' '.join(f'a{i}' for i in range(140_000))}>It rained."}, {422}),
    "billion laughs": (
        {"html": '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><p>It rained. ' + "&b;" * 300_000},
        {200, 422},
    ),
    "open tables": ({"html": "<table><tr><td>" * 66_000}, {422}),
}


@pytest.mark.parametrize(("body", "statuses"), BOMBS.values(), ids=BOMBS)
def test_bombs(service: Service, body: Any, statuses: set[int]) -> None:
    workers = set(service.workers())
    raw = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False)
    answered = service.ask("POST", "/v1/score", raw.encode() if isinstance(raw, str) else raw)
    assert answered.status in statuses
    if answered.status != 200:
        assert answered.headers["Content-Type"] == "application/problem+json"
    assert service.score().status == 200
    assert set(service.workers()) == workers
