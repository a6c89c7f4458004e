"""Whatever is sent, the service does not fail."""

from __future__ import annotations

import json
from typing import Any

from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

VALID = [
    {"text": "“No,” said Zoë 😀. Officials disagree.", "id": "7", "offset_encoding": "utf-8", "explain": True},
    {"segments": [{"id": "a", "text": "Officials said so."}, {"id": "b", "text": "He denied it."}], "id": None},
    {"html": "<p>“No,” said <b>Zoë</b> 😀.</p><ul><li>Officials disagree.</ul>", "explain": True},
]

anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(codec=None, categories=None), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=10,
)
members = st.sampled_from(["text", "segments", "id", "offset_encoding", "explain", "html"])
segment = st.dictionaries(st.sampled_from(["id", "text", "html"]), st.text(max_size=5) | anything, max_size=3)
requests = st.dictionaries(members, st.text(max_size=20) | st.booleans() | st.lists(segment, max_size=3) | anything)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A valid body with some bytes replaced, taken out or put in."""
    body = bytearray(json.dumps(draw(st.sampled_from(VALID)), ensure_ascii=draw(st.booleans())).encode())
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(body)))
        body[start : start + draw(st.integers(0, 4))] = draw(st.binary(max_size=4))
    return bytes(body)


def check(client: FlaskClient, body: bytes) -> Any:
    response = client.post("/v1/score", data=body, content_type="application/json")
    if response.status_code == 200:
        assert response.content_type == "application/json"
    else:
        assert response.status_code in {400, 422}
        assert response.content_type == "application/problem+json"
    answer = json.loads(response.data)
    response.data.decode()  # strictly UTF-8
    return answer


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_bytes(client: FlaskClient, body: bytes) -> None:
    check(client, body)


@settings(deadline=None, max_examples=200)
@given(mutated())
def test_mutated_requests(client: FlaskClient, body: bytes) -> None:
    check(client, body)


@settings(deadline=None, max_examples=200)
@given(requests | anything)
def test_json(client: FlaskClient, request_json: Any) -> None:
    answer = check(client, json.dumps(request_json).encode())
    for error in answer.get("errors", []):
        part = request_json
        for step in error["pointer"].removeprefix("#").split("/")[1:]:
            part = part[int(step)] if isinstance(part, list) else part.get(step)  # a missing member is the end


@settings(deadline=None)
@given(st.text('[]{}:,"\\ud8a0 \n', max_size=40))
def test_nearly_json(client: FlaskClient, body: str) -> None:
    check(client, body.encode())
