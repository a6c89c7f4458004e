"""What an error looks like, and that each way of failing gives one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from model.scorer import Scorer
from service.app import create_app
from service.bodies import MAX_ERRORS
from service.problems import ALL_PROBLEM_TYPES, PROBLEM_TYPES
from service.schemas import MAX_SEGMENTS
from service.settings import Settings

JSON = "application/json"
SECRET = "Wisteria"  # stands for what a client sends, which no error may repeat


def check_problem(response: TestResponse, status: int, pointers: list[str] | None = None) -> None:
    """The canonical error."""
    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    problem = response.get_json(force=True)
    assert list(problem) == [
        "type",
        "title",
        "status",
        *(["detail"] if status != 500 else []),
        *(["errors"] if pointers else []),
    ]
    assert problem["type"] == f"/problems/{PROBLEM_TYPES[status].name}"
    assert problem["title"] == PROBLEM_TYPES[status].title
    assert problem["status"] == status
    if pointers:
        assert [error["pointer"] for error in problem["errors"]] == pointers
        assert all(list(error) == ["pointer", "detail"] and error["detail"] for error in problem["errors"])
    assert SECRET not in response.text


def segments(*parts: Any) -> dict[str, Any]:
    return {"segments": list(parts)}


def block(**members: Any) -> dict[str, Any]:
    return {"id": "a", "text": "Yes."} | members


INVALID: list[tuple[str, Any, list[str]]] = [
    ("no object", [SECRET], ["#"]),
    ("null", None, ["#"]),
    ("empty", {}, ["#"]),
    ("neither", {"id": "7"}, ["#"]),
    ("both", {"text": "Yes."} | segments(block()), ["#"]),
    ("both, one null", {"text": "Yes.", "segments": None}, ["#/segments", "#"]),
    ("text empty", {"text": ""}, ["#/text"]),
    ("text blank", {"text": " \n\t\u2003\r\n"}, ["#/text"]),
    ("text null", {"text": None}, ["#/text"]),
    ("text a number", {"text": 7}, ["#/text"]),
    ("text a list", {"text": [SECRET]}, ["#/text"]),
    ("text with half a pair", {"text": f"{SECRET} \ud83d"}, ["#/text"]),
    ("text with halves swapped", {"text": "\ude00\ud83d"}, ["#/text"]),
    ("segments null", {"segments": None}, ["#/segments"]),
    ("segments an object", {"segments": block()}, ["#/segments"]),
    ("segments empty", segments(), ["#/segments"]),
    ("too many segments", segments(*[block()] * (MAX_SEGMENTS + 1)), ["#/segments"]),
    ("segment a string", segments(SECRET), ["#/segments/0"]),
    ("segment without text", segments({"id": "a"}), ["#/segments/0/text"]),
    ("segment without id", segments({"text": SECRET}), ["#/segments/0/id"]),
    ("segment empty", segments(block(), block(id="b", text="")), ["#/segments/1/text"]),
    ("segment blank", segments(block(), block(id="b", text="\n ")), ["#/segments/1/text"]),
    ("segment mistyped", segments(block(), block(id="b", text=True)), ["#/segments/1/text"]),
    ("segment with half a pair", segments(block(text="\udc00")), ["#/segments/0/text"]),
    ("segment's id empty", segments(block(id="")), ["#/segments/0/id"]),
    ("segment's id mistyped", segments(block(id=1)), ["#/segments/0/id"]),
    ("segment's id null", segments(block(id=None)), ["#/segments/0/id"]),
    ("segment's id with half a pair", segments(block(id="\ud800")), ["#/segments/0/id"]),
    ("segment with an unknown member", segments(block(html="")), ["#/segments/0/html"]),
    ("ids repeated", segments(block(id=SECRET), block(id="b"), block(id=SECRET)), ["#/segments/2/id"]),
    ("id mistyped", {"text": "Yes.", "id": 7}, ["#/id"]),
    ("id with half a pair", {"text": "Yes.", "id": "\ud83d"}, ["#/id"]),
    ("offset_encoding unknown", {"text": "Yes.", "offset_encoding": SECRET}, ["#/offset_encoding"]),
    ("offset_encoding in capitals", {"text": "Yes.", "offset_encoding": "UTF-16"}, ["#/offset_encoding"]),
    ("offset_encoding null", {"text": "Yes.", "offset_encoding": None}, ["#/offset_encoding"]),
    ("offset_encoding with half a pair", {"text": "Yes.", "offset_encoding": "\ud83d"}, ["#/offset_encoding"]),
    ("explain a number", {"text": "Yes.", "explain": 1}, ["#/explain"]),
    ("explain a string", {"text": "Yes.", "explain": "true"}, ["#/explain"]),
    ("explain null", {"text": "Yes.", "explain": None}, ["#/explain"]),
    ("policy unknown", {"text": "Yes.", "policy": SECRET}, ["#/policy"]),
    ("policy null", {"text": "Yes.", "policy": None}, ["#/policy"]),
    ("policy mistyped", {"text": "Yes.", "policy": ["default"]}, ["#/policy"]),
    ("policy with half a pair", {"text": "Yes.", "policy": "\ud83d"}, ["#/policy"]),
    ("text and html", {"text": "Yes.", "html": "<p>Yes."}, ["#"]),
    ("html and segments", {"html": "<p>Yes."} | segments(block()), ["#"]),
    ("html empty", {"html": ""}, ["#/html"]),
    ("html without text", {"html": f"<script>{SECRET}</script>"}, ["#/html"]),
    ("html mistyped", {"html": [SECRET]}, ["#/html"]),
    ("html with half a pair", {"html": f"<p>{SECRET} \ud83d"}, ["#/html"]),
    ("unknown member named like a text", {"text": "Yes.", f"{SECRET} fell.": 1}, ["#"]),
    ("unknown member with half a pair", {"text": "Yes.", "\ud83d": 1}, ["#"]),
    ("huge number", {"text": 10**400}, ["#/text"]),
    ("many faults", {"text": "Yes."} | {f"m{i}": 1 for i in range(100)}, None),
]  # fmt: skip


@pytest.mark.parametrize(("body", "pointers"), [case[1:] for case in INVALID], ids=[case[0] for case in INVALID])
def test_invalid(client: FlaskClient, body: Any, pointers: list[str] | None) -> None:
    response = client.post("/v1/score", data=json.dumps(body), content_type=JSON)
    if pointers is None:
        pointers = [error["pointer"] for error in response.get_json(force=True)["errors"]]
        assert len(pointers) == MAX_ERRORS
    check_problem(response, 422, pointers)


MALFORMED = {
    "empty": b"",
    "blank": b" ",
    "cut short": b'{"text": "Wisteria',
    "trailing": b'{"text": "Yes."} Wisteria',
    "single quotes": b"{'text': 'Wisteria'}",
    "comma": b'{"text": "Wisteria",}',
    "control character": b'{"text": "Wisteria\n"}',
    "NaN": b'{"text": NaN}',
    "Infinity": b'{"text": -Infinity}',
    "member twice": b'{"text": "Wisteria", "text": "Yes."}',
    "member twice, nested": b'{"segments": [{"id": "Wisteria", "id": "b", "text": "Yes."}]}',
    "deep list": b"[" * 100_000,
    "deep object": b'{"a":' * 100_000,
    "UTF-16": '{"text": "Wisteria"}'.encode("utf-16"),
    "Latin-1": '{"text": "Wisteria café"}'.encode("latin-1"),
    "surrogate in UTF-8": b'{"text": "Wisteria \xed\xa0\xbd"}',
    "form": b"text=Wisteria",
}


@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED)
def test_malformed(client: FlaskClient, body: bytes) -> None:
    check_problem(client.post("/v1/score", data=body, content_type=JSON), 400)


@pytest.mark.parametrize("content_type", [None, "", "text/plain", "text/json", "multipart/form-data", "Wisteria"])
def test_media_type(client: FlaskClient, content_type: str | None) -> None:
    check_problem(client.post("/v1/score", data=b'{"text": "Yes."}', content_type=content_type), 415)


def test_compressed(client: FlaskClient) -> None:
    answer = client.post("/v1/score", data=b"\x1f\x8b", content_type=JSON, headers={"Content-Encoding": "gzip"})
    check_problem(answer, 415)


def test_too_large(scorer: Scorer) -> None:
    body = b'{"text": "Wisteria fell."}'
    for spare, status in ((0, 200), (-1, 413)):
        client = create_app(Settings(max_bytes=len(body) + spare), scorer=scorer).test_client()
        for length in (len(body), None):  # declared, or found out while reading
            environ = {"wsgi.input_terminated": True, "CONTENT_LENGTH": length and str(length)}
            response = client.post("/v1/score", data=body, content_type=JSON, environ_overrides=environ)
            if status == 200:
                assert response.status_code == 200
            else:
                check_problem(response, status)


@pytest.mark.parametrize(
    "path", ["/v1", "/v1/Wisteria", "/v1/score/", "/v2/score", "/problems/Wisteria", "/docs/%2e%2e/app.py"]
)
def test_not_found(client: FlaskClient, path: str) -> None:
    check_problem(client.get(path), 404)


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/v1/score", {"POST", "OPTIONS"}),
        ("PUT", "/v1/score", {"POST", "OPTIONS"}),
        ("DELETE", "/v1/model", {"GET", "HEAD", "OPTIONS"}),
        ("POST", "/livez", {"GET", "HEAD", "OPTIONS"}),
        ("WISTERIA", "/openapi.json", {"GET", "HEAD", "OPTIONS"}),
    ],
)
def test_method_not_allowed(client: FlaskClient, method: str, path: str, allowed: set[str]) -> None:
    response = client.open(path, method=method)
    check_problem(response, 405)
    assert set(response.headers["Allow"].split(", ")) == allowed


def test_internal(failing_client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    response = failing_client.post("/v1/score", json={"text": f"{SECRET} fell."})
    check_problem(response, 500)
    assert "ValueError in a request" in caplog.text
    assert SECRET not in caplog.text


def test_not_ready(unsound_client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(2):
        check_problem(unsound_client.get("/readyz"), 503)
        check_problem(unsound_client.post("/v1/score", json={"text": f"{SECRET} fell."}), 503)
    assert unsound_client.get("/livez").status_code == 200
    assert len(caplog.records) == 1
    assert "golden example 1" in caplog.text


@pytest.mark.parametrize("problem", [problem for _, problem in ALL_PROBLEM_TYPES], ids=lambda p: p.name)
def test_types_lead_to_their_explanation(client: FlaskClient, problem: Any) -> None:
    response = client.get(f"/problems/{problem.name}")
    page, _, anchor = response.headers["Location"].partition("#")
    assert f'id="{anchor}"' in client.get(page).text
