"""Too much at once: scoring is refused at once rather than late, while probes and pages are still answered."""

from __future__ import annotations

from threading import local
from typing import Final

from flask import Flask, request

from service import metrics
from service.authentication import PROTECTED
from service.problems import OVERLOADED, Problem

#: Seconds after which to ask again: a full queue is worked off in about as long.
RETRY_AFTER: Final = 1

_thread = local()


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
