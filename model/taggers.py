"""The token-level models: which words are the cue of a sentence's attribution, and which its source.

Each is a linear model over the words around a token and over n-grams of their kinds; its scores are sums
of table look-ups. A sentence gets at most one cue and one source: the contiguous span with the highest sum
of log-odds. The source is looked for once the cue is known. Every sentence has at least one token.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from model.analysis import Analysis
from model.tokens import Ints, Tokens
from model.words import KINDS, OUTSIDE

Floats = npt.NDArray[np.float32]

#: The word window of a tagger: offsets from the token.
WINDOW: Final = (-4, -3, -2, -1, 0, 1, 2, 3, 4)
#: A token is outside, begins a span, or carries it on.
TAGS: Final = ("O", "B", "I")
CONTEXT_FEATURES: Final = 1 << 17
#: A span with a lower sum of log-odds is not found. Below 0, for what looks at the spans afterwards sees the sum too.

THRESHOLD: Final = -1.4

_KINDS = len(KINDS)


def hashed(salt: int, *columns: Ints) -> Ints:
    """Hash a combination of columns into the space of `CONTEXT_FEATURES`."""
    value = np.full(columns[0].shape, salt * 0x9E3779B1 & 0xFFFFFFFF, np.uint64)
    for column in columns:
        value = (value ^ column.astype(np.uint64)) * np.uint64(0x100000001B3)
        value ^= value >> np.uint64(29)
    return (value & np.uint64(CONTEXT_FEATURES - 1)).astype(np.int64)


def context_features(analysis: Analysis) -> Ints:
    """Hashed features of each token's surroundings that both taggers use, shape (n, T)."""
    kind = {d: analysis.shifted(analysis.kind, d, OUTSIDE) for d in range(-3, 4)}
    word = {d: analysis.shifted(analysis.hash, d) for d in (-1, 1)}
    name = {d: analysis.shifted(analysis.name, d) for d in (-1, 0, 1)}
    inside = analysis.quotations.inside.astype(np.int64)
    quoted = inside + 2 * analysis.shifted(inside, -1) + 4 * analysis.shifted(inside, 1)
    tokens = analysis.tokens
    position = np.arange(len(tokens)) - tokens.sentence_first[tokens.sentence]
    left = tokens.sentence_first[tokens.sentence + 1] - 1 - np.arange(len(tokens))
    place = np.minimum(position, 3) * 4 + np.minimum(left, 3)
    return np.stack(
        [
            hashed(1, kind[-1], kind[0]),
            hashed(2, kind[0], kind[1]),
            hashed(3, kind[-1], kind[0], kind[1]),
            hashed(4, kind[-2], kind[-1], kind[0]),
            hashed(5, kind[0], kind[1], kind[2]),
            hashed(6, word[-1], analysis.hash),
            hashed(7, analysis.hash, word[1]),
            hashed(8, quoted, kind[0]),
            hashed(9, name[-1], name[0], name[1]),
            hashed(10, place, kind[0]),
            hashed(11, kind[-3], kind[-2], kind[-1], kind[0]),
            hashed(12, kind[0], kind[1], kind[2], kind[3]),
            hashed(13, quoted, analysis.hash),
            hashed(14, name[0], kind[-1], kind[1]),
        ]
    )


def source_features(analysis: Analysis, cue: Spans) -> Ints:
    """Hashed features of each token's place beside the cue of its sentence, shape (n, T)."""
    tokens = analysis.tokens
    here = np.arange(len(tokens))
    first, last = cue.first[tokens.sentence], cue.last[tokens.sentence]
    found = first >= 0
    before, behind = first - here, here - last + 1  # 1 beside the cue
    side = np.where(~found, 0, np.where(before > 0, 1, np.where(behind > 0, 2, 3)))
    distance = np.where(side == 1, before, np.where(side == 2, behind, 0))
    bucket = np.minimum(distance, 6) + (distance > 10) + (distance > 20)
    comma = np.cumsum(np.isin(analysis.kind, _COMMAS))
    edge = np.where(side == 1, first, np.where(found, last - 1, here))
    commas = np.minimum(np.abs(comma - comma[edge]), 2)
    cue_word = np.where(found, analysis.hash[first], 0)
    cue_kind = np.where(found, analysis.kind[first], OUTSIDE)
    inside = analysis.quotations.inside.astype(np.int64)
    return np.stack(
        [
            hashed(21, side, bucket),
            hashed(22, side, bucket, analysis.kind),
            hashed(23, side, cue_word),
            hashed(24, side, bucket, analysis.name, inside),
            hashed(25, side, commas, analysis.kind),
            hashed(26, side, commas, bucket, cue_kind),
            hashed(27, side, cue_kind, analysis.kind),
            hashed(28, side, np.minimum(bucket, 3), analysis.shifted(analysis.kind, -1, OUTSIDE), analysis.kind),
        ]
    )


