"""The endpoints of version 1."""
# mypy: disable-error-code="untyped-decorator"

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from flask import Response, jsonify

from model.policy import judge
from model.wire import join_segments, judgement_to_wire, to_wire
from service.bodies import Blueprint
from service.policies import served_policies
from service.schemas import ModelSchema, PoliciesSchema, ScoreRequestSchema, ScoreSchema, describe_policies
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
}


@blueprint.route("/score", methods=["POST"])
@blueprint.doc(operationId="score")
@blueprint.arguments(ScoreRequestSchema, examples=EXAMPLES)
@blueprint.response(200, ScoreSchema, description="The scored article")
@blueprint.alt_response(400, HTTPStatus(400).name)
@blueprint.alt_response(413, HTTPStatus(413).name)
@blueprint.alt_response(415, HTTPStatus(415).name)
@blueprint.alt_response(503, HTTPStatus(503).name)
def score(article: dict[str, Any]) -> Response:
    """Score an article.

    Tells who stands behind each sentence: a named person, an institution on the record, somebody
    unnamed, or nobody but the writer; and what an editor should look at, by a policy.
    """
    model = served_model()
    segments = article.get("segments")
    text = join_segments(segments) if segments else article["text"]
    document = model.score(text, explain=article["explain"])
    wire = to_wire(document, offset_encoding=article["offset_encoding"], explain=article["explain"], segments=segments)
    judgement = judgement_to_wire(judge(document, article["policy"]))
    return jsonify({"id": article["id"], "model": model.manifest.identity(), **wire, **judgement})


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
