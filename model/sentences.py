"""Columns over sentences: sums over their tokens, and looks at the sentences around."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from model.analysis import Analysis
from model.tokens import Ints
from model.words import MARK

Floats = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]
Column = npt.NDArray[Any]


class Columns:
    """Named columns of one length, gathered one by one into a matrix of features."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._columns: list[Column] = []

    def add(self, name: str, column: Column) -> None:
        """Add a column, or each column of a matrix."""
        if column.ndim == 2:
            for position in range(column.shape[1]):
                self.add(f"{name}_{position}", column[:, position])
            return
        self.names.append(name)
        self._columns.append(column)

    def extend(self, columns: Columns) -> None:
        """Add the columns of another."""
        self.names += columns.names
        self._columns += columns._columns

    def without(self, terms: Collection[str]) -> Columns:
        """The columns whose names hold none of the terms; a name is words, each but for a number at its end."""
        left = Columns()
        for name, column in zip(self.names, self._columns, strict=True):
            if not any(word.rstrip("_0123456789") in terms for word in name.split()):
                left.add(name, column)
        return left

    def matrix(self) -> Floats:
        """All columns side by side, shape (N, n)."""
        return np.stack(self._columns, axis=1).astype(np.float32)

    def rows(self) -> Ints:
        """All columns, which are integers, one below another, shape (n, N)."""
        return np.stack(self._columns)


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of an analysis, as columns of shape (S,).

    Attributes
    ----------
    analysis : Analysis
    first, last : ndarray of int
        First and last token of each sentence; every sentence has one.
    final : ndarray of int
        The last token but for a closing quotation mark.
    words : ndarray of float
        Words in each sentence, at least 1.
    document, paragraph : ndarray of int
    index : ndarray of int
        Place of the sentence in its document, from 0.
    length : ndarray of int
        Number of sentences of its document.
    """

    analysis: Analysis
    first: Ints
    last: Ints
    final: Ints
    words: npt.NDArray[np.float64]
    document: Ints
    paragraph: Ints
    index: Ints
    length: Ints

    @classmethod
    def of(cls, analysis: Analysis, closing: Bools) -> Sentences:
        """Gather the columns; ``closing`` tells the tokens that may follow a full stop."""
        tokens = analysis.tokens
        first, last = tokens.sentence_first[:-1], tokens.sentence_first[1:] - 1
        document = tokens.sentence_document
        words = np.bincount(tokens.sentence, weights=analysis.shape != MARK, minlength=tokens.sentences)
        return cls(
            analysis,
            first,
            last,
            np.where(closing[last] & (last > first), last - 1, last),
            np.maximum(words, 1),
            document,
            tokens.sentence_paragraph,
            np.arange(tokens.sentences) - np.searchsorted(document, document),
            np.bincount(document)[document],
        )

    def __len__(self) -> int:
        return len(self.first)

    def sums(self, flags: Column) -> Column:
        """Sums of a column of the tokens."""
        return np.bincount(self.analysis.tokens.sentence, weights=flags, minlength=len(self))

    def shares(self, flags: Column) -> Column:
        """Sums of a column of the tokens, by the number of words."""
        return self.sums(flags) / self.words

    def means(self, column: Column) -> Column:
        """Mean of a column over the sentence's document."""
        return np.bincount(self.document, weights=column)[self.document] / self.length

    def before(self, column: Column, outside: object) -> Column:
        """A column of the sentence before, in the same document."""
        shifted = np.roll(column, 1)
        shifted[self.index == 0] = outside
        return shifted

    def behind(self, column: Column, outside: object) -> Column:
        """A column of the sentence behind, in the same document."""
        shifted = np.roll(column, -1)
        shifted[self.index == self.length - 1] = outside
        return shifted

    def latest(self, flags: Bools) -> Ints:
        """The last sentence before each, in its document, for which a flag holds; -1 where there is none."""
        latest = np.maximum.accumulate(np.where(flags, np.arange(len(self)), -1))
        latest = np.concatenate(([-1], latest[:-1]))
        return np.where((latest >= 0) & (self.document[latest] == self.document), latest, -1)

    def upcoming(self, flags: Bools) -> Ints:
        """The first sentence behind each, in its document, for which a flag holds; -1 where there is none."""
        count = len(self)
        upcoming = np.minimum.accumulate(np.where(flags, np.arange(count), count)[::-1])[::-1]
        upcoming = np.concatenate((upcoming[1:], [count]))
        inside = np.minimum(upcoming, count - 1)
        return np.where((upcoming < count) & (self.document[inside] == self.document), upcoming, -1)
