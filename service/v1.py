"""The endpoints of version 1."""
# mypy: disable-error-code="untyped-decorator"

from __future__ import annotations

from http import HTTPStatus
from itertools import chain, islice
from typing import Any, Final

from flask import Response, current_app, json, jsonify, request, stream_with_context

from service.answers import answer, outcomes
from service.bodies import JSON, NDJSON, Blueprint, read_ndjson
from service.policies import served_policies
from service.schemas import (
    BatchRequestSchema,
    BatchSchema,
    ModelSchema,
    OutcomeSchema,
    PoliciesSchema,
    ScoreRequestSchema,
    ScoreSchema,
    describe_policies,
)
from service.served import served_model

blueprint = Blueprint("v1", __name__, url_prefix="/v1", description="Version 1")

EXAMPLES: Final[dict[str, Any]] = {
    "text": {
        "summary": "A text",
        "value": {
            "text": "“We were not told,” said Ana Ruiz, the mayor. US officials have accused both sides.",
            "explain": True,
        },
    },
    "segments": {
        "summary": "The blocks of a CMS",
        "value": {
            "id": "post-1207",
            "segments": [
                {"id": "block-1", "text": "The plant closed in May."},
                {"id": "block-2", "text": "“We were not told,” said Ana Ruiz, the mayor."},
            ],
        },
    },
    "html": {
        "summary": "The HTML of a CMS",
        "value": {
            "html": "<h2>Plant closed</h2><p>“We were not told,” said <b>Ana Ruiz</b>, the mayor.</p>",
            "explain": True,
        },
    },
}
BATCH_EXAMPLES: Final = {
    "two": {
        "summary": "Two articles, one of them bad",
        "value": {
            "documents": [
                {"id": "post-1207", "text": "“We were not told,” said Ana Ruiz, the mayor."},
                {"id": "post-1208", "text": ""},
            ]
        },
    }
}


@blueprint.route("/score", methods=["POST"])
@blueprint.doc(operationId="score")
@blueprint.arguments(ScoreRequestSchema, examples=EXAMPLES)
@blueprint.response(200, ScoreSchema, description="The scored article")
@blueprint.alt_response(400, HTTPStatus(400).name)
@blueprint.alt_response(413, HTTPStatus(413).name)
@blueprint.alt_response(415, HTTPStatus(415).name)
def score(article: dict[str, Any]) -> Response:
    """Score an article.

    Tells who stands behind each sentence: a named person, an institution on the record, somebody
    unnamed, or nobody but the writer; and what an editor should look at, by a policy.
    """
    return jsonify(answer(article))


@blueprint.route("/score/batch", methods=["POST"])
@blueprint.doc(
    operationId="scoreBatch",
    requestBody={
        "required": True,
        "content": {
            JSON: {"schema": BatchRequestSchema, "examples": BATCH_EXAMPLES},
            NDJSON: {"schema": ScoreRequestSchema},
        },
    },
    responses={
        "200": {
            "description": "What became of each document",
            "content": {JSON: {"schema": BatchSchema}, NDJSON: {"schema": OutcomeSchema}},
        }
    },
)
@blueprint.alt_response(400, HTTPStatus(400).name)
@blueprint.alt_response(413, HTTPStatus(413).name)
@blueprint.alt_response(415, HTTPStatus(415).name)
@blueprint.alt_response(422, HTTPStatus(422).name)
def score_batch() -> Response:
    """Score many articles.

    As JSON up to 100 of them; as NDJSON, a document to a line, any number: each is answered by a line as soon
    as it is scored, so read the answer while you send.
    """
    if request.mimetype == NDJSON:
        lines = map(_line, outcomes(read_ndjson(request, current_app.config["MAX_CONTENT_LENGTH"] - 1)))
        first = list(islice(lines, 1))  # what goes for all documents is found out before the answer starts
        return Response(stream_with_context(chain(first, lines)), mimetype=NDJSON)
    batch = Blueprint.ARGUMENTS_PARSER.parse(BatchRequestSchema(), request, location="json")
    return jsonify({"outcomes": list(outcomes(batch["documents"]))})


def _line(outcome: dict[str, Any]) -> str:
    return f"{json.dumps(outcome)}\n"


@blueprint.route("/model")
@blueprint.doc(operationId="getModel")
@blueprint.response(200, ModelSchema, description="The model")
def model() -> Response:
    """Describe the model.

    Its identity, which every score carries, and how it was made.
    """
    manifest = served_model().manifest
    facts = {name: getattr(manifest, name) for name in ("corpus", "settings", "metrics", "libraries")}
    return jsonify(manifest.identity() | facts)


@blueprint.route("/policies")
@blueprint.doc(operationId="getPolicies")
@blueprint.response(200, PoliciesSchema, description="The policies and the flags")
def policies() -> Response:
    """List the policies and the flags.

    Every policy by which an article may be judged, and every flag with the standard behind it.
    """
    return jsonify(describe_policies(served_policies().values()))
