"""Calls by pages of other origins, for those that are named."""

from __future__ import annotations

from typing import Final

from flask import Flask, Response, request

ALLOWED: Final = {
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, X-API-Key, X-Request-ID, traceparent",
    "Access-Control-Max-Age": "600",
}
EXPOSED: Final = {"Access-Control-Expose-Headers": "RateLimit, RateLimit-Policy, Retry-After, X-Request-ID"}


def init_app(app: Flask, origins: tuple[str, ...]) -> None:
    """Let pages of ``origins`` call the service; without any, no answer speaks of CORS.

    Credentials that a browser adds by itself are never allowed: a page must send a key of its own.
    """
    if not origins:
        return

    @app.after_request
    def allow(response: Response) -> Response:
        response.vary.add("Origin")
        origin = request.headers.get("Origin")
        if origin in origins:
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers.update(ALLOWED if request.method == "OPTIONS" else EXPOSED)
        return response
