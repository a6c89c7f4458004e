"""The OpenAPI document is valid, and true."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from model.scorer import Scorer
from service.app import create_app
from service.settings import Settings


@pytest.fixture(scope="session")
def document(client: FlaskClient) -> dict[str, Any]:
    document: dict[str, Any] = client.get("/openapi.json").get_json()
    return document


def validator(document: dict[str, Any], name: str, *, closed: bool = False) -> Draft202012Validator:
    """Checks against a schema of the document, ``closed`` to members that it does not describe."""
    components = copy.deepcopy(document["components"])
    if closed:
        for schema in components["schemas"].values():
            schema["additionalProperties"] = False
    return Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": components})


def test_document(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    validate(document)
    operations = [operation for methods in document["paths"].values() for operation in methods.values()]
    assert all(operation["summary"] and operation["description"] for operation in operations)
    assert set(document["paths"]) == {"/v1/score", "/v1/score/batch", "/v1/model", "/v1/policies"}
    for path in ("/v1/score", "/v1/score/batch"):
        responses = document["paths"][path]["post"]["responses"]
        assert set(responses) == {"200", "400", "401", "413", "415", "422", "429", "503", "default"}


def test_errors_are_documented_as_problems(document: dict[str, Any]) -> None:
    for response in document["components"]["responses"].values():
        assert response["content"] == {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}


def test_document_is_the_same_for_every_application(document: dict[str, Any], scorer: Scorer) -> None:
    assert create_app(Settings(), scorer=scorer).test_client().get("/openapi.json").get_json() == document


@pytest.mark.parametrize(("path", "name"), [("/v1/score", "ScoreRequest"), ("/v1/score/batch", "BatchRequest")])
def test_examples(client: FlaskClient, document: dict[str, Any], path: str, name: str) -> None:
    content = document["paths"][path]["post"]["requestBody"]["content"]
    assert content["application/json"]["examples"]
    for example in content["application/json"]["examples"].values():
        validator(document, name).validate(example["value"])
        assert client.post(path, json=example["value"]).status_code == 200


@pytest.mark.parametrize("explain", [False, True])
@pytest.mark.parametrize(
    "article",
    [
        {"text": "“We were not told,” said Ana Ruiz, the mayor. US officials disagree. The plant closed. It was old."},
        {"segments": [{"id": "a", "text": "Police said so."}, {"id": "b", "text": "Follow us on Twitter"}], "id": "7"},
        {"html": "<p>Police said so.<p>“No,” said Ana Ruiz."},
        {"text": "?"},
        {"text": "Sign up for our newsletter"},
        {"text": "A senior official said that two soldiers had been killed.", "policy": "default"},
    ],
)
def test_scores(client: FlaskClient, document: dict[str, Any], article: dict[str, Any], explain: bool) -> None:
    answer = client.post("/v1/score", json=article | {"explain": explain}).get_json()
    validator(document, "Score", closed=True).validate(answer)


def test_batches(client: FlaskClient, document: dict[str, Any]) -> None:
    documents = [{"text": "Police said so."}, {"html": "<p>It rained.", "id": "7"}, {"text": ""}, 7]
    answer = client.post("/v1/score/batch", json={"documents": documents}).get_json()
    validator(document, "Batch", closed=True).validate(answer)
    body = b"\n".join(json.dumps(each).encode() for each in documents)
    answers = client.post("/v1/score/batch", data=body, content_type="application/x-ndjson").data.splitlines()
    assert [json.loads(line) for line in answers] == answer["outcomes"]


def test_model(client: FlaskClient, document: dict[str, Any]) -> None:
    validator(document, "Model", closed=True).validate(client.get("/v1/model").get_json())


def test_policies(client: FlaskClient, document: dict[str, Any]) -> None:
    validator(document, "Policies", closed=True).validate(client.get("/v1/policies").get_json())


@pytest.mark.parametrize("data", [b"", b"{}", b'{"text": ""}'])
def test_problems(client: FlaskClient, document: dict[str, Any], data: bytes) -> None:
    problem = client.post("/v1/score", data=data, content_type="application/json").get_json(force=True)
    validator(document, "Problem", closed=True).validate(problem)


scalars = st.none() | st.booleans() | st.integers() | st.text(max_size=3) | st.sampled_from(["utf-16", "utf-8"])
segments = st.lists(st.dictionaries(st.sampled_from(["id", "text", "html"]), scalars, max_size=3) | scalars, max_size=2)
members = st.sampled_from(["text", "segments", "id", "offset_encoding", "policy", "explain", "html"])


@settings(deadline=None, max_examples=300)
@given(request_json=st.dictionaries(members, scalars | segments, max_size=4) | scalars | segments)
def test_what_the_document_forbids_is_refused(client: FlaskClient, document: dict[str, Any], request_json: Any) -> None:
    if not validator(document, "ScoreRequest").is_valid(request_json):
        data = json.dumps(request_json)
        assert client.post("/v1/score", data=data, content_type="application/json").status_code == 422
    batch = {"documents": [request_json]}
    assert validator(document, "BatchRequest").is_valid(batch)
    answer = client.post("/v1/score/batch", json=batch).get_json()
    validator(document, "Batch").validate(answer)
