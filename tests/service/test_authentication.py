from __future__ import annotations

import os
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from model.scorer import Scorer
from service.app import create_app
from service.authentication import ExposedError, check_exposure
from service.keys import KeysError, add_key, revoke_key
from service.settings import Settings
from tests.service.conftest import Log

ARTICLE = {"text": "The plant closed in May."}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "keys.json"


@pytest.fixture
def secret(file: Path) -> str:
    return add_key(file, "cms")


@pytest.fixture
def guarded(scorer: Scorer, file: Path, secret: str) -> FlaskClient:
    return create_app(Settings(keys=file), scorer=scorer).test_client()


def status(client: FlaskClient, **headers: str) -> int:
    return client.get(
        "/v1/model", headers={name.replace("_", "-"): value for name, value in headers.items()}
    ).status_code


def test_either_header(guarded: FlaskClient, secret: str, log: Log) -> None:
    assert status(guarded, Authorization=f"Bearer {secret}") == 200
    assert status(guarded, Authorization=f"bearer  {secret} ") == 200
    assert status(guarded, X_API_Key=secret) == 200
    assert guarded.post("/v1/score", json=ARTICLE, headers={"X-API-Key": secret}).status_code == 200
    events = log()
    assert [event["key"] for event in events] == ["cms"] * 4
    assert secret not in str(events)


def test_without_a_key(guarded: FlaskClient, secret: str) -> None:
    for headers in (
        {},
        {"X-API-Key": ""},
        {"X-API-Key": secret[:-1]},
        {"X-API-Key": secret + "x"},
        {"X-API-Key": "Ångström"},
        {"Authorization": "Bearer"},
        {"Authorization": f"Basic {secret}"},
        {"Authorization": secret},
        {"Authorization": "Bearer wrong", "X-API-Key": secret},
    ):
        response = guarded.post("/v1/score", json=ARTICLE, headers=headers)
        assert response.status_code == 401, headers
        assert response.content_type == "application/problem+json"
        assert response.get_json(force=True)["type"] == "/problems/unauthorized"
        assert response.headers["WWW-Authenticate"] == 'Bearer realm="onrecord"'


@pytest.mark.parametrize("path", ["/v1/model", "/v1/nowhere", "/v1/"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "WISTERIA"])
def test_whatever_is_below_v1_is_protected(guarded: FlaskClient, method: str, path: str) -> None:
    assert guarded.open(path, method=method).status_code == 401


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/metrics", "/docs", "/openapi.json"])
def test_what_else_there_is_needs_no_key(guarded: FlaskClient, path: str) -> None:
    assert guarded.get(path).status_code == 200


def test_changes_count_at_once(guarded: FlaskClient, file: Path, secret: str) -> None:
    other = add_key(file, "archive")
    assert status(guarded, X_API_Key=other) == 200
    revoke_key(file, "cms")
    assert status(guarded, X_API_Key=secret) == 401
    assert status(guarded, X_API_Key=other) == 200
    revoke_key(file, "archive")
    assert status(guarded, X_API_Key=other) == 401
    assert status(guarded) == 401  # no keys are not the same as no file


FAULTY = [
    "",
    "{",
    "[]",
    "{}",
    '{"keys": 1}',
    '{"keys": [{}]}',
    '{"keys": [{"name": "a", "sha256": "é", "made": ""}]}',
    '{"keys": [{"name": "a", "sha256": 1, "made": ""}]}',
]


@pytest.mark.parametrize("harm", [None, *FAULTY])
def test_harm_to_the_file_changes_nothing(
    guarded: FlaskClient, file: Path, secret: str, log: Log, harm: str | None
) -> None:
    if harm is None:
        file.unlink()
    else:
        file.write_text(harm)
    for _ in range(3):
        assert status(guarded) == 401
        assert status(guarded, X_API_Key=secret) == 200
    assert sum("stay in force" in event["message"] for event in log()) == 1


def test_the_first_key_closes_an_open_service(scorer: Scorer, file: Path) -> None:
    client = create_app(Settings(keys=file), scorer=scorer).test_client()
    assert status(client) == 200
    secret = add_key(file, "cms")
    assert status(client) == 401
    assert status(client, X_API_Key=secret) == 200


def test_a_first_file_that_is_broken_opens_nothing(scorer: Scorer, file: Path) -> None:
    client = create_app(Settings(keys=file), scorer=scorer).test_client()
    file.write_text("{")
    assert status(client) == 401


@pytest.mark.parametrize("content", FAULTY)
def test_a_broken_file_stops_the_start(scorer: Scorer, file: Path, content: str) -> None:
    file.write_text(content)
    with pytest.raises(KeysError, match="no file of keys"):
        create_app(Settings(keys=file), scorer=scorer)


@pytest.mark.parametrize(
    ("host", "opened", "keys", "served"),
    [
        ("127.0.0.1", False, False, True),
        ("127.8.8.8", False, False, True),
        ("::1", False, False, True),
        ("localhost", False, False, True),
        ("0.0.0.0", False, False, False),
        ("::", False, False, False),
        ("192.0.2.1", False, False, False),
        ("localhost.example.org", False, False, False),
        ("", False, False, False),
        ("0.0.0.0", True, False, True),
        ("0.0.0.0", False, True, True),
    ],
)
def test_exposure(file: Path, host: str, opened: bool, keys: bool, served: bool) -> None:
    if keys:
        add_key(file, "cms")
    settings = Settings(keys=file, open=opened)
    if served:
        check_exposure(settings, host)
    else:
        with pytest.raises(ExposedError, match="ONRECORD_OPEN=1"):
            check_exposure(settings, host)


def test_only_the_owner_may_read_the_file(file: Path, secret: str) -> None:
    assert file.stat().st_mode & 0o777 == 0o600
    assert secret not in file.read_text()
    assert os.listdir(file.parent) == ["keys.json"]  # noqa: PTH208 # nothing is left over
