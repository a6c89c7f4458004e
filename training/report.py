"""One page of HTML on a model: figures, plots, and the errors it was surest of."""

from __future__ import annotations

import io
from collections.abc import Sequence

import jinja2
import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from markupsafe import Markup

from model.labels import LABELS
from model.manifest import Manifest
from training.curve import Point
from training.evaluate import Answer, Evaluation, arrays
from training.metrics import BINS

#: How many of the surest errors are shown.
ERRORS = 60

_TEMPLATES = jinja2.Environment(
    loader=jinja2.PackageLoader("training"), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True
)


def render_report(manifest: Manifest, evaluation: Evaluation, curve: Sequence[Point]) -> str:
    """Write the report of a model on labelled articles, self-contained.

    Parameters
    ----------
    manifest : Manifest
    evaluation : Evaluation
    curve : sequence of Point
        The learning curve; may be empty.
    """
    wrong = sorted((a for a in evaluation.answers if not a.right), key=lambda a: -max(a.probabilities))
    return _TEMPLATES.get_template("report.html").render(
        manifest=manifest,
        evaluation=evaluation,
        metrics=evaluation.metrics,
        labels=LABELS,
        desks=evaluation.by("desk"),
        regions=evaluation.by("region"),
        errors=[_error(answer) for answer in wrong[:ERRORS]],
        wrong=len(wrong),
        confusion=_confusion(evaluation),
        reliability=_reliability(evaluation),
        curve=_curve(curve) if curve else None,
    )


def _error(answer: Answer) -> dict[str, object]:
    return {
        "article": answer.article.id,
        "text": answer.text,
        "true": answer.gold.label,
        "given": answer.label or "boilerplate",
        "probability": max(answer.probabilities),
    }


def _confusion(evaluation: Evaluation) -> Markup:
    matrix = np.array(evaluation.metrics.confusion)
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


def _reliability(evaluation: Evaluation) -> Markup:
    probabilities, labels = arrays(evaluation.answers)
    confidence, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == labels
    which = np.minimum((confidence * BINS).astype(int), BINS - 1)
    count = np.bincount(which, minlength=BINS)
    used = count > 0
    figure = Figure(figsize=(4.6, 4), layout="constrained")
    axes = figure.subplots()
    axes.plot([0.25, 1], [0.25, 1], linestyle=":", color="grey")
    axes.scatter(
        np.bincount(which, confidence, BINS)[used] / count[used],
        np.bincount(which, right, BINS)[used] / count[used],
        s=200 * count[used] / count.max() + 10,
    )
    axes.set_xlabel("probability of the label given")
    axes.set_ylabel("share of them that are right")
    return _svg(figure)


def _curve(points: Sequence[Point]) -> Markup:
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


def _svg(figure: Figure) -> Markup:
    buffer = io.StringIO()
    with mpl.rc_context({"svg.hashsalt": "onrecord", "svg.fonttype": "none"}):
        figure.savefig(buffer, format="svg", metadata={"Date": None})
    return Markup(buffer.getvalue()[buffer.getvalue().index("<svg") :])  # noqa: S704: matplotlib's own drawing
