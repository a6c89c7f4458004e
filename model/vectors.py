"""What is known of words from other texts: a vector for each, in which words used alike lie close together."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

#: Length of a vector.
DIMENSIONS: Final = 50


def word_hash(word: str) -> int:
    """A 32-bit hash of a word, whatever its case and its apostrophes."""
    return zlib.crc32(word.lower().replace("’", "'").encode())


@dataclass(frozen=True, slots=True)
class WordVectors:
    """Vectors of the words of a vocabulary.

    Attributes
    ----------
    hashes : ndarray of uint32, shape (V,)
        `word_hash` of each word, ascending.
    vectors : ndarray of float16, shape (V, DIMENSIONS)
        Of length 1.
    """

    hashes: npt.NDArray[np.uint32]
    vectors: npt.NDArray[np.float16]

    @classmethod
    def empty(cls) -> WordVectors:
        """Vectors of no words."""
        return cls(np.zeros(0, np.uint32), np.zeros((0, DIMENSIONS), np.float16))

    def of(self, words: Sequence[str]) -> npt.NDArray[np.float32]:
        """The vectors of words, zeros for a word without one; shape (words, DIMENSIONS)."""
        wanted = np.array([word_hash(word) for word in words], np.uint32)
        result = np.zeros((len(wanted), DIMENSIONS), np.float32)
        if len(self.hashes):
            place = np.minimum(np.searchsorted(self.hashes, wanted), len(self.hashes) - 1)
            found = self.hashes[place] == wanted
            result[found] = self.vectors[place[found]]
        return result
