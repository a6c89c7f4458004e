from __future__ import annotations

from flask.testing import FlaskClient

from model.manifest import ModelError
from model.scorer import Scorer
from service.app import create_app
from service.settings import Settings


def test_livez(client: FlaskClient) -> None:
    assert client.get("/livez").get_json() == {"status": "alive"}


def test_readyz_recomputes_the_golden_examples(scorer: Scorer) -> None:
    checks = []

    class FickleScorer:
        manifest = scorer.manifest
        score = scorer.score

        def check_golden(self) -> None:
            checks.append(None)
            if len(checks) == 2:
                raise ModelError("golden example 1 does not get the scores on record")

    client = create_app(Settings(), scorer=FickleScorer()).test_client()
    assert not checks  # nothing is scored before the workers are forked
    for ready in (200, 503, 200):
        assert client.get("/readyz").status_code == ready
        assert client.post("/v1/score", json={"text": "Yes."}).status_code == ready
    assert len(checks) == 3  # requests rely on the last check


def test_probes_are_not_part_of_the_api(client: FlaskClient) -> None:
    assert not {"/livez", "/readyz"} & set(client.get("/openapi.json").get_json()["paths"])
