from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest

from model.scorer import Scorer
from service import limits
from service.app import create_app
from service.keys import add_key
from service.settings import Settings
from tests.service.redis_server import RedisServer
from tests.service.running import Service, running

NOON = 1_700_000_040.0  # the start of a window


class Clock:
    now = NOON

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(limits, "time", clock)
    return clock


def test_headers_and_refusal(scorer: Scorer, tmp_path: Path, clock: Clock) -> None:
    file = tmp_path / "keys.json"
    cms, archive = ({"X-API-Key": add_key(file, name)} for name in ("cms", "archive"))
    client = create_app(Settings(keys=file, rate_limit=2), scorer=scorer).test_client()

    def get(headers: dict[str, str]) -> tuple[int, str | None, str | None]:
        response = client.get("/v1/model", headers=headers)
        if response.status_code != 401:
            assert response.headers["RateLimit-Policy"] == '"default";q=2;w=60'
        return response.status_code, response.headers.get("RateLimit"), response.headers.get("Retry-After")

    assert get(cms) == (200, '"default";r=1;t=60', None)
    clock.now = NOON + 12.5
    assert get(cms) == (200, '"default";r=0;t=48', None)
    clock.now = NOON + 59.99
    assert get(cms) == (429, '"default";r=0;t=1', "1")
    assert get(cms) == (429, '"default";r=0;t=1', "1")
    assert get(archive) == (200, '"default";r=1;t=1', None)
    assert get({"X-API-Key": "wrong"}) == (401, None, None)
    clock.now = NOON + 60
    assert get(cms) == (200, '"default";r=1;t=60', None)
    refusal = client.get("/v1/model", headers=cms) and client.get("/v1/model", headers=cms)
    assert refusal.get_json(force=True)["type"] == "/problems/too-many-requests"


def test_faulty_requests_count(scorer: Scorer, tmp_path: Path, clock: Clock) -> None:
    file = tmp_path / "keys.json"
    headers = {"X-API-Key": add_key(file, "cms")}
    client = create_app(Settings(keys=file, rate_limit=1), scorer=scorer).test_client()
    assert client.post("/v1/score", data=b"{", content_type="application/json", headers=headers).status_code == 400
    assert client.post("/v1/score", json={"text": "Yes."}, headers=headers).status_code == 429


