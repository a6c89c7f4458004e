"""Many documents in one request, as JSON and as NDJSON."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from model.scorer import Scorer
from service.app import create_app
from service.bodies import JSON, NDJSON
from service.schemas import MAX_DOCUMENTS
from service.settings import Settings

GOOD = {"id": "a", "text": "“We were not told,” said Ana Ruiz, the mayor.", "explain": True}
GERMAN = "Der Minister sagte am Montag, die Regierung werde den Entwurf noch in dieser Woche vorlegen."

#: A document, the status and the problem that it gets alone, and the id that can be told.
BAD: list[tuple[Any, int, str, str | None]] = [
    ({"id": "b", "text": ""}, 422, "validation", "b"),
    ({"id": "b", "text": GERMAN}, 422, "language", "b"),
    ({"id": "b", "html": "<script>x</script>"}, 422, "validation", "b"),
    ({"id": "b", "text": "The mayor said so. " * 5001}, 413, "too-large", "b"),
    ({"id": 7, "text": "Yes."}, 422, "validation", None),
    ({"id": "\ud800", "text": "Yes."}, 422, "validation", None),
    ({"id": "b"}, 422, "validation", "b"),
    ({}, 422, "validation", None),
    (None, 422, "validation", None),
    ([GOOD], 422, "validation", None),
    ("Yes.", 422, "validation", None),
    (7, 422, "validation", None),
]


def batch(client: FlaskClient, documents: Any) -> list[dict[str, Any]]:
    response = client.post("/v1/score/batch", data=json.dumps({"documents": documents}), content_type=JSON)
    assert response.status_code == 200, response.text
    outcomes: list[dict[str, Any]] = response.get_json()["outcomes"]
    return outcomes


def stream(client: FlaskClient, body: bytes) -> list[dict[str, Any]]:
    response = client.post("/v1/score/batch", data=body, content_type=NDJSON)
    assert response.status_code == 200
    assert response.mimetype == NDJSON
    assert response.data.endswith(b"\n") or not response.data
    return [json.loads(line) for line in response.data.split(b"\n")[:-1]]


def lines(*documents: Any) -> bytes:
    return b"".join(json.dumps(document).encode() + b"\n" for document in documents)


def test_each_document_is_scored_as_if_alone(client: FlaskClient) -> None:
    documents = [GOOD, {"html": "<p>It rained.", "offset_encoding": "utf-8"}, {"text": "Officials disagree."}]
    alone = [client.post("/v1/score", json=document).get_json() for document in documents]
    expected = [{"index": i, "id": answer["id"], "status": 200, "answer": answer} for i, answer in enumerate(alone)]
    assert batch(client, documents) == expected
    assert stream(client, lines(*documents)) == expected


@pytest.mark.parametrize(("bad", "status", "kind", "name"), BAD)
def test_a_bad_document_spoils_no_other(
    client: FlaskClient, bad: Any, status: int, kind: str, name: str | None
) -> None:
    for outcomes in (batch(client, [GOOD, bad, GOOD]), stream(client, lines(GOOD, bad, GOOD))):
        assert [outcome["status"] for outcome in outcomes] == [200, status, 200]
        assert [outcome["index"] for outcome in outcomes] == [0, 1, 2]
        assert list(outcomes[1]) == ["index", "id", "status", "problem"]
        assert outcomes[1]["id"] == name
        alone = client.post("/v1/score", data=json.dumps(bad), content_type=JSON)
        assert outcomes[1]["problem"] == alone.get_json(force=True)
        assert outcomes[1]["problem"]["type"] == f"/problems/{kind}"


def test_a_failure_spoils_no_other(scorer: Scorer, caplog: pytest.LogCaptureFixture) -> None:
    class FailingScorer:
        manifest = scorer.manifest
        check_golden = scorer.check_golden

        def score(self, text: str, *, explain: bool) -> Any:
            if "Wisteria" in text:
                raise ValueError(text)
            return scorer.score(text, explain=explain)

    client = create_app(Settings(), scorer=FailingScorer()).test_client()
    documents = [GOOD, {"text": "Wisteria fell."}, GOOD]
    for outcomes in (batch(client, documents), stream(client, lines(*documents))):
        assert [outcome["status"] for outcome in outcomes] == [200, 500, 200]
        assert outcomes[1]["problem"]["type"] == "/problems/internal"
    assert caplog.text.count("ValueError in a request") == 2
    assert "Wisteria" not in caplog.text


def test_a_model_that_is_not_ready_fails_all(unsound_client: FlaskClient) -> None:
    for body, content_type in ((json.dumps({"documents": [GOOD]}), JSON), (lines(GOOD), NDJSON)):
        response = unsound_client.post("/v1/score/batch", data=body, content_type=content_type)
        assert response.status_code == 503
        assert response.get_json(force=True)["type"] == "/problems/not-ready"


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({}, ["#/documents"]),
        ([], ["#"]),
        ({"documents": []}, ["#/documents"]),
        ({"documents": {"0": GOOD}}, ["#/documents"]),
        ({"documents": None}, ["#/documents"]),
        ({"documents": [GOOD], "text": "Yes."}, ["#/text"]),
        ({"documents": [GOOD] * (MAX_DOCUMENTS + 1)}, ["#/documents"]),
    ],
)
def test_no_batch(client: FlaskClient, body: Any, pointers: list[str]) -> None:
    response = client.post("/v1/score/batch", json=body)
    assert response.status_code == 422
    assert [error["pointer"] for error in response.get_json(force=True)["errors"]] == pointers


def test_the_largest_batch(client: FlaskClient) -> None:
    outcomes = batch(client, [{"text": "It rained."}] * MAX_DOCUMENTS)
    assert [outcome["index"] for outcome in outcomes] == list(range(MAX_DOCUMENTS))


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (b'{"text": "Wisteria', 400),
        (b"Wisteria", 400),
        (b'{"text": "Wisteria", "text": "Yes."}', 400),
        (b"[" * 100_000, 400),
        (b"\xff", 400),
        (b'{"text": "' + b"Wisteria " * 200 + b'"}', 413),
    ],
)
def test_lines_that_cannot_be_read(scorer: Scorer, line: bytes, status: int) -> None:
    client = create_app(Settings(max_bytes=1_000 if status == 413 else 1 << 20), scorer=scorer).test_client()
    outcomes = stream(client, lines(GOOD) + line + b"\n" + lines(GOOD) + line)
    assert [outcome["status"] for outcome in outcomes] == [200, status, 200, status]
    assert [outcome["id"] for outcome in outcomes] == ["a", None, "a", None]
    assert "Wisteria" not in json.dumps(outcomes)


@pytest.mark.parametrize("spare", [0, -1])
def test_the_longest_line(scorer: Scorer, spare: int) -> None:
    body = lines(GOOD)
    client = create_app(Settings(max_bytes=len(body) + spare), scorer=scorer).test_client()
    assert [outcome["status"] for outcome in stream(client, body * 3)] == [200 if spare == 0 else 413] * 3


def test_what_is_not_limited_in_all(scorer: Scorer) -> None:
    client = create_app(Settings(max_bytes=500), scorer=scorer).test_client()
    assert len(stream(client, lines({"text": "It rained."}) * 300)) == 300


def test_blank_lines_and_ends_of_lines(client: FlaskClient) -> None:
    body = b"\n \r\n" + json.dumps(GOOD).encode() + b"\r\n\n\t\n" + json.dumps(GOOD).encode()
    assert [(o["index"], o["status"]) for o in stream(client, body)] == [(0, 200), (1, 200)]
    assert stream(client, b"") == []
    assert stream(client, b"\n\n") == []


def test_answers_come_line_by_line(scorer: Scorer) -> None:
    scored = []

    class CountingScorer:
        manifest = scorer.manifest
        check_golden = scorer.check_golden

        def score(self, text: str, *, explain: bool) -> Any:
            scored.append(text)
            return scorer.score(text, explain=explain)

    client = create_app(Settings(), scorer=CountingScorer()).test_client()
    response = client.post("/v1/score/batch", data=lines(GOOD) * 5, content_type=NDJSON, buffered=False)
    answers = response.iter_encoded()
    for count in range(1, 6):
        assert json.loads(next(answers))["index"] == count - 1
        assert len(scored) == count
    response.close()


def test_compressed(client: FlaskClient) -> None:
    headers = {"Content-Encoding": "gzip"}
    response = client.post("/v1/score/batch", data=lines(GOOD), content_type=NDJSON, headers=headers)
    assert response.status_code == 415


@settings(deadline=None)
@given(
    st.lists(st.binary(max_size=20) | st.sampled_from([*lines(GOOD, {"text": "It rained."}).split(b"\n")]), max_size=5)
)
def test_whatever_comes(client: FlaskClient, parts: list[bytes]) -> None:
    body = b"\n".join(parts)
    outcomes = stream(client, body)
    assert [outcome["index"] for outcome in outcomes] == list(
        range(sum(bool(part.strip()) for part in body.split(b"\n")))
    )
    assert {outcome["status"] for outcome in outcomes} <= {200, 400, 422}


anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "text", "html", "x"]), inner),
    max_leaves=6,
)


@settings(deadline=None)
@given(st.lists(anything, min_size=1, max_size=4))
def test_any_documents(client: FlaskClient, documents: list[Any]) -> None:
    body = json.dumps({"documents": documents})
    response = client.post("/v1/score/batch", data=body, content_type=JSON)
    if "NaN" in body or "Infinity" in body:
        assert response.status_code == 400
    else:
        assert [outcome["index"] for outcome in response.get_json()["outcomes"]] == list(range(len(documents)))
