"""The examples for the CMS developer do as docs/cms.md says, against the service as it is run."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import playwright
import pytest

from docs.refresh import ROOT
from model.offsets import OFFSET_ENCODINGS
from service.keys import add_key
from service.problems import ALL_PROBLEM_TYPES
from tests.docs.proxy import Failure, failing_proxy
from tests.service.running import Service, running

PAGE = (ROOT / "docs" / "cms.md").read_text(encoding="utf-8")
FOLDER = ROOT / "docs" / "examples" / "cms"
LIMIT = 100
#: Flags what it finds, however unsure the model.
POLICY = "[default]\nthresholds.certainty = 0.0\n"

COMMANDS = {
    "check.mjs": Path(playwright.__file__).parent / "driver" / "node",
    "check.php": shutil.which("php"),
    "check.py": sys.executable,
}
Check = Callable[..., str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cms")


@pytest.fixture(scope="module")
def service(model_folder: Path, folder: Path) -> Iterator[Service]:
    """A service that is open to whoever asks."""
    (folder / "policies.toml").write_text(POLICY)
    settings = {"ONRECORD_MODEL": model_folder, "ONRECORD_POLICIES": folder / "policies.toml"}
    with running(folder / "open.log", **settings) as service:
        yield service


@pytest.fixture(scope="module")
def keys(folder: Path) -> dict[str, str]:
    return {name: add_key(folder / "keys.json", name) for name in ("cms", *COMMANDS)}


@pytest.fixture(scope="module")
def guarded(model_folder: Path, folder: Path, keys: dict[str, str]) -> Iterator[Service]:
    """A service that asks for a key, each of which has its limit."""
    settings = {"ONRECORD_MODEL": model_folder, "ONRECORD_KEYS": folder / "keys.json", "ONRECORD_RATE_LIMIT": LIMIT}
    with running(folder / "guarded.log", **settings) as service:
        yield service


@pytest.fixture(params=COMMANDS)
def example(request: pytest.FixtureRequest) -> str:
    if COMMANDS[request.param] is None:
        pytest.skip("php is not installed (Debian: apt-get install php-cli)")
    return request.param


@pytest.fixture
def check(example: str) -> Check:
    """Run an example; what it prints. It never fails."""

    def run(url: str, *, key: str = "", article: Path = FOLDER / "article.json") -> str:
        environ = os.environ | {"CHECK_URL": url, "CHECK_KEY": key}
        command = [COMMANDS[example], FOLDER / example, article]
        done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=30, check=True)
        assert done.stderr == ""
        return done.stdout

    return run


def address(service: Service) -> str:
    return f"http://127.0.0.1:{service.port}"


def answer(service: Service, **members: Any) -> Any:
    article = json.loads((FOLDER / "article.json").read_text(encoding="utf-8"))
    status, body = service.request("POST", "/v1/score", json.dumps({**article, **members}))
    assert status == 200
    return body


def expected(answer: Any) -> str:
    lines = [f"verdict: {answer['verdict']}"]
    for flag in answer["flags"]:
        lines.append(f"{flag['severity']} {flag['code']}: {flag['message']}")
        sentences = [answer["sentences"][index] for index in flag["sentences"]]
        lines += [f"  {sentence['segment']}: {sentence['text']}" for sentence in sentences]
    return "\n".join(lines) + "\n"


def not_checked(reason: str, printed: str) -> str:
    """The request's id in what an example prints where there is no answer."""
    match = re.fullmatch(rf"not checked: {re.escape(reason)} \(request ([0-9a-f]{{32}})\)\n", printed)
    assert match, printed
    return match[1]


def test_shows_the_words_that_flags_are_about(check: Check, service: Service) -> None:
    assert check(address(service)) == expected(answer(service))


def test_the_article_tells_the_units_apart(service: Service) -> None:
    places = set()
    for encoding in OFFSET_ENCODINGS:
        scored = answer(service, offset_encoding=encoding)
        sentence = scored["sentences"][scored["flags"][0]["sentences"][0]]
        places.add((sentence["start"], sentence["end"]))
    assert len(places) == len(OFFSET_ENCODINGS)


