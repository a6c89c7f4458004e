"""How often the model takes one label for another, as labels by hand have shown."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from audit.statistics.bootstrap import REPLICATES, SEED, Array, resample
from model.labels import LABELS

#: A label with fewer sentences by hand than this says too little of how it is misread.
FEWEST_SENTENCES: Final = 10
#: Added to each count, so that what was never seen is rare and not impossible (Jeffreys' prior).
PRIOR: Final = 0.5


class ConfusionError(Exception):
    """A confusion that cannot be read, or says too little to correct by."""


@dataclass(frozen=True, slots=True)
class Confusion:
    """Sentences by true label and label given.

    Attributes
    ----------
    origin : str
        Where the labels by hand come from, for a reader.
    counts : ndarray, shape (4, 4)
        Rows are true labels, columns the model's, in the order of `LABELS`.
    articles : ndarray, shape (n, 4, 4), or None
        The same by article, where it is known: then articles are resampled, else sentences.
    """

    origin: str
    counts: Array
    articles: Array | None = None

    def __post_init__(self) -> None:
        for label, sentences in zip(LABELS, self.counts.sum(axis=1), strict=True):
            if sentences < FEWEST_SENTENCES:
                raise ConfusionError(
                    f"only {sentences:.0f} of the sentences labelled by hand are {label}: too few to correct by, "
                    f"{FEWEST_SENTENCES} are needed"
                )

    def rates(self) -> Array:
        """P(label given | true label), shape (4, 4), rows adding up to 1."""
        return _rates(self.counts)

    def draw(self, stream: int = 1) -> Array:
        """Rates as they might as well have come out, shape (REPLICATES, 4, 4).

        Of known articles by the bootstrap; else rows are drawn from their posterior, a Dirichlet distribution.
        Articles of an archive are drawn from stream 0.
        """
        if self.articles is not None:
            totals = resample(self.articles.reshape(len(self.articles), -1), stream)
            return _rates(totals.reshape(-1, len(LABELS), len(LABELS)))
        rng = np.random.default_rng([SEED, stream])
        return np.stack([rng.dirichlet(row + PRIOR, size=REPLICATES) for row in self.counts], axis=1)

    def to_json(self) -> str:
        """As `read_confusion` reads it."""
        members: dict[str, Any] = {"labels": LABELS, "origin": self.origin, "confusion": self.counts.tolist()}
        if self.articles is not None:
            members["articles"] = self.articles.tolist()
        return json.dumps(members) + "\n"


def _rates(counts: Array) -> Array:
    smoothed = counts + PRIOR
    return smoothed / smoothed.sum(axis=-1, keepdims=True)


def make_confusion(origin: str, counts: object, articles: object = None) -> Confusion:
    """Check what was read, and make a confusion of it.

    Raises
    ------
    ConfusionError
        If it is no table of counts, or has too few sentences of a label.
    """
    try:
        table = np.asarray(counts, np.float64)
        parts = None if articles is None else np.asarray(articles, np.float64)
    except (TypeError, ValueError):
        raise ConfusionError(f"{origin}: the confusion is no table of numbers") from None
    size = len(LABELS)
    if table.shape != (size, size) or (parts is not None and (parts.ndim != 3 or parts.shape[1:] != (size, size))):
        raise ConfusionError(f"{origin}: the confusion is not a table of {size} by {size}")
    if any(part is not None and not (np.isfinite(part).all() and (part >= 0).all()) for part in (table, parts)):
        raise ConfusionError(f"{origin}: the confusion has counts below 0")
    return Confusion(origin, table, parts)


def read_confusion(path: Path) -> Confusion:
    """Read a file that `onrecord audit check` wrote.

    Raises
    ------
    ConfusionError
        If it is not such a file, or has too few sentences of a label.
    """
    try:
        members = json.loads(path.read_text(encoding="utf-8"))
        labels, counts = members["labels"], members["confusion"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfusionError(f"{path}: not a confusion as 'audit check' writes it") from error
    if labels != list(LABELS):
        raise ConfusionError(f"{path}: the labels are not {', '.join(LABELS)}")
    return make_confusion(str(members.get("origin", path.name)), counts, members.get("articles"))
