"""One page of HTML on a model: figures, plots, and the errors it was surest of."""

from __future__ import annotations

import io
from collections.abc import Sequence

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure

from model.labels import LABELS
from model.manifest import Manifest
from training.curve import Point
from training.evaluate import Evaluation
from training.metrics import Metrics
from training.pages import TEMPLATES

#: How many errors of a kind are shown.
ERRORS = 60


def render_report(manifest: Manifest, evaluation: Evaluation, curve: Sequence[Point]) -> str:
    """Write the report of a model on labelled articles, self-contained.

    Parameters
    ----------
    manifest : Manifest
    evaluation : Evaluation
    curve : sequence of Point
        The learning curve; may be empty.
    """
    errors = [answer for answer in evaluation.answers if not answer.right]
    wrong = sorted((a for a in errors if a.label in LABELS), key=lambda a: -max(a.probabilities))
    lost = [answer for answer in errors if answer.label not in LABELS]
    return TEMPLATES.get_template("report.html").render(
        manifest=manifest,
        evaluation=evaluation,
        metrics=evaluation.metrics,
        groups={"desk": evaluation.by("desk"), "region of English": evaluation.by("region")},
        wrong=wrong,
        lost=lost,
        shown=ERRORS,
        confusion=_confusion(evaluation.metrics),
        reliability=_reliability(evaluation.metrics),
        curve=_curve(curve) if curve else None,
    )


def _confusion(metrics: Metrics) -> str:
    matrix = np.array(metrics.confusion)
    figure = Figure(figsize=(4.6, 4), layout="constrained")
    axes = figure.subplots()
    axes.imshow(matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1), cmap="Blues", vmin=0, vmax=1)
    axes.set_xticks(range(len(LABELS)), LABELS)
    axes.set_yticks(range(len(LABELS)), LABELS)
    axes.set_xlabel("given")
    axes.set_ylabel("true")
    for (row, column), count in np.ndenumerate(matrix):
        dark = count > matrix[row].sum() / 2
        axes.text(column, row, f"{count:,}", ha="center", va="center", color="white" if dark else "black")
    return _svg(figure)


def _reliability(metrics: Metrics) -> str:
    bins = metrics.reliability
    largest = max(b.sentences for b in bins)
    figure = Figure(figsize=(4.6, 4), layout="constrained")
    axes = figure.subplots()
    axes.plot([0, 1], [0, 1], linestyle=":", color="grey")
    axes.scatter(
        [b.probability for b in bins], [b.right for b in bins], s=[200 * b.sentences / largest + 10 for b in bins]
    )
    axes.set_xlabel("probability of the label given")
    axes.set_ylabel("share of them that are right")
    return _svg(figure)


def _curve(points: Sequence[Point]) -> str:
    figure = Figure(figsize=(6, 4), layout="constrained")
    axes = figure.subplots()
    articles = [point.articles for point in points]
    axes.plot(articles, [point.cross_validated for point in points], marker="o", label="cross-validation")
    for name in points[0].measured:
        axes.plot(articles, [point.measured[name] for point in points], marker="s", label=name)
    axes.set_xlabel("articles trained on")
    axes.set_ylabel("macro-F1")
    axes.legend()
    return _svg(figure)


def _svg(figure: Figure) -> str:
    """Draw a figure as an SVG element, the same every time."""
    buffer = io.StringIO()
    with mpl.rc_context({"svg.hashsalt": "onrecord", "svg.fonttype": "none"}):
        figure.savefig(buffer, format="svg", metadata={"Date": None}, bbox_inches="tight", pad_inches=0.2)
    return buffer.getvalue()[buffer.getvalue().index("<svg") :]
