"""The OpenAPI document, for programs and as a page that needs nothing but this service."""

from __future__ import annotations

from flask import (
    Blueprint,
    Flask,
    Response,
    abort,
    current_app,
    jsonify,
    make_response,
    redirect,
    render_template,
    url_for,
)
from werkzeug.wrappers import Response as AnyResponse

from service.headers import PAGE_POLICY
from service.problems import ALL_PROBLEM_TYPES

blueprint = Blueprint("docs", __name__, template_folder="templates", static_folder="static", static_url_path="/docs")


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """The document."""
    return jsonify(current_app.extensions["openapi"])


@blueprint.get("/docs")
def page() -> Response:
    """The document as a page."""
    document = current_app.extensions["openapi"]
    response = make_response(render_template("docs.html", document=document, problem_types=ALL_PROBLEM_TYPES))
    response.headers["Content-Security-Policy"] = PAGE_POLICY
    return response


@blueprint.get("/problems/<name>")
def problem(name: str) -> AnyResponse:
    """Lead from the ``type`` of a problem to its explanation."""
    if all(name != known.name for _, known in ALL_PROBLEM_TYPES):
        abort(404)
    return redirect(url_for("docs.page", _anchor=f"problem-{name}"))


def init_app(app: Flask) -> None:
    """Add the documentation."""
    app.jinja_env.policies["json.dumps_kwargs"] = {"sort_keys": False}  # members of examples in their order
    app.register_blueprint(blueprint)
