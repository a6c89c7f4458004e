"""What the models look at: the tokens of documents, and all that is known of each before any model runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from model.names import name_classes
from model.quotes import Quotations, find_quotations
from model.tokens import Ints, Tokens, tokenise
from model.words import WordColumns, WordTable


@dataclass(frozen=True, slots=True)
class Analysis:
    """Columns over the tokens of many documents, all of shape (T,).

    Attributes
    ----------
    tokens : Tokens
    quotations : Quotations
    words : WordColumns
        The table of distinct words; not a column.
    row : ndarray of int
        Row in ``words``.
    mask : ndarray of uint64
        Lexicon classes.
    shape, kind, hash : ndarray of int
    name : ndarray of int
        What kind of name the token is, see `model.names`.
    """

    tokens: Tokens
    quotations: Quotations
    words: WordColumns
    row: Ints
    mask: npt.NDArray[np.uint64]
    shape: Ints
    kind: Ints
    hash: Ints
    name: Ints

    def shifted(self, column: Ints, offset: int, outside: int = 0) -> Ints:
        """``column`` at the token ``offset`` further on in the same sentence, ``outside`` where there is none."""
        result = np.full_like(column, outside)
        count = len(column)
        if abs(offset) >= count:
            return result
        here, there = slice(max(0, -offset), count - max(0, offset)), slice(max(0, offset), count - max(0, -offset))
        same = self.tokens.sentence[here] == self.tokens.sentence[there]
        result[here] = np.where(same, column[there], outside)
        return result

    def has(self, classes: int) -> npt.NDArray[np.bool_]:
        """Whether each token belongs to any of the lexicon classes of a mask."""
        return (self.mask & np.uint64(classes)) != 0


def analyse(texts: Sequence[str], sentences: Sequence[Sequence[tuple[int, int]]], table: WordTable) -> Analysis:
    """Look up all that is known of the tokens of documents.

    Parameters
    ----------
    texts : sequence of str
    sentences : sequence of sequence of (int, int)
        The spans of each text's sentences.
    table : WordTable
    """
    tokens = tokenise(texts, sentences)
    row, words = table.look_up(tokens.words)
    mask, shape, kind, word_hash = words.mask[row], words.shape[row], words.kind[row], words.hash[row]
    name = name_classes(tokens, mask, shape, kind, word_hash)
    return Analysis(tokens, find_quotations(tokens, texts), words, row, mask, shape, kind, word_hash, name)
