"""What a request is called, here and in the systems before this one."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from time import perf_counter
from typing import Final

from flask import Flask, Response, g, request

#: Ids that a caller may choose: UUIDs and the like, in which no text can hide.
_REQUEST_ID: Final = re.compile(r"[0-9A-Fa-f-]{8,64}")
#: W3C Trace Context: a version, the trace, the span that calls, flags; later versions may add more.
_TRACEPARENT: Final = re.compile(
    r"(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}(-.*)?"
)


@dataclass(frozen=True, slots=True)
class Trace:
    """A request on its way.

    Attributes
    ----------
    request_id : str
        The caller's ``X-Request-ID``, or one made here.
    trace_id, parent_id : str or None
        From the caller's ``traceparent``.
    started : float
        When it came, by `time.perf_counter`.
    """

    request_id: str
    trace_id: str | None
    parent_id: str | None
    started: float

    def milliseconds(self) -> float:
        """Time since the request came."""
        return 1000 * (perf_counter() - self.started)


def read_traceparent(header: str) -> tuple[str, str] | None:
    """Trace and parent of a ``traceparent`` header (W3C Trace Context), or None if it makes no sense."""
    match = _TRACEPARENT.fullmatch(header)
    if match is None or (match[1] == "00" and match[4]):
        return None
    return match[2], match[3]


def init_app(app: Flask) -> None:
    """Note each request's `Trace` in ``g.trace``, and answer with its id."""

    @app.before_request
    def start() -> None:
        given = request.headers.get("X-Request-ID", "")
        request_id = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
        trace_id, parent_id = read_traceparent(request.headers.get("traceparent", "")) or (None, None)
        g.trace = Trace(request_id, trace_id, parent_id, perf_counter())

    @app.after_request
    def name(response: Response) -> Response:
        response.headers["X-Request-ID"] = g.trace.request_id
        return response
