"""How good a set of answers is."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

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
class Bin:
    """Sentences whose label had a probability in one range: its mean, and the share whose label was right."""

    probability: float
    right: float
    sentences: int


@dataclass(frozen=True, slots=True)
class BoilerplateScores:
    """Precision and recall of boilerplate, and the share of the articles' own sentences that is kept."""

    precision: float
    recall: float
    kept: float

    def to_dict(self) -> dict[str, float]:
        """As plain data, rounded to four decimals."""
        rounded: dict[str, float] = _rounded(asdict(self))
        return rounded

    def __str__(self) -> str:
        return (
            f"boilerplate: precision {self.precision:.3f}, recall {self.recall:.3f}, "
            f"article sentences kept {self.kept:.3f}"
        )


@dataclass(frozen=True, slots=True)
class Metrics:
    """Figures for answers to labelled sentences.

    Attributes
    ----------
    sentences : int
    accuracy, macro_f1 : float
        Macro-F1 is the plain mean of the F1 of the labels that occur, as true ones or as given ones.
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
    reliability : list of Bin
        What the calibration error sums up; bins without sentences are left out.
    """

    sentences: int
    accuracy: float
    macro_f1: float
    attributed_f1: float
    calibration_error: float
    brier: float
    labels: dict[str, ClassScores]
    confusion: list[list[int]]
    reliability: list[Bin]

    def to_dict(self) -> dict[str, Any]:
        """As plain data, rounded to four decimals."""
        rounded: dict[str, Any] = _rounded(asdict(self))
        return rounded

    def __str__(self) -> str:
        lines = [
            (
                f"{self.sentences:,} sentences: accuracy {self.accuracy:.3f}, macro-F1 {self.macro_f1:.3f}, "
                f"attributed or not F1 {self.attributed_f1:.3f}, calibration error {self.calibration_error:.3f}"
            ),
            f"{'':12}{'precision':>10}{'recall':>10}{'F1':>10}{'sentences':>11}",
        ]
        for label, score in self.labels.items():
            lines.append(f"{label:12}{score.precision:10.3f}{score.recall:10.3f}{score.f1:10.3f}{score.support:11,}")
        return "\n".join(lines)


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
    occurs = confusion.sum(axis=0) + confusion.sum(axis=1) > 0
    bins = _reliability(probabilities.max(axis=1), given == labels)
    return Metrics(
        sentences=len(labels),
        accuracy=float((given == labels).mean()),
        macro_f1=float(np.mean([score.f1 for score, there in zip(scores.values(), occurs, strict=True) if there])),
        attributed_f1=_f1(right, int(attributed[1].sum()), int(attributed[0].sum())),
        calibration_error=sum(abs(b.probability - b.right) * b.sentences for b in bins) / len(labels),
        brier=float(((probabilities - truth) ** 2).sum(axis=1).mean()),
        labels=scores,
        confusion=confusion.tolist(),
        reliability=bins,
    )


def measure_boilerplate(given: npt.NDArray[np.bool_], actual: npt.NDArray[np.bool_]) -> BoilerplateScores:
    """Compare which sentences are taken for boilerplate, and which are."""
    right = int((given & actual).sum())
    return BoilerplateScores(
        precision=right / max(int(given.sum()), 1),
        recall=right / max(int(actual.sum()), 1),
        kept=float((~given[~actual]).mean()),
    )


def _class_scores(confusion: Ints, label: int) -> ClassScores:
    right, given, actual = int(confusion[label, label]), int(confusion[:, label].sum()), int(confusion[label].sum())
    return ClassScores(right / max(given, 1), right / max(actual, 1), _f1(right, given, actual), actual)


def _f1(right: int, given: int, actual: int) -> float:
    return 2 * right / max(given + actual, 1)


def _reliability(confidence: Floats, right: npt.NDArray[np.bool_]) -> list[Bin]:
    which = np.minimum((confidence * BINS).astype(int), BINS - 1)
    members = [which == k for k in range(BINS)]
    return [Bin(float(confidence[m].mean()), float(right[m].mean()), int(m.sum())) for m in members if m.any()]


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(member) for key, member in value.items()}
    if isinstance(value, list):
        return [_rounded(member) for member in value]
    return round(value, 4) if isinstance(value, float) else value
