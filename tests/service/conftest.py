"""The application with the real model, and a client that talks to it in-process."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from model.document import ScoredDocument
from model.manifest import ModelError
from model.scorer import Scorer
from service.app import create_app
from service.logs import JsonFormatter
from service.settings import Settings
from tests.service.redis_server import RedisServer, new_server

Log = Callable[[], list[dict[str, Any]]]


@pytest.fixture(scope="session")
def app(scorer: Scorer) -> Flask:
    return create_app(Settings(), scorer=scorer)


@pytest.fixture(scope="session")
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def failing_client(scorer: Scorer) -> FlaskClient:
    """Talks to an application whose scoring fails, with the text in the error."""

    class FailingScorer:
        manifest = scorer.manifest
        check_golden = scorer.check_golden

        def score(self, text: str, *, explain: bool) -> ScoredDocument:
            raise ValueError(text)

    return create_app(Settings(), scorer=FailingScorer()).test_client()


@pytest.fixture
def unsound_client(scorer: Scorer) -> FlaskClient:
    """Talks to an application whose model scores otherwise than it should."""

    class UnsoundScorer:
        manifest = scorer.manifest
        score = scorer.score

        def check_golden(self) -> None:
            raise ModelError("golden example 1 does not get the scores on record")

    return create_app(Settings(), scorer=UnsoundScorer()).test_client()


@pytest.fixture
def log() -> Iterator[Log]:
    """The events that the service has logged since."""
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    handler.setFormatter(JsonFormatter())
    logger = logging.getLogger("service")
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in lines.getvalue().splitlines()]
    logger.removeHandler(handler)
    logger.setLevel(level)


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[RedisServer]:
    """A running Redis of its own."""
    server = new_server(tmp_path)
    server.start()
    yield server
    server.stop()
