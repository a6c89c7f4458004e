"""Telling whether one model is better than another, on the same articles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import binomtest

from training.evaluate import Answer, Evaluation, arrays
from training.metrics import measure

RESAMPLES = 1000
CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference between two models, the new less the old, with its bootstrap interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two models on the same articles.

    Attributes
    ----------
    accuracy, macro_f1 : Difference
    gained, lost : int
        Sentences that only the new model, or only the old one, gets right.
    p_value : float
        Of McNemar's exact test: how often chance alone would divide these sentences so unevenly.
    changed : list of (Answer, Answer)
        The old and the new answer to each sentence whose label changed.
    """

    accuracy: Difference
    macro_f1: Difference
    gained: int
    lost: int
    p_value: float
    changed: list[tuple[Answer, Answer]]


def compare_evaluations(old: Evaluation, new: Evaluation, seed: int = 0) -> Comparison:
    """Compare two evaluations of the same articles.

    Notes
    -----
    The bootstrap draws whole articles with replacement, for the sentences of one article are alike (Efron and
    Tibshirani 1993, ch. 8). McNemar's test takes the sentences as independent; where the two disagree, trust
    the interval.
    """
    pairs = list(zip(old.answers, new.answers, strict=True))
    gained = sum(b.right and not a.right for a, b in pairs)
    lost = sum(a.right and not b.right for a, b in pairs)
    resampled = _resample(old, new, seed)
    return Comparison(
        accuracy=_difference(new.metrics.accuracy - old.metrics.accuracy, resampled[:, 0]),
        macro_f1=_difference(new.metrics.macro_f1 - old.metrics.macro_f1, resampled[:, 1]),
        gained=gained,
        lost=lost,
        p_value=float(binomtest(gained, gained + lost).pvalue) if gained + lost else 1.0,
        changed=[(a, b) for a, b in pairs if a.label != b.label],
    )


def _resample(old: Evaluation, new: Evaluation, seed: int) -> np.ndarray:
    """Differences of accuracy and macro-F1 over articles drawn with replacement, shape (RESAMPLES, 2)."""
    ids = np.array([answer.article.id for answer in old.answers])
    articles = [np.flatnonzero(ids == name) for name in np.unique(ids)]
    old_scores, labels = arrays(old.answers)
    new_scores, _ = arrays(new.answers)
    generator = np.random.default_rng(seed)
    differences = []
    for _ in range(RESAMPLES):
        drawn = np.concatenate([articles[i] for i in generator.integers(0, len(articles), len(articles))])
        before, after = measure(old_scores[drawn], labels[drawn]), measure(new_scores[drawn], labels[drawn])
        differences.append((after.accuracy - before.accuracy, after.macro_f1 - before.macro_f1))
    return np.array(differences)


def _difference(value: float, resampled: np.ndarray) -> Difference:
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(resampled, (tail, 1 - tail))
    return Difference(value, float(low), float(high))