_COMMAS = [
    KINDS.index("comma"),
    KINDS.index("dash"),
    KINDS.index("semicolon"),
    KINDS.index("quote"),
    KINDS.index("open"),
]


@dataclass(frozen=True, slots=True)
class Spans:
    """At most one span of tokens for each sentence.

    Attributes
    ----------
    first, last : ndarray of int, shape (S,)
        Half-open ranges of tokens, counted through all documents; -1 where there is none.
    score : ndarray of float, shape (S,)
        Sum of the log-odds of the best span, found or not.
    """

    first: Ints
    last: Ints
    score: Floats

    @classmethod
    def none(cls, sentences: int) -> Spans:
        """No span in any of so many sentences."""
        missing = np.full(sentences, -1)
        return cls(missing, missing, np.full(sentences, -4, np.float32))

    @property
    def found(self) -> npt.NDArray[np.bool_]:
        """Whether a sentence has a span, shape (S,)."""
        return self.first >= 0


def window_scores(analysis: Analysis, word_scores: Floats) -> Floats:
    """Sum what the words around each token add to its scores.

    Parameters
    ----------
    word_scores : ndarray, shape (rows, len(WINDOW) * len(TAGS))
        The word table's columns of this tagger.

    Returns
    -------
    ndarray, shape (T, len(TAGS))
    """
    width = len(TAGS)
    total = np.zeros((len(analysis.tokens), width), np.float32)
    for position, offset in enumerate(WINDOW):
        rows = analysis.shifted(analysis.row, offset)
        total += word_scores[rows, position * width : (position + 1) * width]
    return total


def best_spans(scores: Floats, tokens: Tokens, threshold: float = THRESHOLD, blocked: Spans | None = None) -> Spans:
    """The span of each sentence with the highest sum of log-odds of its tags against "outside".

    Parameters
    ----------
    scores : ndarray, shape (T, 3)
        Unnormalised log-probabilities of `TAGS`.
    threshold : float
        A span with a lower sum is not found.
    blocked : Spans, optional
        Tokens that no span may cover.
    """
    begin = scores[:, 1] - scores[:, 0]
    inside = scores[:, 2] - scores[:, 0]
    if blocked is not None:
        here = np.arange(len(tokens))
        covered = (here >= blocked.first[tokens.sentence]) & (here < blocked.last[tokens.sentence])
        begin, inside = np.where(covered, -1e4, begin), np.where(covered, -1e4, inside)
    # A span i..j sums to begin[i] + inside[i+1..j]. In sentences laid side by side, padded to one length, a
    # running maximum over i finds the best start for every end.
    count = np.diff(tokens.sentence_first)
    longest = int(count.max())
    column = np.arange(len(tokens)) - tokens.sentence_first[tokens.sentence]
    start_gain = np.full((len(count), longest), -1e9)
    end_gain = np.full((len(count), longest), -1e9)
    # Summed sentence by sentence: what stands before one must not change it, were it by a rounding.
    padded = np.zeros((len(count), longest))
    padded[tokens.sentence, column] = inside
    cumulative = np.cumsum(padded, axis=1)[tokens.sentence, column]
    start_gain[tokens.sentence, column] = begin - cumulative
    end_gain[tokens.sentence, column] = cumulative
    best_start = np.maximum.accumulate(start_gain, axis=1)
    total = best_start + end_gain
    end = total.argmax(axis=1)
    each = np.arange(len(count))
    score = total[each, end]
    start = (start_gain == best_start[each, end][:, None]).argmax(axis=1)
    found = score > threshold
    first = np.where(found, tokens.sentence_first[:-1] + start, -1)
    last = np.where(found, tokens.sentence_first[:-1] + end + 1, -1)
    return Spans(first, last, score.astype(np.float32))
