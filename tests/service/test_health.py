from __future__ import annotations

from flask.testing import FlaskClient

from model.scorer import Scorer
from service.app import create_app
from service.settings import Settings


def test_livez(client: FlaskClient) -> None:
    assert client.get("/livez").get_json() == {"status": "alive"}


def test_readyz_checks_the_golden_examples_once(scorer: Scorer) -> None:
    checks = []

    class CountingScorer:
        def check_golden(self) -> None:
            checks.append(scorer.check_golden())

    client = create_app(Settings(), scorer=CountingScorer()).test_client()
    assert not checks  # nothing is scored before the workers are forked
    for _ in range(3):
        assert client.get("/readyz").get_json() == {"status": "ready"}
    assert len(checks) == 1


def test_probes_are_not_part_of_the_api(client: FlaskClient) -> None:
    assert not {"/livez", "/readyz"} & set(client.get("/openapi.json").get_json()["paths"])
