from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from model.scorer import Scorer
from service.app import create_app
from service.settings import Settings

CMS = "https://cms.example.org"
PREFLIGHT = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,content-type"}


@pytest.fixture(scope="module")
def named(scorer: Scorer) -> FlaskClient:
    return create_app(Settings(cors_origins=(CMS, "http://localhost:3000")), scorer=scorer).test_client()


def cors(headers: object) -> set[str]:
    return {name for name in dict(headers) if name.startswith("Access-Control")}


@pytest.mark.parametrize("method", ["GET", "OPTIONS"])
def test_off_by_default(client: FlaskClient, method: str) -> None:
    response = client.open("/v1/model", method=method, headers={"Origin": CMS} | PREFLIGHT)
    assert not cors(response.headers)
    assert "Origin" not in response.headers.get("Vary", "")


@pytest.mark.parametrize("origin", [CMS, "http://localhost:3000"])
def test_named_origins(named: FlaskClient, origin: str) -> None:
    preflight = named.options("/v1/score", headers={"Origin": origin} | PREFLIGHT)
    assert preflight.status_code == 200
    assert preflight.headers["Access-Control-Allow-Origin"] == origin
    assert "POST" in preflight.headers["Access-Control-Allow-Methods"]
    assert {"Authorization", "Content-Type", "X-API-Key"} <= set(
        preflight.headers["Access-Control-Allow-Headers"].split(", ")
    )
    for path in ("/v1/model", "/nowhere"):
        response = named.get(path, headers={"Origin": origin})
        assert response.headers["Access-Control-Allow-Origin"] == origin
        assert "RateLimit" in response.headers["Access-Control-Expose-Headers"]
        assert "Access-Control-Allow-Credentials" not in response.headers


@pytest.mark.parametrize("origin", [None, "", "null", CMS + ".evil.org", "http://cms.example.org", CMS + ":8443", "*"])
def test_other_origins(named: FlaskClient, origin: str | None) -> None:
    headers = {} if origin is None else {"Origin": origin}
    for method in ("GET", "OPTIONS"):
        response = named.open("/v1/model", method=method, headers=headers | PREFLIGHT)
        assert not cors(response.headers)
        assert response.headers["Vary"] == "Origin"  # a cache may not give it to a named one
