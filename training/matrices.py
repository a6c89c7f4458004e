"""Sparse matrices of the same features that the model scores by table look-ups."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from model.analysis import Analysis
from model.features import word_ngrams
from model.lexicon import word_mask
from model.sources import Phrases, type_features, type_rows
from model.taggers import CONTEXT_FEATURES, WINDOW, Spans, context_features, source_features
from model.tokens import Ints
from model.vectors import DIMENSIONS, WordVectors
from model.words import VECTOR_AT, VECTOR_SCALE, word_features, word_shape
from training.windows import WindowMatrix


def word_matrix(vocabulary: list[str], vectors: WordVectors, known: Mapping[str, int]) -> sp.csr_matrix:
    """Features of the words of a vocabulary, whose first is "no word"; shape (words, WORD_FEATURES)."""
    rows = [[], *(word_features(word, word_mask(word, known), word_shape(word)) for word in vocabulary[1:])]
    pointers = np.cumsum([0, *map(len, rows)])
    indices = np.concatenate([np.array(row, np.int64) for row in rows])
    one_hots = sp.csr_matrix((np.ones(len(indices), np.float32), indices, pointers), shape=(len(rows), VECTOR_AT))
    return sp.hstack([one_hots, sp.csr_matrix(VECTOR_SCALE * vectors.of(vocabulary))], format="csr")


def one_hot(features: Ints, columns: int = CONTEXT_FEATURES) -> sp.csr_matrix:
    """A matrix with n ones a row, from their columns of shape (n, N)."""
    n, rows = features.shape
    pointers = np.arange(0, n * rows + 1, n)
    return sp.csr_matrix((np.ones(n * rows, np.float32), features.T.ravel(), pointers), shape=(rows, columns))


@dataclass(frozen=True, slots=True)
class Matrices:
    """Builds the matrices of one analysis.

    Attributes
    ----------
    analysis : Analysis
    words : sparse matrix, shape (rows, WORD_FEATURES)
        Of `word_matrix`, for the analysis's vocabulary.
    """

    analysis: Analysis
    words: sp.csr_matrix

    def cue(self) -> WindowMatrix:
        """For the cue tagger, of T tokens."""
        count = self.words.shape[0]
        # Vectors are dense: only those of the token itself pay for their time.
        blank = sp.csr_matrix((count, DIMENSIONS), dtype=np.float32)
        plain = sp.hstack([self.words[:, :VECTOR_AT], blank], format="csr")
        words = sp.block_diag([plain if offset else self.words for offset in WINDOW], format="csr")
        rows = [count * k + self.analysis.shifted(self.analysis.row, offset) for k, offset in enumerate(WINDOW)]
        return WindowMatrix(one_hot(np.stack(rows), words.shape[0]), words, one_hot(context_features(self.analysis)))

    def source(self, cue_matrix: WindowMatrix, cue: Spans) -> WindowMatrix:
        """For the source tagger: as for the cue tagger, and the place beside the cue."""
        return cue_matrix.with_context(one_hot(source_features(self.analysis, cue)))

    def types(self, phrases: Phrases) -> sp.csr_matrix:
        """For the source typer: the words at each position, then the context; shape (S, …)."""
        count = self.analysis.tokens.sentences
        blocks = [_pick(sentences, count) @ self.words[rows] for sentences, rows in type_rows(self.analysis, phrases)]
        sentences, features = type_features(self.analysis, phrases)
        context = sp.csr_matrix(
            (np.ones(len(sentences), np.float32), (sentences, features)), shape=(count, CONTEXT_FEATURES)
        )
        return sp.hstack([*blocks, context], format="csr")

    def ngrams(self, without: Collection[str] = ()) -> sp.csr_matrix:
        """N-grams of sentences, but for those whose names hold one of some terms; shape (S, CONTEXT_FEATURES)."""
        tokens = self.analysis.tokens
        ngrams = word_ngrams(self.analysis).without(without)
        if not ngrams.names:
            return sp.csr_matrix((tokens.sentences, CONTEXT_FEATURES), dtype=np.float32)
        return (_pick(tokens.sentence, tokens.sentences) @ one_hot(ngrams.rows())).tocsr()

    def mean_words(self) -> sp.csr_matrix:
        """Mean word features of sentences, shape (S, WORD_FEATURES)."""
        tokens = self.analysis.tokens
        total = _pick(tokens.sentence, tokens.sentences) @ self.words[self.analysis.row]
        return sp.csr_matrix(
            sp.diags_array(1 / np.maximum(np.diff(tokens.sentence_first), 1)) @ total, dtype=np.float32
        )


def _pick(groups: Ints, count: int) -> sp.csr_matrix:
    """A matrix that adds up rows by group."""
    return sp.csr_matrix(
        (np.ones(len(groups), np.float32), (groups, np.arange(len(groups)))), shape=(count, len(groups))
    )
