"""A line in the log for each request, of which no part was chosen by the client but ids without words."""

from __future__ import annotations

import logging
from typing import Final

from flask import Flask, Response, g, request

#: Requests of machines that watch: they come every few seconds and say nothing.
PROBES: Final = {"/livez", "/readyz", "/metrics"}
METHODS: Final = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}

logger = logging.getLogger(__name__)


def route() -> str:
    """The rule, not the path, that the request matches: an address that leads nowhere can hold anything."""
    return request.url_rule.rule if request.url_rule else "-"


def method() -> str:
    """The method, if it is a usual one: clients can make up others."""
    return request.method if request.method in METHODS else "-"


def _log(response: Response) -> Response:
    if route() not in PROBES:
        fields = {
            "method": method(),
            "route": route(),
            "status": response.status_code,
            "milliseconds": round(g.trace.milliseconds(), 1),
            "key": g.key.name if g.get("key") else None,
        }
        logger.info("request", extra={"fields": fields})
    return response


def init_app(app: Flask) -> None:
    """Log method, route, status, milliseconds and name of the key of each request."""
    app.after_request(_log)