def test_no_limit_without_keys_or_with_none_set(scorer: Scorer, tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    for settings in (Settings(keys=tmp_path / "none", rate_limit=1), Settings(keys=file, rate_limit=0)):
        headers = {"X-API-Key": add_key(file, "cms")} if settings.keys == file else {}
        client = create_app(settings, scorer=scorer).test_client()
        for _ in range(3):
            response = client.get("/v1/model", headers=headers)
            assert response.status_code == 200
            assert "RateLimit" not in response.headers


def wait_for_a_fresh_window() -> None:
    if time.time() % limits.WINDOW > limits.WINDOW - 15:
        time.sleep(limits.WINDOW - time.time() % limits.WINDOW)


def statuses(services: list[Service], secret: str, number: int) -> list[int]:
    headers = {"Authorization": f"Bearer {secret}"}
    return sorted(services[i % len(services)].ask("GET", "/v1/model", headers=headers).status for i in range(number))


def test_workers_share_a_limit(model_folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    secret = add_key(file, "cms")
    settings = {"ONRECORD_MODEL": model_folder, "ONRECORD_KEYS": file, "ONRECORD_RATE_LIMIT": "20"}
    with running(tmp_path / "log", **settings) as service:
        wait_for_a_fresh_window()
        assert statuses([service], secret, 30) == [200] * 20 + [429] * 10


def test_instances_share_a_limit(model_folder: Path, tmp_path: Path, redis: RedisServer) -> None:
    file = tmp_path / "keys.json"
    secret = add_key(file, "cms")
    settings = {
        "ONRECORD_MODEL": model_folder,
        "ONRECORD_KEYS": file,
        "ONRECORD_RATE_LIMIT": "20",
        "ONRECORD_REDIS_URL": redis.url,
    }
    with running(tmp_path / "log-1", **settings) as one, running(tmp_path / "log-2", **settings) as two:
        wait_for_a_fresh_window()
        assert statuses([one, two], secret, 24) == [200] * 20 + [429] * 4
        redis.stop()
        assert statuses([one, two], secret, 8) == [200] * 8  # counted in memory, anew
        assert re.search("Redis fails", one.log.read_text() + two.log.read_text())
        redis.start()


ADDRESSES = [
    ("192.0.2.1", "192.0.2.2", False),
    ("192.0.2.1", "192.0.2.1", True),
    ("2001:db8::1", "2001:db8::2", True),
    ("2001:db8::1", "2001:db8:0:1::1", False),
    ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
]


@pytest.mark.parametrize(("one", "other", "same"), ADDRESSES)
def test_addresses_without_a_key(scorer: Scorer, tmp_path: Path, one: str, other: str, same: bool) -> None:
    settings = Settings(keys=tmp_path / "none", address_limit=1, rate_limit=0)
    client = create_app(settings, scorer=scorer).test_client()

    def status(address: str, path: str = "/v1/model") -> int:
        # what the client says of itself is not believed
        headers = {"X-Forwarded-For": "198.51.100.7"}
        return client.get(path, environ_base={"REMOTE_ADDR": address}, headers=headers).status_code

    assert status(one, "/docs") == status(one, "/livez") == 200
    assert status(one) == 200
    assert status(other) == (429 if same else 200)
    assert status(one) == 429
    assert status(one, "/docs") == status(one, "/livez") == 200


def test_addresses_behind_proxies(scorer: Scorer, tmp_path: Path) -> None:
    settings = Settings(keys=tmp_path / "none", address_limit=1, proxies=2)
    client = create_app(settings, scorer=scorer).test_client()

    def status(forwarded: str) -> int:
        return client.get("/v1/model", headers={"X-Forwarded-For": forwarded}).status_code

    assert status("192.0.2.1, 10.0.0.1") == 200
    assert status("203.0.113.9, 192.0.2.1, 10.0.0.1") == 429  # the client made up the first
    assert status("192.0.2.2, 10.0.0.1") == 200


def test_keys_are_not_limited_by_address(scorer: Scorer, tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    headers = {"X-API-Key": add_key(file, "cms")}
    client = create_app(Settings(keys=file, address_limit=1, rate_limit=3), scorer=scorer).test_client()
    assert [client.get("/v1/model", headers=headers).status_code for _ in range(4)] == [200, 200, 200, 429]


@pytest.mark.parametrize("media_type", ["application/json", "application/x-ndjson"])
def test_documents_of_a_batch_count(scorer: Scorer, tmp_path: Path, clock: Clock, media_type: str) -> None:
    file = tmp_path / "keys.json"
    headers = {"X-API-Key": add_key(file, "cms")}
    client = create_app(Settings(keys=file, rate_limit=4), scorer=scorer).test_client()
    documents = [{"text": "Yes."}] * 3
    if media_type == "application/json":
        body = json.dumps({"documents": documents})
    else:
        body = "\n".join(map(json.dumps, documents))

    def statuses() -> list[int]:
        response = client.post("/v1/score/batch", data=body, content_type=media_type, headers=headers)
        if response.status_code != 200:
            return [response.status_code]
        found = response.get_json() if response.is_json else None
        outcomes = found["outcomes"] if found else [json.loads(line) for line in response.data.splitlines()]
        return [outcome["status"] for outcome in outcomes]

    assert statuses() == [200, 200, 200]
    assert statuses() == [200, 429, 429]
    assert statuses() == [429]
    clock.now = NOON + 60
    assert statuses() == [200, 200, 200]
