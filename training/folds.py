"""Whether a corpus is large enough to train on."""

from __future__ import annotations

import numpy as np

from model.labels import LABELS
from training.dataset import BOILERPLATE, FOLDS, Dataset


class FoldError(Exception):
    """A corpus that is too small to train on."""


def check_folds(dataset: Dataset) -> None:
    """Make sure that models which have not seen one fold have seen every label.

    Raises
    ------
    FoldError
        If all sentences with some label are in one fold.
    """
    kinds = {**{label: LABELS.index(label) for label in LABELS}, "boilerplate": BOILERPLATE}
    rare = [label for label, kind in kinds.items() if len(np.unique(dataset.fold[dataset.labels == kind])) < 2]
    if rare:
        raise FoldError(
            f"too few articles ({len(dataset.articles)}): in cross-validation with {FOLDS} folds, "
            f"every label must stand in articles of two folds; {', '.join(rare)} does not"
        )
