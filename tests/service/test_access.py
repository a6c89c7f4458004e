from __future__ import annotations

import re

import pytest

from model.scorer import Scorer
from service.app import create_app
from service.settings import Settings


def test_lines(scorer: Scorer, capsys: pytest.CaptureFixture[str]) -> None:
    client = create_app(Settings(access_log=True), scorer=scorer).test_client()
    client.post("/v1/score?q=Wisteria", json={"text": "Wisteria fell."})
    client.post("/v1/score", json={"txt": "Wisteria fell."})
    client.get("/Wisteria")
    client.get("/problems/Wisteria")
    client.put("/v1/model", data=b"Wisteria")
    client.get("/livez")
    client.get("/readyz")
    lines = [re.fullmatch(r"(.+) \d+\.\d", line)[1] for line in capsys.readouterr().out.splitlines()]
    assert lines == [
        "POST /v1/score 200",
        "POST /v1/score 422",
        "GET - 404",
        "GET /problems/<name> 404",
        "PUT - 405",
    ]


def test_off_by_default(scorer: Scorer, capsys: pytest.CaptureFixture[str]) -> None:
    create_app(Settings(), scorer=scorer).test_client().get("/v1/model")
    assert capsys.readouterr() == ("", "")
