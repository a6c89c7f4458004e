"""The application factory."""

from __future__ import annotations

import traceback
from types import TracebackType

from flask import Flask
from flask.json.provider import DefaultJSONProvider

from model.artefact import load_model
from model.language import load_identifier
from model.policy_file import load_policies
from model.scorer import Scorer
from service import (
    access,
    api,
    authentication,
    cors,
    docs,
    headers,
    health,
    limits,
    metrics,
    overload,
    policies,
    reader,
    served,
    tracing,
)
from service.settings import Settings


class _Json(DefaultJSONProvider):
    """Members in the order in which they are documented, text as it is."""

    sort_keys = False
    ensure_ascii = False
    compact = True


class _App(Flask):
    json_provider_class = _Json

    def log_exception(self, exc_info: tuple[type, BaseException, TracebackType] | tuple[None, None, None]) -> None:
        """Log where an exception came from, but not its message, which may quote the article."""
        kind, _, trace = exc_info
        where = {"traceback": traceback.format_tb(trace)}
        self.logger.error("%s in a request", kind.__name__ if kind else "error", extra={"fields": where})


def create_app(settings: Settings | None = None, *, scorer: Scorer | None = None) -> Flask:
    """Make the application.

    Parameters
    ----------
    settings : Settings, optional
        Read from the environment by default.
    scorer : Scorer, optional
        The model to serve, instead of the one that the settings name.

    Raises
    ------
    SettingsError
        If an environment variable has an impossible value.
    PolicyError
        If the policies cannot be read, or have a fault.
    ModelError
        If the model cannot be loaded.
    KeysError
        If the file of keys cannot be read.
    """
    settings = settings or Settings.from_env()
    app = _App("service", static_folder=None)
    # One byte more is read: what comes without a length is cut there, and so known to be too large.
    app.config["MAX_CONTENT_LENGTH"] = settings.max_bytes + 1
    policies.init_app(app, load_policies(settings.policies))
    served.init_app(app, scorer or load_model(settings.model))
    load_identifier()  # before the workers are forked, so that they share it, and no request waits for it
    tracing.init_app(app)
    overload.init_app(app)
    authentication.init_app(app, settings)
    limits.init_app(app, settings)
    cors.init_app(app, settings.cors_origins)
    api.init_app(app)
    health.init_app(app)
    docs.init_app(app)
    reader.init_app(app)
    headers.init_app(app)
    metrics.init_app(app)
    if settings.access_log:
        access.init_app(app)
    return app