def test_sends_its_key(check: Check, guarded: Service, keys: dict[str, str]) -> None:
    assert check(address(guarded), key=keys["cms"]).startswith("verdict: ")


@pytest.mark.parametrize("key", ["", "onrecord_wrong"])
def test_without_a_valid_key_the_operator_finds_the_request(check: Check, guarded: Service, key: str) -> None:
    request_id = not_checked("No valid key, status 401", check(address(guarded), key=key))
    assert [event["status"] for event in guarded.events() if event["request_id"] == request_id] == [401]


def test_beyond_the_limit(check: Check, guarded: Service, example: str, keys: dict[str, str]) -> None:
    key = keys[example]
    for _ in range(3):  # the minute may end in between
        while guarded.ask("GET", "/v1/model", headers={"X-API-Key": key}).status != 429:
            pass
        printed = check(address(guarded), key=key)
        if not printed.startswith("verdict"):
            break
    not_checked("Too many requests, status 429", printed)


def test_service_is_down(check: Check) -> None:
    with socket.socket() as unheard:
        unheard.bind(("127.0.0.1", 0))
        not_checked("the service cannot be reached", check(f"http://127.0.0.1:{unheard.getsockname()[1]}"))


def test_service_does_not_answer(check: Check, service: Service) -> None:
    workers = service.workers()
    for worker in workers:
        os.kill(worker, signal.SIGSTOP)
    try:
        not_checked("no answer in time", check(address(service)))
    finally:
        for worker in workers:
            os.kill(worker, signal.SIGCONT)


def test_article_that_the_service_cannot_take(check: Check, service: Service, tmp_path: Path) -> None:
    article = tmp_path / "article.json"
    text = "Le conseil municipal a voté hier soir la fermeture de la passerelle pour tout l’hiver."
    article.write_text(json.dumps({"segments": [{"id": "block-1", "text": text}]}))
    not_checked("Not in English, status 422", check(address(service), article=article))


BUSY = Failure(503, {"Retry-After": "1"}, '{"title": "Busy"}')


@pytest.mark.parametrize(
    ("failures", "requests", "reason"),
    [
        ([BUSY], 2, None),
        ([Failure(503)], 2, None),
        ([Failure(502, body="<h1>Bad gateway</h1>")], 2, None),
        ([Failure(504, {"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"})], 2, None),
        ([Failure(None)], 2, None),
        ([Failure(503), BUSY], 2, "Busy, status 503"),
        ([Failure(429, {"Retry-After": "42"}, '{"title": "Too many"}')], 1, "Too many, status 429"),
        ([Failure(500, body="[]")], 1, "no answer, status 500"),
        ([Failure(404, body="null")], 1, "no answer, status 404"),
        ([Failure(302, {"Location": "/v1/score"})], 1, "no answer, status 302"),
        ([Failure(307, {"Location": "/v1/score"})], 1, "no answer, status 307"),
        ([Failure(200, body=None)], 1, "no answer in time"),
        ([Failure(200, body="<h1>Log in</h1>")], 1, "the answer is not the service's"),
        ([Failure(200, body='"verdict"')], 1, "the answer is not the service's"),
    ],
)
def test_tries_again_at_most_once_and_only_what_may_pass(
    check: Check, service: Service, failures: list[Failure], requests: int, reason: str | None
) -> None:
    with failing_proxy(service.port, failures) as proxy:
        printed = check(proxy.url)
    assert len(proxy.request_ids) == requests
    if reason is None:
        assert printed == expected(answer(service))
    else:
        assert set(proxy.request_ids) == {not_checked(reason, printed)}


def test_the_page_shows_every_file() -> None:
    shown = re.findall(r"^```\w+\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    assert set(shown) == {path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}


def test_the_page_says_what_to_do_at_every_status() -> None:
    spoken_of = {
        int(status)
        for row in re.findall(r"^\| ([^|]*\d{3}[^|]*) \|", PAGE, re.MULTILINE)
        for status in re.findall(r"\d{3}", row)
    }
    assert spoken_of >= {200, *(status for status, _ in ALL_PROBLEM_TYPES)}
