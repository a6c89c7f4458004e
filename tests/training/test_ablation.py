"""The parts of the model that can be left out."""

from __future__ import annotations

import numpy as np
import pytest

from model.analysis import analyse
from model.features import sentence_features, word_ngrams
from model.segmentation import segment
from model.sources import find_phrases
from model.taggers import Spans
from model.words import WordTable
from training.ablation import FEATURES

TEXT = "“It is closed,” the council said. Ruth Adeyemi agreed."


@pytest.fixture(scope="module")
def names() -> set[str]:
    """The words that names of features are made of."""
    spans = segment(TEXT)
    analysis = analyse([TEXT], [spans], WordTable())
    nothing = Spans.none(len(spans))
    types = np.full((len(spans), 3), 1 / 3, np.float32)
    columns = [
        *sentence_features(analysis, find_phrases(analysis, nothing, nothing), types),
        word_ngrams(analysis),
    ]
    return {word.rstrip("_0123456789") for part in columns for name in part.names for word in name.split()}


@pytest.mark.parametrize("part", FEATURES)
def test_what_a_part_leaves_out_is_there(part, names):
    assert set(FEATURES[part]) <= names
