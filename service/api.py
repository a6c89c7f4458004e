"""The REST API and its OpenAPI document."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import flask_smorest
from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from service import v1
from service.problems import ALL_PROBLEM_TYPES, MEDIA_TYPE, PROBLEM_TYPES, ProblemSchema, problem_response
from service.schemas import INPUTS

DESCRIPTION = """\
onrecord reads a news article and tells, for every sentence, who stands behind it: a named person, an \
institution on the record, somebody unnamed, or nobody but the writer. Texts are neither stored nor logged."""


class Api(flask_smorest.Api):  # type: ignore[misc] # it ships no type hints
    """flask-smorest, answering and documenting errors as problem documents."""

    def handle_http_exception(self, error: HTTPException) -> Response:
        """Answer an error."""
        return problem_response(error)

    def _register_responses(self) -> None:
        for status in PROBLEM_TYPES:
            meanings = [problem.meaning for known, problem in ALL_PROBLEM_TYPES if known == status]
            self._register_problem(HTTPStatus(status).name, " Or: ".join(meanings))
        self._register_problem(self.DEFAULT_ERROR_RESPONSE_NAME, "Any other error.")

    def _register_problem(self, name: str, description: str) -> None:
        content = {MEDIA_TYPE: {"schema": ProblemSchema}}
        self.spec.components.response(name, {"description": description, "content": content}, lazy=True)


def init_app(app: Flask) -> None:
    """Add the API, and its document as ``app.extensions["openapi"]``."""
    api = Api(
        app,
        spec_kwargs={
            "title": "onrecord",
            "version": "1",
            "openapi_version": "3.1.0",
            "info": {"description": DESCRIPTION, "license": {"name": "MIT", "identifier": "MIT"}},
        },
    )
    api.register_blueprint(v1.blueprint)
    refusals = {
        str(status): api.spec.components.get_ref("response", HTTPStatus(status).name)
        for status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
    }
    document: dict[str, Any] = api.spec.to_dict()
    del document["components"]["schemas"]["PaginationMetadata"]  # flask-smorest's; nothing here is paged
    # what is checked in code, where apispec cannot see it
    schemas = document["components"]["schemas"]
    schemas["ScoreRequest"]["properties"]["policy"]["enum"] = list(app.extensions["policies"])
    schemas["ScoreRequest"]["oneOf"] = [{"required": [name]} for name in INPUTS]
    documents = schemas["BatchRequest"]["properties"]["documents"]
    documents["items"] = {"anyOf": [documents["items"], {"description": "What is no ScoreRequest gets a problem"}]}
    _document_access(document, refusals)
    app.extensions["openapi"] = document


def _document_access(document: dict[str, Any], refusals: dict[str, Any]) -> None:
    """Add what goes for every operation: the ways to give a key, which may not be needed, and the refusals."""
    document["components"]["securitySchemes"] = {
        "bearer": {"type": "http", "scheme": "bearer", "description": "An API key"},
        "key": {"type": "apiKey", "in": "header", "name": "X-API-Key", "description": "The same key"},
    }
    document["security"] = [{"bearer": []}, {"key": []}, {}]
    for path in document["paths"].values():
        for operation in path.values():
            operation["responses"] |= refusals
