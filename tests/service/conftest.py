"""The application with the real model, and a client that talks to it in-process."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from model.document import ScoredDocument
from model.manifest import ModelError
from model.scorer import Scorer
from service.app import create_app
from service.settings import Settings


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
