"""Cutting texts into tokens, as arrays over many documents at once.

Everything after this module works on arrays with a row per token: no Python per token.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

#: Tokens, and what stands between them. A word keeps its inner apostrophes, hyphens and full stops (don't, long-time,
#: U.S.), but the possessive 's is a token of its own. Two single quotation marks in a row count as one double mark.
_PIECE = re.compile(
    r"(?:[A-Za-z]\.){2,}"
    r"|(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Capt|Sgt|Rev|St|Inc|Corp|Co|Ltd|Jr|Sr|No|Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.(?=\s)"
    r"|\d+(?:[.,:]\d+)*\w*"
    r"|['’]s\b"
    r"|\w+(?:(?:(?!['’]s\b)['’]|-|&)\w+)*"
    r"|''|\.{2,}|--+|[^\w\s]"
    r"|\s+"  # no token: with it, what is found covers all of a sentence
)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of many documents, in order.

    Attributes
    ----------
    words : list of str
        Length T.
    start, end : ndarray of int, shape (T,)
        Half-open spans in code points of the token's own document.
    sentence : ndarray of int, shape (T,)
        Number of the token's sentence, counted through all documents.
    sentence_first : ndarray of int, shape (S + 1,)
        First token of each sentence, closed by T.
    sentence_document, sentence_paragraph : ndarray of int, shape (S,)
        The document of each sentence, and its paragraph, counted through all documents.
    sentence_start, sentence_end : ndarray of int, shape (S,)
        Half-open spans of the sentences, in code points of their document.
    """

    words: list[str]
    start: Ints
    end: Ints
    sentence: Ints
    sentence_first: Ints
    sentence_document: Ints
    sentence_paragraph: Ints
    sentence_start: Ints
    sentence_end: Ints

    def __len__(self) -> int:
        return len(self.words)

    @property
    def sentences(self) -> int:
        """How many sentences there are."""
        return len(self.sentence_document)

    @property
    def document(self) -> Ints:
        """The document of each token, shape (T,)."""
        return self.sentence_document[self.sentence]


def tokenise(texts: Sequence[str], sentences: Sequence[Sequence[tuple[int, int]]]) -> Tokens:
    """Cut the sentences of documents into tokens.

    Parameters
    ----------
    texts : sequence of str
    sentences : sequence of sequence of (int, int)
        For each text its sentences, as `model.segmentation.segment` finds them. A sentence starts a
        paragraph when a line break stands before it.
    """
    pieces: list[str] = []
    counts: list[int] = []
    breaks: list[bool] = []
    for text, bounds in zip(texts, sentences, strict=True):
        previous = 0
        for start, end in bounds:
            found = _PIECE.findall(text, start, end)
            pieces += found
            counts.append(len(found))
            breaks.append(start == bounds[0][0] or "\n" in text[previous:start] or "\r" in text[previous:start])
            previous = end
    flat = np.fromiter(chain.from_iterable(chain.from_iterable(sentences)), dtype=np.int64).reshape(-1, 2)
    sentence = np.repeat(np.arange(len(counts)), counts)
    length = np.fromiter(map(len, pieces), np.int64, len(pieces))
    # From places in all sentences laid end to end to places in the text.
    ends = np.cumsum(length) + (flat[:, 1] - np.cumsum(flat[:, 1] - flat[:, 0]))[sentence]
    blank = np.fromiter(map(str.isspace, pieces), np.bool_, len(pieces))
    token = np.flatnonzero(~blank)
    return Tokens(
        words=[pieces[i] for i in token.tolist()],
        start=(ends - length)[token],
        end=ends[token],
        sentence=sentence[token],
        sentence_first=np.searchsorted(sentence[token], np.arange(len(counts) + 1)),
        sentence_document=np.repeat(np.arange(len(texts)), [len(bounds) for bounds in sentences]),
        sentence_paragraph=np.cumsum(np.array(breaks, dtype=np.int64)) - 1,
        sentence_start=flat[:, 0],
        sentence_end=flat[:, 1],
    )
