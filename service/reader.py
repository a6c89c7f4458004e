"""The reader page: an editor pastes an article and sees who stands behind each sentence.

It needs nothing but this service, and keeps neither the text nor the key.
"""

from __future__ import annotations

from flask import Blueprint, Flask, Response, make_response, render_template

from service.headers import PAGE_POLICY
from service.v1 import EXAMPLES

blueprint = Blueprint(
    "reader", __name__, template_folder="templates", static_folder="static/reader", static_url_path="/reader"
)


@blueprint.get("/")
def page() -> Response:
    """The page; what it shows comes from the API."""
    response = make_response(render_template("reader.html", example=EXAMPLES["text"]["value"]["text"]))
    response.headers["Content-Security-Policy"] = PAGE_POLICY
    return response


def init_app(app: Flask) -> None:
    """Add the page."""
    app.register_blueprint(blueprint)
