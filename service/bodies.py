"""Request bodies: strict JSON, checked against a schema."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import IO, Any, Final, NoReturn

import flask_smorest
from flask import Request
from marshmallow import Schema, ValidationError
from marshmallow.exceptions import SCHEMA
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import HTTPException

from service.problems import Problem

JSON: Final = "application/json"
NDJSON: Final = "application/x-ndjson"
#: At most so many faults are reported: a body can have more than anyone would read.
MAX_ERRORS: Final = 20

#: Names that a pointer may repeat: what else a client put for a member's name may be a text.
_NAME = re.compile(r"\w{1,40}", re.ASCII)


def read_json(request: Request) -> Any:
    """Read the body of a request as JSON.

    Raises
    ------
    Problem
        Of status 400, 413 or 415.
    """
    if request.mimetype != JSON:
        raise Problem(415)
    _require_identity(request)
    try:
        body = request.get_data(cache=False)
    except HTTPException:
        raise
    except Exception as error:  # each server has its own for chunks that make no sense
        raise Problem(400, "The body cannot be read.") from error
    if len(body) == request.max_content_length:
        raise Problem(413)
    return _parse(body)


def read_ndjson(request: Request, max_bytes: int) -> Iterator[Any]:
    """Read the body of a request as lines of JSON, each when it is asked for.

    Parameters
    ----------
    request : Request
    max_bytes : int
        Size of the longest line, its end included.

    Yields
    ------
    object
        What a line holds, or a `Problem` where it cannot be read. Blank lines are passed over.

    Raises
    ------
    Problem
        Of status 415.
    """
    _require_identity(request)
    # The raw stream, since the request's own has no lines and a limit meant for a single document.
    lines = _lines(request.input_stream, max_bytes + 1)
    while True:
        try:
            line = next(lines, None)
        except Exception:  # noqa: BLE001 # each server has its own for chunks that make no sense
            yield Problem(400, "The body cannot be read.")
            return
        if line is None:
            return
        if len(line) > max_bytes:
            yield Problem(413, "The line is longer than the service reads.")
        elif line.strip():
            try:
                document = _parse(line)
            except Problem as problem:
                document = problem
            yield document


def _lines(stream: IO[bytes], longest: int) -> Iterator[bytes]:
    """The lines of a stream; of one that is longer, the start."""
    while line := stream.readline(longest):
        yield line
        while len(line) == longest and not line.endswith(b"\n"):
            line = stream.readline(longest)


def _require_identity(request: Request) -> None:
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise Problem(415, "Send the body without a Content-Encoding.")


def _parse(body: bytes) -> Any:
    """JSON; numbers come as floats, since no member of a request is a number, and Python balks at huge integers."""
    try:
        return json.loads(
            body.decode("utf-8-sig"), object_pairs_hook=_members, parse_constant=_no_constant, parse_int=float
        )
    except UnicodeDecodeError as error:
        raise Problem(400, f"The body is not UTF-8 (byte {error.start}).") from None
    except json.JSONDecodeError as error:
        raise Problem(400, f"The body is not JSON (line {error.lineno}, column {error.colno}).") from None
    except RecursionError:
        raise Problem(400, "The JSON is nested too deeply.") from None


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise Problem(400, "The JSON has an object that names a member twice.")
    return members


def _no_constant(_: str) -> NoReturn:
    raise Problem(400, "The body is not JSON: it has no NaN and no Infinity.")


def invalid(messages: Any) -> Problem:
    """The problem of a body in which a schema found faults, from marshmallow's messages."""
    return Problem(422, errors=list(islice(_faults(messages), MAX_ERRORS)))


def _faults(messages: Any, pointer: str = "#") -> Iterator[dict[str, str]]:
    """Flatten marshmallow's nested messages."""
    if not isinstance(messages, dict):
        yield from ({"pointer": pointer, "detail": message} for message in messages)
        return
    for key, value in messages.items():
        if key == SCHEMA or not _NAME.fullmatch(str(key)):
            yield from _faults(value, pointer)
        else:
            yield from _faults(value, f"{pointer}/{key}")


class BodyParser(FlaskParser):
    """webargs with our reading of JSON and our errors."""

    def load_json(self, req: Request, schema: Schema) -> Any:
        """Read the body."""
        return read_json(req)

    def handle_error(self, error: ValidationError, *_: Any, **__: Any) -> NoReturn:
        """Turn the faults that the schema found into a problem."""
        raise invalid(error.messages_dict["json"])


class Blueprint(flask_smorest.Blueprint):  # type: ignore[misc] # it ships no type hints
    """A blueprint whose arguments are read by `BodyParser`."""

    ARGUMENTS_PARSER = BodyParser()
