"""Quotation marks: which tokens stand inside a quotation, and where each quotation began.

Typographic marks say themselves whether they open or close; straight ones are told by the white space
beside them. A quotation ends with its paragraph, but one that is left open there goes on when the next
paragraph begins with a mark, as printers do.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from model.tokens import Ints, Tokens

_DOUBLE = frozenset(('"', "''", "“", "”", "„", "«", "»"))
_SINGLE = frozenset(("'", "‘", "’"))
MARKS = _DOUBLE | _SINGLE
_OPENING = frozenset("“„«‘")
_CLOSING = frozenset("”»")
_STOPS = frozenset(",.!?…-—–")


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation, or the part of it that stands in one paragraph.

    Attributes
    ----------
    first, last : int
        Half-open range of its tokens, its marks included.
    closed : bool
        Whether a closing mark was found.
    goes_on : bool
        Whether it carries on the quotation left open by the paragraph before.
    """

    first: int
    last: int
    closed: bool
    goes_on: bool


@dataclass(frozen=True, slots=True)
class Quotations:
    """The quotations of many documents.

    Attributes
    ----------
    spans : list of Quotation
    number : ndarray of int, shape (T,)
        Position in ``spans`` of the quotation that each token stands in, -1 outside of any.
    """

    spans: list[Quotation]
    number: Ints

    @property
    def inside(self) -> npt.NDArray[np.bool_]:
        """Whether each token stands in a quotation, shape (T,)."""
        return self.number >= 0


def find_quotations(tokens: Tokens, texts: Sequence[str]) -> Quotations:
    """Find the quotations in the tokens of documents."""
    spans: list[Quotation] = []
    paragraph_of = tokens.sentence_paragraph[tokens.sentence]
    marks = [i for i, word in enumerate(tokens.words) if word in MARKS]
    ends = np.searchsorted(paragraph_of, paragraph_of[marks], side="right").tolist() if marks else []
    starts = np.searchsorted(paragraph_of, paragraph_of[marks], side="left").tolist() if marks else []
    documents = tokens.document[marks].tolist() if marks else []
    closers = _Closers(tokens.words, marks)
    opened: tuple[int, str, bool] | None = None  # first token, family of its mark, whether it goes on
    paragraph = left_open = -1  # where the running paragraph ends; the end of one left with an open quotation
    for i, start, end, document in zip(marks, starts, ends, documents, strict=True):
        if end != paragraph:
            if opened is not None:
                spans.append(Quotation(opened[0], paragraph, False, opened[2]))
                left_open = paragraph
            opened, paragraph = None, end
        word, text = tokens.words[i], texts[document]
        before = text[tokens.start[i] - 1] if tokens.start[i] else " "
        after = text[tokens.end[i]] if tokens.end[i] < len(text) else " "
        family = _family(word)
        single = family == "single"
        if (
            opened is not None
            and opened[1] != family
            and (single or opened[1] != "single")
            and (single or _opens(word, before, after, True) or closers.next_typographic(i) < end)
        ):
            continue  # a quotation within a quotation, or an apostrophe
        if _opens(word, before, after, opened is not None):
            if opened is not None:
                spans.append(Quotation(opened[0], i, False, opened[2]))
            if not single or word == "‘" or closers.closes_single(i, end):
                opened = (i, family, i == start and left_open == start)
        elif opened is not None and not (single and before.isalnum() and closers.closes_single_after_stop(i, end)):
            spans.append(Quotation(opened[0], i + 1, True, opened[2]))
            opened = None
    if opened is not None:
        spans.append(Quotation(opened[0], paragraph, False, opened[2]))
    number = np.full(len(tokens), -1, np.int64)
    for position, span in enumerate(spans):
        number[span.first : span.last] = position
    return Quotations(spans, number)


class _Closers:
    """Looks ahead for closing marks, in logarithmic time."""

    def __init__(self, words: Sequence[str], marks: Sequence[int]) -> None:
        self._typographic = [i for i in marks if words[i] == "”"]
        self._single_opening = [i for i in marks if words[i] == "‘"]
        self._single = [i for i in marks if words[i] in ("'", "’")]
        self._single_after_stop = [i for i in self._single if i and words[i - 1] in _STOPS]

    def next_typographic(self, i: int) -> float:
        """The next typographic closing mark behind token ``i``; infinity without one."""
        return _next(self._typographic, i)

    def closes_single(self, i: int, end: int) -> bool:
        """Whether a single closing mark comes before ``end``, and before a single opening one."""
        return _next(self._single, i) < min(end, _next(self._single_opening, i))

    def closes_single_after_stop(self, i: int, end: int) -> bool:
        """The same of a closing mark behind a full stop or a comma."""
        return _next(self._single_after_stop, i) < min(end, _next(self._single_opening, i))


def _next(positions: Sequence[int], i: int) -> float:
    at = bisect_right(positions, i)
    return positions[at] if at < len(positions) else math.inf


def _family(word: str) -> str:
    if word in _SINGLE:
        return "single"
    return "straight" if word in ('"', "''") else "typographic"


def _opens(word: str, before: str, after: str, is_open: bool) -> bool:
    if word in _OPENING:
        # Some use an opening mark to close with.
        return not (is_open and after.isspace() and not before.isspace())
    if word in _CLOSING or word == "’":
        return False
    if before.isspace() or before in "([—–-“\"'‘":
        return not (after.isspace() and is_open)
    return False
