"""What the service is compared with: the same server, framework and validation, and a view that only echoes."""

from __future__ import annotations

import os
from typing import Any

import click
import flask_smorest
from flask import Flask, Response, jsonify

from service.metrics_folder import metrics_folder


def create_app() -> Flask:
    """Make an application that checks a request as the service does and sends the text back."""
    from model.policy_file import load_policies  # noqa: PLC0415 # after metrics_folder
    from service import policies  # noqa: PLC0415
    from service.schemas import ScoreRequestSchema  # noqa: PLC0415

    app = Flask(__name__, static_folder=None)
    app.config.update(API_TITLE="echo", API_VERSION="1", OPENAPI_VERSION="3.1.0")
    policies.init_app(app, load_policies(None))
    blueprint = flask_smorest.Blueprint("echo", __name__)

    @blueprint.route("/v1/score", methods=["POST"])
    @blueprint.arguments(ScoreRequestSchema)
    def echo(article: dict[str, Any]) -> Response:
        return jsonify({"text": article["text"]})

    @app.get("/readyz")
    def readyz() -> str:
        return ""

    flask_smorest.Api(app).register_blueprint(blueprint)
    return app


@click.command()
@click.option("--port", required=True, type=int)
def main(port: int) -> None:
    """Serve it."""
    os.environ["OMP_NUM_THREADS"] = "1"
    with metrics_folder():
        from service.server import Server  # noqa: PLC0415
        from service.settings import Settings  # noqa: PLC0415

        class EchoServer(Server):
            def _warm_up(self, _: Any) -> None:
                """There is no model."""

        app = create_app()
        EchoServer(app, Settings(), host="127.0.0.1", port=port, workers=2, threads=4, queue=64).run()


if __name__ == "__main__":
    main()
