from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from model.policy_file import PolicyError, load_policies
from model.scorer import Scorer
from model.standards import STANDARDS
from service.app import create_app
from service.settings import Settings

ARTICLE = "A senior official in the ministry said on Monday that two soldiers had been killed."
HOUSE = """\
[strict]
description = "For the front page"
flags.anonymous-lead = "hold"

[lax.flags]
anonymous-lead = "off"
anonymity-unexplained = "off"
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("policies") / "house.toml"
    path.write_text(HOUSE, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def house_client(house: Path, scorer: Scorer) -> FlaskClient:
    """Talks to a service with a newsroom's own policies."""
    return create_app(Settings(policies=house), scorer=scorer).test_client()


@pytest.mark.parametrize(
    ("request_members", "policy", "verdict", "severities"),
    [
        ({}, "default", "warn", {"anonymous-lead": "warn", "anonymity-unexplained": "note"}),
        ({"policy": "default"}, "default", "warn", {"anonymous-lead": "warn", "anonymity-unexplained": "note"}),
        ({"policy": "strict"}, "strict", "hold", {"anonymous-lead": "hold", "anonymity-unexplained": "note"}),
        ({"policy": "lax"}, "lax", "pass", {}),
    ],
)
@pytest.mark.parametrize("explain", [True, False])
@pytest.mark.parametrize("article", [{"text": ARTICLE}, {"segments": [{"id": "a", "text": ARTICLE}]}])
def test_the_policy_of_a_request_judges(
    house_client: FlaskClient,
    article: dict[str, Any],
    explain: bool,
    request_members: dict[str, str],
    policy: str,
    verdict: str,
    severities: dict[str, str],
) -> None:
    answer = house_client.post("/v1/score", json=article | {"explain": explain} | request_members).get_json()
    assert answer["policy"] == policy
    assert answer["verdict"] == verdict
    assert answer["flags"] == [
        {
            "code": code,
            "severity": severity,
            "sentences": [0],
            "message": STANDARDS[code].message,
            "standard": STANDARDS[code].standard,
        }
        for code, severity in severities.items()
    ]


def test_policies_are_listed_in_full_the_default_first(house_client: FlaskClient, house: Path) -> None:
    policies = load_policies(house)
    answer = house_client.get("/v1/policies").get_json()
    assert answer["policies"] == [
        {
            "name": name,
            "description": policy.description,
            "thresholds": asdict(policy.thresholds),
            "flags": policy.severities,
        }
        for name, policy in policies.items()
    ]
    assert [policy["name"] for policy in answer["policies"]] == ["default", "strict", "lax"]
    assert [flag["code"] for flag in answer["flags"]] == list(STANDARDS)
    assert all(flag["message"] and flag["standard"] for flag in answer["flags"])


def test_a_policy_of_one_service_is_unknown_to_another(client: FlaskClient, house_client: FlaskClient) -> None:
    request = {"text": ARTICLE, "policy": "strict"}
    assert house_client.post("/v1/score", json=request).status_code == 200
    assert client.post("/v1/score", json=request).status_code == 422


def test_a_faulty_file_stops_the_start(scorer: Scorer, tmp_path: Path) -> None:
    path = tmp_path / "house.toml"
    path.write_text("[strict]\nflag = 1\n", encoding="utf-8")
    with pytest.raises(PolicyError, match=r"house\.toml, line 2: unknown key 'flag'"):
        create_app(Settings(policies=path), scorer=scorer)
