"""Figures: against scikit-learn's, and against their definitions."""

import numpy as np
import pytest
from sklearn.metrics import accuracy_score, f1_score, precision_recall_fscore_support

from training.metrics import measure, measure_boilerplate


@pytest.mark.parametrize("kinds", [4, 2])
def test_metrics_agree_with_scikit_learn(kinds: int) -> None:
    rng = np.random.default_rng(0)
    probabilities = np.zeros((300, 4), np.float32)
    probabilities[:, :kinds] = rng.dirichlet(np.ones(kinds), 300)
    labels = rng.integers(0, kinds, 300)
    metrics, given = measure(probabilities, labels), probabilities.argmax(axis=1)
    assert metrics.accuracy == pytest.approx(accuracy_score(labels, given))
    assert metrics.macro_f1 == pytest.approx(f1_score(labels, given, average="macro"))
    assert metrics.attributed_f1 == pytest.approx(f1_score(labels != 3, given != 3))
    expected = np.array(precision_recall_fscore_support(labels, given, labels=range(4), zero_division=0)).T
    for score, row in zip(metrics.labels.values(), expected, strict=True):
        assert (score.precision, score.recall, score.f1, score.support) == pytest.approx(tuple(row))


def test_the_calibration_error_sums_up_the_bins() -> None:
    probabilities = np.array([[0.92, 0.08, 0, 0], [0.98, 0.02, 0, 0], [0.6, 0.4, 0, 0], [0.55, 0.45, 0, 0]], np.float32)
    metrics = measure(probabilities, np.array([0, 1, 0, 0]))
    assert [(round(b.probability, 3), b.right, b.sentences) for b in metrics.reliability] == [
        (0.55, 1, 1),
        (0.6, 1, 1),
        (0.95, 0.5, 2),
    ]
    assert metrics.calibration_error == pytest.approx((0.45 + 0.4 + 2 * 0.45) / 4)


def test_certain_and_right_answers_are_calibrated() -> None:
    labels = np.array([0, 1, 2, 3])
    metrics = measure(np.eye(4, dtype=np.float32), labels)
    assert (metrics.accuracy, metrics.calibration_error, metrics.brier) == (1, 0, 0)


def test_boilerplate_is_told_from_the_article() -> None:
    scores = measure_boilerplate(np.array([True, True, False, False]), np.array([True, False, True, False]))
    assert (scores.precision, scores.recall, scores.kept) == (0.5, 0.5, 0.5)
