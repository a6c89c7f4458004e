"""How good a set of answers is."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from model.labels import LABELS
from model.linear import Floats
from model.tokens import Ints

BINS = 10


@dataclass(frozen=True, slots=True)
class ClassScores:
    """Precision, recall and F1 of one label, and how many sentences have it."""

    precision: float
    recall: float
    f1: float
    support: int


@dataclass(frozen=True, slots=True)
class Metrics:
    """Figures for answers to labelled sentences.

    Attributes
    ----------
    sentences : int
    accuracy, macro_f1 : float
        Macro-F1 is the plain mean of the four labels' F1.
    attributed_f1 : float
        F1 of "attributed or not".
    calibration_error : float
        Expected calibration error of the top label's probability, over 10 bins of equal width (Naeini et
        al. 2015).
    brier : float
        Mean squared distance of the probabilities from the truth, summed over the labels (Brier 1950).
    labels : dict of str to ClassScores
    confusion : list of list of int
        Sentences by true label (rows) and given label (columns).
    """

    sentences: int
    accuracy: float
    macro_f1: float
    attributed_f1: float
    calibration_error: float
    brier: float
    labels: dict[str, ClassScores]
    confusion: list[list[int]]

    def to_dict(self) -> dict[str, Any]:
        """As plain data, rounded to four decimals."""
        rounded: dict[str, Any] = _rounded(asdict(self))
        return rounded


def measure(probabilities: Floats, labels: Ints) -> Metrics:
    """Compare probabilities with true labels.

    Parameters
    ----------
    probabilities : ndarray, shape (S, 4)
    labels : ndarray of int, shape (S,)
        Positions in `model.labels.LABELS`.
    """
    given = probabilities.argmax(axis=1)
    confusion = np.zeros((len(LABELS), len(LABELS)), np.int64)
    np.add.at(confusion, (labels, given), 1)
    scores = {label: _class_scores(confusion, k) for k, label in enumerate(LABELS)}
    unsourced = LABELS.index("unsourced")
    attributed = np.array([labels != unsourced, given != unsourced])
    right = int((attributed[0] & attributed[1]).sum())
    truth = np.eye(len(LABELS))[labels]
    return Metrics(
        sentences=len(labels),
        accuracy=float((given == labels).mean()),
        macro_f1=float(np.mean([score.f1 for score in scores.values()])),
        attributed_f1=_f1(right, int(attributed[1].sum()), int(attributed[0].sum())),
        calibration_error=_calibration_error(probabilities.max(axis=1), given == labels),
        brier=float(((probabilities - truth) ** 2).sum(axis=1).mean()),
        labels=scores,
        confusion=confusion.tolist(),
    )


def _class_scores(confusion: Ints, label: int) -> ClassScores:
    right, given, actual = int(confusion[label, label]), int(confusion[:, label].sum()), int(confusion[label].sum())
    return ClassScores(right / max(given, 1), right / max(actual, 1), _f1(right, given, actual), actual)


def _f1(right: int, given: int, actual: int) -> float:
    return 2 * right / max(given + actual, 1)


def _calibration_error(confidence: Floats, right: np.ndarray) -> float:
    which = np.minimum((confidence * BINS).astype(int), BINS - 1)
    gaps = np.bincount(which, weights=confidence - right, minlength=BINS)
    return float(np.abs(gaps).sum() / max(len(confidence), 1))


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(member) for key, member in value.items()}
    return round(value, 4) if isinstance(value, float) else value


def table(metrics: Metrics) -> str:
    """The figures for a terminal."""
    lines = [
        (
            f"{metrics.sentences:,} sentences: accuracy {metrics.accuracy:.3f}, macro-F1 {metrics.macro_f1:.3f}, "
            f"attributed or not F1 {metrics.attributed_f1:.3f}, calibration error {metrics.calibration_error:.3f}"
        ),
        f"{'':12}{'precision':>10}{'recall':>10}{'F1':>10}{'sentences':>11}",
    ]
    for label, score in metrics.labels.items():
        lines.append(f"{label:12}{score.precision:10.3f}{score.recall:10.3f}{score.f1:10.3f}{score.support:11,}")
    return "\n".join(lines)
