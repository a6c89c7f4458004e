"""Scoring what was asked for: one article, or many of which a bad one spoils none of the others."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Any, Final

from flask import current_app
from marshmallow import ValidationError
from werkzeug.exceptions import HTTPException

from model.policy import judge
from model.wire import judgement_to_wire, to_wire
from service.articles import read_article
from service.bodies import invalid
from service.limits import spend
from service.problems import Problem, problem_document
from service.schemas import ScoreRequestSchema, encodable
from service.served import served_model

_REQUEST: Final = ScoreRequestSchema()


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """Answer a valid request.

    Raises
    ------
    Problem
        If the article cannot be scored.
    """
    article = read_article(request)
    model = served_model()
    document = model.score(article.text, explain=request["explain"])
    wire = to_wire(
        document,
        offset_encoding=request["offset_encoding"],
        explain=request["explain"],
        segments=article.segments,
    )
    text = {"text": article.text} if article.extracted else {}
    judgement = judgement_to_wire(judge(document, request["policy"]))
    return {"id": request["id"], "model": model.manifest.identity(), **text, **wire, **judgement}


def outcomes(documents: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """Answer documents one by one, whatever is wrong with them.

    Parameters
    ----------
    documents : iterable
        Requests that nobody has checked, or a `Problem` for one that could not be read.

    Yields
    ------
    dict
        An outcome, JSON-ready.

    Raises
    ------
    Problem
        Of status 503, which goes for all of them.
    """
    for index, document in enumerate(documents):
        outcome: dict[str, Any] = {"index": index, "id": _id(document)}
        try:
            if index:  # the first was counted as the request
                spend()
            outcome |= {"status": 200, "answer": _answer_unchecked(document)}
        except Problem as problem:
            if problem.code == 503:
                raise
            outcome |= {"status": problem.code, "problem": problem_document(problem)}
        yield outcome


def _answer_unchecked(document: Any) -> dict[str, Any]:
    if isinstance(document, Problem):
        raise document
    try:
        return answer(_REQUEST.load(document))
    except ValidationError as error:
        raise invalid(error.messages) from None
    except HTTPException:
        raise
    except Exception:  # noqa: BLE001 # whatever it is, the other documents go on
        current_app.log_exception(sys.exc_info())
        raise Problem(500) from None


def _id(document: Any) -> str | None:
    """The id of a document, if it has one that can be sent back."""
    given = document.get("id") if isinstance(document, dict) else None
    if not isinstance(given, str):
        return None
    try:
        encodable(given)
    except ValidationError:
        return None
    return given
