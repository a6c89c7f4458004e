"""The numbers of a trained model, as plain arrays."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from model.linear import Floats
from model.sources import POSITIONS
from model.taggers import TAGS, WINDOW
from model.trees import Trees
from model.vectors import WordVectors

#: Classes of the source typer: a found source is named, official or anonymous.
TYPES: Final = 3
_TAGGER_COLUMNS = len(WINDOW) * len(TAGS)

#: Columns of ``Weights.words``: the word parts of all linear models, side by side.
CUE_COLUMNS: Final = slice(0, _TAGGER_COLUMNS)
SOURCE_COLUMNS: Final = slice(CUE_COLUMNS.stop, CUE_COLUMNS.stop + _TAGGER_COLUMNS)
TYPE_COLUMNS: Final = slice(SOURCE_COLUMNS.stop, SOURCE_COLUMNS.stop + len(POSITIONS) * TYPES)
BOILERPLATE_COLUMN: Final = slice(TYPE_COLUMNS.stop, TYPE_COLUMNS.stop + 1)
WORD_COLUMNS: Final = BOILERPLATE_COLUMN.stop

_DTYPES: Final = {
    "vector_hashes": np.uint32,
    "vectors": np.float16,
    "tree_feature": np.int32,
    "tree_mask": np.uint16,
    "tree_first": np.int32,
}


@dataclass(frozen=True, slots=True)
class Weights:
    """All trained parameters.

    Attributes
    ----------
    words : ndarray of float32, shape (WORD_FEATURES, WORD_COLUMNS)
    cue_context, source_context : ndarray of float32, shape (CONTEXT_FEATURES, 3)
    cue_bias, source_bias : ndarray of float32, shape (3,)
    type_context : ndarray of float32, shape (CONTEXT_FEATURES, 3)
    type_bias : ndarray of float32, shape (3,)
    label_dense : ndarray of float32, shape (dense features, 4)
        Applied to the dense features as they are: their scaling is folded in.
    tree_feature, tree_threshold, tree_mask, tree_first, tree_leaves, tree_baseline : ndarray
        The members of `model.trees.Trees`, which look at the same dense features.
    label_context, label_ngrams : ndarray of float32, shape (CONTEXT_FEATURES, 4)
    label_bias : ndarray of float32, shape (4,)
    label_temperature : ndarray of float32, shape (1,)
        By which the logarithms of the mean of the labels' two models are divided, to calibrate it.
    boilerplate_dense : ndarray of float32, shape (dense features, 1)
    boilerplate_bias : ndarray of float32, shape (1,)
    """

    words: Floats
    vector_hashes: npt.NDArray[np.uint32]
    vectors: npt.NDArray[np.float16]
    cue_context: Floats
    cue_bias: Floats
    source_context: Floats
    source_bias: Floats
    type_context: Floats
    type_bias: Floats
    label_dense: Floats
    label_context: Floats
    label_ngrams: Floats
    label_bias: Floats
    tree_feature: npt.NDArray[np.int32]
    tree_threshold: Floats
    tree_mask: npt.NDArray[np.uint16]
    tree_first: npt.NDArray[np.int32]
    tree_leaves: Floats
    tree_baseline: Floats
    label_temperature: Floats
    boilerplate_dense: Floats
    boilerplate_bias: Floats

    @property
    def word_vectors(self) -> WordVectors:
        """The words' vectors."""
        return WordVectors(self.vector_hashes, self.vectors)

    @property
    def label_trees(self) -> Trees:
        """The labels' boosted trees."""
        return Trees(
            self.tree_feature,
            self.tree_threshold,
            self.tree_mask,
            self.tree_first,
            self.tree_leaves,
            self.tree_baseline,
        )

    def to_dict(self) -> dict[str, Any]:
        """The arrays by name: what a model file holds."""
        return asdict(self)

    @classmethod
    def from_dict(cls, arrays: dict[str, Any]) -> Weights:
        """Build from the arrays of a model file.

        Raises
        ------
        ValueError
            If arrays are missing, unknown, or of another type.
        """
        names = {field.name for field in fields(cls)}
        if set(arrays) != names:
            raise ValueError(f"arrays do not fit: {sorted(set(arrays) ^ names)}")
        for name, member in arrays.items():
            fits = isinstance(member, np.ndarray) and member.dtype == _DTYPES.get(name, np.float32)
            if not fits:
                raise ValueError(f"{name} is of another type")
        return cls(**arrays)
