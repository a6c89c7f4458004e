"""The service under gunicorn."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, Any

import pytest
from flask.testing import FlaskClient

from tests.service.running import ARTICLE, HEAD, SECRET, STREAM, TIMEOUT, Service, running


@pytest.fixture
def service(model_folder: Path, tmp_path: Path) -> Iterator[Service]:
    with running(tmp_path / "log", ONRECORD_MODEL=model_folder, OMP_NUM_THREADS="2") as service:
        yield service


def test_answers_concurrently_after_the_fork(service: Service, client: FlaskClient) -> None:
    assert f"http://127.0.0.1:{service.port}/ for editors" in service.greeting
    assert f"http://127.0.0.1:{service.port}/docs" in service.greeting
    expected = client.post("/v1/score", json=ARTICLE).get_json()

    def score(_: int) -> tuple[int, Any]:
        return service.request("POST", "/v1/score", json.dumps(ARTICLE))

    with ThreadPoolExecutor(12) as pool:
        assert list(pool.map(score, range(120))) == [(200, expected)] * 120
    assert service.request("GET", "/readyz") == (200, {"status": "ready"})
    service.stop()
    assert [event["status"] for event in service.events()] == [200] * 120


def test_bodies_without_length(service: Service) -> None:
    body = json.dumps(ARTICLE).encode()
    assert service.request("POST", "/v1/score", iter([body[:20], body[20:]]), encode_chunked=True)[0] == 200
    for spaces in (2**20, 2**22):
        status, problem = service.request("POST", "/v1/score", iter([b" " * spaces, body]), encode_chunked=True)
        assert (status, problem["status"]) == (413, 413)


def test_bodies_cut_short_and_garbled(service: Service) -> None:
    assert service.send(HEAD + b'Content-Length: 100\r\n\r\n{"text": "').startswith(b"HTTP/1.1 400")
    assert service.send(HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n").startswith(b"HTTP/1.1 400")
    assert service.send(HEAD + b"Content-Length: many\r\n\r\n").startswith(b"HTTP/1.1 400")
    assert service.send(HEAD + b"\r\n").startswith(b"HTTP/1.1 400")


def test_streams_thousands_in_bounded_memory(service: Service) -> None:
    """Answers come while documents are sent, of which neither side holds more than a few."""
    document = json.dumps({"text": ARTICLE["text"] * 20}).encode() + b"\n"
    count = 1500
    with service.connect() as connection:
        connection.sendall(STREAM)
        answers = connection.makefile("rb")

        def send(documents: int) -> None:
            for _ in range(documents):
                connection.sendall(b"%x\r\n%b\r\n" % (len(document), document))

        send(10)
        head = iter(answers.readline, b"\r\n")
        assert next(head).startswith(b"HTTP/1.1 200")
        assert b"Content-Type: application/x-ndjson\r\n" in list(head)
        assert outcome(answers) == (0, 200)
        sender = threading.Thread(target=lambda: (send(count - 10), connection.sendall(b"0\r\n\r\n")))
        sender.start()
        assert [outcome(answers) for _ in range(1, 300)] == [(index, 200) for index in range(1, 300)]
        before = service.memory()
        assert [outcome(answers) for _ in range(300, count)] == [(index, 200) for index in range(300, count)]
        growth = service.memory() - before
        assert answers.readline() == b"0\r\n"
        sender.join()
    assert growth < 4  # MiB; each of these answers is a hundredth
    assert SECRET not in service.log.read_text()


@pytest.mark.parametrize(
    "rest", [b"zz\r\n", b"5\r\n{}\n", b"5\r\n{}\nxx\rWisteria\r\n"], ids=["garbled", "cut short", "not ended"]
)
def test_streams_that_break_off(service: Service, rest: bytes) -> None:
    document = json.dumps({"text": ARTICLE["text"] * 40}).encode() + b"\n"
    chunk = b"%x\r\n%b\r\n" % (len(document), document)
    answer = service.send(STREAM + chunk * 3 + rest)
    outcomes = [json.loads(line) for line in answer.splitlines() if line.startswith(b"{")]
    assert answer.startswith(b"HTTP/1.1 200")
    assert answer.endswith(b"\r\n0\r\n\r\n")
    assert [outcome["status"] for outcome in outcomes][-1] == 400
    assert {outcome["status"] for outcome in outcomes[:-1]} == {200}
    assert service.request("GET", "/readyz")[0] == 200
    assert SECRET not in service.log.read_text()


def outcome(answers: IO[bytes]) -> tuple[int, int]:
    """Read the next chunk of an answer, which holds one outcome."""
    size = int(answers.readline(), 16)
    found = json.loads(answers.read(size))
    assert answers.readline() == b"\r\n"
    return found["index"], found["status"]


def test_no_text_in_any_log(service: Service) -> None:
    text = SECRET.encode()
    service.request("POST", "/v1/score", json.dumps(ARTICLE))
    service.request("POST", f"/v1/score?{SECRET}", b'{"text": "' + text)
    service.request("POST", f"/v1/{SECRET}", text)
    service.send(
        HEAD + b"Content-Length: 0\r\nConnection: keep-alive\r\n\r\n" + text + b" fell as a request line.\r\n\r\n"
    )
    service.send(HEAD + text + b" fell in the headers\r\n\r\n")
    service.send(HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + text + b"\r\n")
    assert SECRET not in service.stop() + service.log.read_text()
    assert [event["status"] for event in service.events()][:3] == [200, 400, 404]


def test_stops_gracefully(service: Service) -> None:
    body = json.dumps(ARTICLE).encode()
    with service.connect() as connection:
        connection.sendall(HEAD + f"Content-Length: {len(body)}\r\n\r\n".encode() + body[:10])
        time.sleep(0.5)  # until a worker waits for the rest
        stopping = threading.Thread(target=service.stop)
        stopping.start()
        time.sleep(0.5)
        connection.sendall(body[10:])
        assert connection.makefile("rb").read().startswith(b"HTTP/1.1 200")
    stopping.join(2 * TIMEOUT)
    assert service.process.returncode == 0
