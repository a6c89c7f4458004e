from __future__ import annotations

import json

import pytest

from model.scorer import Scorer
from service.app import create_app
from service.settings import Settings
from tests.service.conftest import Log


def test_events(scorer: Scorer, log: Log) -> None:
    client = create_app(Settings(), scorer=scorer).test_client()
    client.post("/v1/score?q=Wisteria", json={"text": "Wisteria fell."})
    client.post("/v1/score", json={"txt": "Wisteria fell."})
    client.get("/Wisteria")
    client.get("/problems/Wisteria")
    client.put("/v1/model", data=b"Wisteria", headers={"X-Request-ID": "Wisteria", "traceparent": "Wisteria"})
    client.open("/v1/model", method="WISTERIA")
    for probe in ("/livez", "/readyz", "/metrics"):
        client.get(probe)
    events = log()
    assert [(event["method"], event["route"], event["status"]) for event in events] == [
        ("POST", "/v1/score", 200),
        ("POST", "/v1/score", 422),
        ("GET", "-", 404),
        ("GET", "/problems/<name>", 404),
        ("PUT", "-", 405),
        ("-", "-", 405),
    ]
    assert all(event["milliseconds"] >= 0 and event["key"] is None for event in events)
    assert "wisteria" not in json.dumps(events).lower()


def test_can_be_switched_off(scorer: Scorer, log: Log) -> None:
    create_app(Settings(access_log=False), scorer=scorer).test_client().get("/v1/model")
    assert log() == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("0b6d0f6e-6f0c-4d0a-9f57-0f9b5a9c3c1e", True),
        ("0" * 64, True),
        ("DEADBEEF", True),
        ("dead", False),
        ("0" * 65, False),
        ("Wisteria", False),
        ("", False),
    ],
)
def test_request_ids(scorer: Scorer, log: Log, given: str, kept: bool) -> None:
    client = create_app(Settings(), scorer=scorer).test_client()
    answered = client.get("/nowhere", headers={"X-Request-ID": given}).headers["X-Request-ID"]
    assert (answered == given) == kept
    assert [event["request_id"] for event in log()] == [answered]
    assert client.get("/nowhere").headers["X-Request-ID"] not in {given, answered}


TRACE, PARENT = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"


@pytest.mark.parametrize(
    ("header", "understood"),
    [
        (f"00-{TRACE}-{PARENT}-01", True),
        (f"01-{TRACE}-{PARENT}-00", True),
        (f"01-{TRACE}-{PARENT}-00-what-comes-later", True),
        (f"00-{TRACE}-{PARENT}-01-too-much", False),
        (f"ff-{TRACE}-{PARENT}-01", False),
        (f"00-{'0' * 32}-{PARENT}-01", False),
        (f"00-{TRACE}-{'0' * 16}-01", False),
        (f"00-{TRACE.upper()}-{PARENT}-01", False),
        (f"00-{TRACE}-{PARENT}", False),
        ("Wisteria", False),
    ],
)
def test_traceparent(scorer: Scorer, log: Log, header: str, understood: bool) -> None:
    create_app(Settings(), scorer=scorer).test_client().get("/v1/model", headers={"traceparent": header})
    [event] = log()
    assert (event["trace_id"], event["parent_id"]) == ((TRACE, PARENT) if understood else (None, None))
