"""Figures for Prometheus, summed over the workers.

prometheus_client shares them through files in the folder that PROMETHEUS_MULTIPROC_DIR names; it reads the variable
when it is imported, so `metrics_folder` comes before the import of this package's application.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from flask import Blueprint, Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, values
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector

from model.document import ScoredDocument
from model.labels import LABELS
from model.manifest import Manifest
from service.access import PROBES, method, route

BOILERPLATE: Final = "boilerplate"


class _Process:
    """What files of figures are named after: a worker's slot, which the next worker takes over, counts and all.

    Named after process ids, as they are by default, they would pile up with every worker that ends.
    """

    slot: str | int = "parent"

    def name(self) -> str | int:
        return self.slot


_process: Final = _Process()
if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
    values.ValueClass = values.MultiProcessValue(_process.name)  # type: ignore[no-untyped-call]

REGISTRY: Final = CollectorRegistry()
REQUESTS: Final = Counter(
    "onrecord_http_requests", "Requests, but for probes.", ["method", "route", "status"], registry=REGISTRY
)
LATENCY: Final = Histogram(
    "onrecord_http_request_duration_seconds",
    "Time from a request's headers to those of its answer.",
    ["route"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
    registry=REGISTRY,
)
SENTENCES: Final = Counter("onrecord_sentences", "Sentences scored, by label.", ["label"], registry=REGISTRY)
STRENGTH: Final = Histogram(
    "onrecord_document_strength",
    "Strength of the documents scored.",
    buckets=[tenth / 10 for tenth in range(1, 11)],
    registry=REGISTRY,
)
CONFIDENCE: Final = Histogram(
    "onrecord_sentence_confidence",
    "Probability of the label that a sentence got.",
    buckets=(0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1),
    registry=REGISTRY,
)
MODEL: Final = Gauge(
    "onrecord_model_info",
    "1 for each model that a worker serves.",
    ["name", "version", "digest"],
    multiprocess_mode="livemax",
    registry=REGISTRY,
)
OVERLOAD: Final = Counter("onrecord_overload", "Requests refused because too many waited.", registry=REGISTRY)
RELOADS: Final = Counter("onrecord_model_reloads", "Models offered by SIGHUP.", ["outcome"], registry=REGISTRY)

for _label in (*LABELS, BOILERPLATE):
    SENTENCES.labels(_label)
for _outcome in ("taken", "refused"):
    RELOADS.labels(_outcome)


class _Workers(Collector):
    """The figures of all workers.

    prometheus_client's own collector fails on a file that a worker has made and not yet filled.
    """

    def collect(self) -> Iterable[Metric]:
        folder = Path(os.environ["PROMETHEUS_MULTIPROC_DIR"])
        return MultiProcessCollector.merge([str(file) for file in folder.glob("*.db") if _size(file)])  # type: ignore[no-untyped-call]


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except FileNotFoundError:  # a worker has just gone
        return 0


blueprint = Blueprint("metrics", __name__)


@blueprint.get("/metrics")
def metrics() -> Response:
    """The figures of all workers."""
    registry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        registry.register(_Workers())
    encode, content_type = choose_encoder(request.headers.get("Accept", ""))
    return Response(encode(registry), content_type=content_type)


def observe(document: ScoredDocument) -> None:
    """Count a scored document."""
    summary = document.summary
    for label, number in summary.counts.items():
        SENTENCES.labels(label).inc(number)
    SENTENCES.labels(BOILERPLATE).inc(summary.boilerplate)
    if summary.strength is not None:
        STRENGTH.observe(summary.strength)
    for sentence in document.sentences:
        if sentence.probabilities is not None:
            CONFIDENCE.observe(max(sentence.probabilities))


def take_slot(slot: int) -> None:
    """Count in the files of a slot, from now on, in this process."""
    _process.slot = slot


def leave_slot(slot: int) -> None:
    """Say that a slot's worker is gone, and its model with it; what it counted stays."""
    mark_process_dead(slot)  # type: ignore[no-untyped-call]


def serve_model(manifest: Manifest) -> None:
    """Say that this process serves a model."""
    MODEL.labels(manifest.name, manifest.version, manifest.digest).set(1)


def _measure(response: Response) -> Response:
    if route() not in PROBES:
        REQUESTS.labels(method(), route(), response.status_code).inc()
        LATENCY.labels(route()).observe(g.trace.milliseconds() / 1000)
    return response


def init_app(app: Flask) -> None:
    """Measure requests, and answer with the figures at ``/metrics``."""
    app.register_blueprint(blueprint)
    app.after_request(_measure)
