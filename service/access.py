"""A line for each request, of which no part was chosen by the client but the method."""

from __future__ import annotations

from time import perf_counter

import click
from flask import Flask, Response, g, request

#: Probes come every few seconds and say nothing.
_UNLOGGED = {"/livez", "/readyz"}


def _start() -> None:
    g.started = perf_counter()


def _log(response: Response) -> Response:
    # The rule, not the path: an address that leads nowhere can hold anything.
    path = request.url_rule.rule if request.url_rule else "-"
    if path not in _UNLOGGED:
        milliseconds = 1000 * (perf_counter() - g.started)
        click.echo(f"{request.method} {path} {response.status_code} {milliseconds:.1f}")
    return response


def init_app(app: Flask) -> None:
    """Write method, path, status and milliseconds of each request to standard output."""
    app.before_request(_start)
    app.after_request(_log)
