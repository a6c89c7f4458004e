"""Too much at once: scoring is refused at once rather than late, while probes and pages are still answered."""

from __future__ import annotations

import json
import re
from threading import local
from typing import Final

from flask import Flask, request

from service import metrics
from service.authentication import PROTECTED
from service.headers import HEADERS
from service.problems import MEDIA_TYPE, OVERLOADED, Problem, problem_document

#: Seconds after which to ask again: a full queue is worked off in about as long.
RETRY_AFTER: Final = 1

_thread = local()

#: Requests that can be refused without a look at more than their headers: neither from a web page of another origin,
#: which needs to be told more, nor over a connection that ends with them.
_ASKS_TO_SCORE: Final = re.compile(rb"POST %b[!-~]* HTTP/1\.1\r\n" % PROTECTED.encode())
_NEEDS_MORE: Final = re.compile(rb"\r\n(?:origin:|connection:[^\r\n]*close)", re.IGNORECASE)


def refusal(head: bytes) -> bytes | None:
    """The whole answer to a request with these headers, which costs next to nothing; None if it needs a real one."""
    if not _ASKS_TO_SCORE.match(head) or _NEEDS_MORE.search(head):
        return None
    metrics.OVERLOAD.inc()
    return _REFUSAL


def refuse_in_this_thread() -> None:
    """Refuse what this thread is asked to score from now on."""
    _thread.refuses = True


def init_app(app: Flask) -> None:
    """Answer with 503 in threads that refuse."""

    @app.before_request
    def refuse() -> None:
        if getattr(_thread, "refuses", False) and request.path.startswith(PROTECTED):
            metrics.OVERLOAD.inc()
            raise Problem(503, kind=OVERLOADED, headers={"Retry-After": str(RETRY_AFTER)})


def _written_out() -> bytes:
    body = json.dumps(problem_document(Problem(503, kind=OVERLOADED))).encode()
    headers = {**HEADERS, "Content-Type": MEDIA_TYPE, "Content-Length": str(len(body)), "Retry-After": str(RETRY_AFTER)}
    lines = ["HTTP/1.1 503 Service Unavailable", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    return "\r\n".join(lines).encode() + body


_REFUSAL: Final = _written_out()
