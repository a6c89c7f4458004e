"""The model that an application serves."""

from __future__ import annotations

from threading import Lock

from flask import Flask, current_app

from model.document import ScoredDocument
from model.manifest import Manifest, ModelError
from model.scorer import Scorer
from service import metrics
from service.problems import Problem


class ServedModel:
    """A scorer shared by the threads of a process.

    Parameters
    ----------
    scorer : Scorer
    """

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer
        self._sound: bool | None = None
        self._lock = Lock()

    @property
    def manifest(self) -> Manifest:
        """What the model is."""
        return self._scorer.manifest

    def replace(self, scorer: Scorer) -> None:
        """Serve another model in the processes forked from now on: this one must serve no requests."""
        self._scorer = scorer
        self._sound = None

    def check(self) -> None:
        """Let the model prove itself on its golden examples.

        Raises
        ------
        Problem
            Of status 503, if it does not give the scores that it was released with.
        """
        with self._lock:
            was_sound = self._sound
            try:
                self._scorer.check_golden()
            except ModelError as error:
                if was_sound is not False:  # once, not at every probe
                    current_app.logger.error("not ready: %s", error)  # noqa: TRY400 # the message says it all
                self._sound = False
            else:
                self._sound = True
        self._require_sound()

    def score(self, text: str, *, explain: bool) -> ScoredDocument:
        """Score a text with a model that has proved itself."""
        if self._sound is None:
            self.check()
        self._require_sound()
        document = self._scorer.score(text, explain=explain)
        metrics.observe(document)
        return document

    def _require_sound(self) -> None:
        if not self._sound:
            raise Problem(503)


def served_model() -> ServedModel:
    """The model of the current application."""
    model: ServedModel = current_app.extensions["onrecord"]
    return model


def init_app(app: Flask, scorer: Scorer) -> None:
    """Serve ``scorer``."""
    app.extensions["onrecord"] = ServedModel(scorer)
