"""Errors as RFC 9457 problem documents, none of which repeats what the client sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, Final

from flask import Response, json
from marshmallow import Schema, fields
from werkzeug.exceptions import HTTPException

MEDIA_TYPE: Final = "application/problem+json"


@dataclass(frozen=True, slots=True)
class ProblemType:
    """A kind of error: the name in its ``type``, its title, and what it means."""

    name: str
    title: str
    meaning: str


PROBLEM_TYPES: Final[Mapping[int, ProblemType]] = {
    400: ProblemType("malformed", "Malformed request", "The body is not JSON in UTF-8, or names a member twice."),
    401: ProblemType("unauthorized", "No valid key", "The service asks for an API key, and got none that it knows."),
    404: ProblemType("not-found", "Not found", "There is nothing at this address."),
    405: ProblemType("method-not-allowed", "Method not allowed", "The address takes only what the Allow header lists."),
    413: ProblemType("too-large", "Request too large", "The body or the article is larger than the service reads."),
    415: ProblemType("media-type", "Unsupported media type", "The body is of a type not taken here, or is compressed."),
    422: ProblemType("validation", "Invalid request", "The JSON is no valid request; errors says what is wrong where."),
    429: ProblemType("too-many-requests", "Too many requests", "The key or the address has used up its requests."),
    500: ProblemType("internal", "Internal error", "The service failed; the request may be right."),
    503: ProblemType("not-ready", "Not ready", "The model does not give the scores that it was released with."),
}  # fmt: skip

LANGUAGE: Final = ProblemType("language", "Not in English", "The text is in another language than English.")
OVERLOADED: Final = ProblemType("overloaded", "Too much at once", "More is asked than can be scored: see Retry-After.")
#: Every kind with its status; some statuses have two.
ALL_PROBLEM_TYPES: Final[Sequence[tuple[int, ProblemType]]] = (
    *PROBLEM_TYPES.items(),
    (422, LANGUAGE),
    (503, OVERLOADED),
)


class Problem(HTTPException):
    """An error to answer with.

    Parameters
    ----------
    status : int
        One of `PROBLEM_TYPES`.
    detail : str, optional
        What went wrong this time; the meaning of the problem type by default.
    errors : sequence of dict, optional
        ``pointer``, a JSON pointer into the request as a URI fragment, and ``detail`` of each fault.
    headers : mapping of str to str, optional
        Headers that the answer needs.
    kind : ProblemType, optional
        The one that `PROBLEM_TYPES` has for the status by default.
    """

    def __init__(
        self,
        status: int,
        detail: str | None = None,
        errors: Sequence[dict[str, str]] = (),
        *,
        headers: Mapping[str, str] = MappingProxyType({}),
        kind: ProblemType | None = None,
    ) -> None:
        super().__init__(detail)
        self.code = status
        self.errors = errors
        self.headers = headers
        self.kind = kind or PROBLEM_TYPES[status]


def problem_document(error: HTTPException) -> dict[str, Any]:
    """The problem document of an error, raised here or by the framework, whose own descriptions may hold input."""
    status = error.code or 500
    ours = error if isinstance(error, Problem) else None
    known = ours.kind if ours else PROBLEM_TYPES.get(status)
    problem: dict[str, Any] = {
        "type": f"/problems/{known.name}" if known else "about:blank",
        "title": known.title if known else error.name,
        "status": status,
    }
    if ours and ours.description:
        problem["detail"] = ours.description
    elif known and status != HTTPStatus.INTERNAL_SERVER_ERROR:
        problem["detail"] = known.meaning
    if ours and ours.errors:
        problem["errors"] = ours.errors
    return problem


def problem_response(error: HTTPException) -> Response:
    """The answer to an error."""
    headers = [(name, value) for name, value in error.get_headers() if name != "Content-Type"]
    headers += error.headers.items() if isinstance(error, Problem) else ()
    return Response(json.dumps(problem_document(error)), error.code or 500, headers, content_type=MEDIA_TYPE)


class ErrorSchema(Schema):
    """One fault of a request."""

    pointer = fields.String(
        required=True, metadata={"description": "JSON pointer to the faulty part", "examples": ["#/segments/1/text"]}
    )
    detail = fields.String(required=True, metadata={"description": "What is wrong with it"})


class ProblemSchema(Schema):
    """An error (RFC 9457)."""

    type = fields.String(
        required=True,
        metadata={"format": "uri-reference", "description": "Kind of problem", "examples": ["/problems/validation"]},
    )
    title = fields.String(required=True, metadata={"description": "The kind of problem in words"})
    status = fields.Integer(required=True, metadata={"description": "HTTP status"})
    detail = fields.String(metadata={"description": "What went wrong this time"})
    errors = fields.List(
        fields.Nested(ErrorSchema), metadata={"description": "With a validation problem: the first faults found"}
    )
