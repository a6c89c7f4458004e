"""Whether the process lives, and whether its model scores as it should: for machines that watch over it."""

from __future__ import annotations

from flask import Blueprint, Flask

from service.served import served_model

blueprint = Blueprint("health", __name__)


@blueprint.get("/livez")
def livez() -> dict[str, str]:
    """Answer at all."""
    return {"status": "alive"}


@blueprint.get("/readyz")
def readyz() -> dict[str, str]:
    """Answer with 503 if the model does not give the scores that it was released with."""
    served_model().check()
    return {"status": "ready"}


def init_app(app: Flask) -> None:
    """Add the probes."""
    app.register_blueprint(blueprint)
