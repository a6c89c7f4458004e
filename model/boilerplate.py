"""Telling the article from the text around it: what a line looks like, and what stands beside it."""

from __future__ import annotations

import numpy as np

from model.analysis import Analysis
from model.features import SentenceColumns
from model.lexicon import bits
from model.linear import Floats, sum_by_group
from model.words import CAPITAL, CAPITALS, MARK, NUMBER, kind_id

#: A sentence is boilerplate from this probability on: losing a sentence of the article is the worse error.
THRESHOLD = 0.65

_FORMS = bits("past", "third", "be", "have", "modal")
_BOILERPLATE = bits("boilerplate")
_CALENDAR = bits("calendar")
_FUNCTION = bits(
    "preposition", "definite", "indefinite", "conjunction", "pronoun_person", "pronoun_plural", "pronoun_thing"
)
_SAYS = bits("say", "accuse", "believe", "find", "write")
#: How far to look at neighbouring lines, in sentences.
_REACH = (1, 3, 8)


def boilerplate_features(analysis: Analysis) -> Floats:
    """Dense features of each sentence, for telling boilerplate, shape (S, n)."""
    tokens = analysis.tokens
    count = tokens.sentences
    columns = SentenceColumns()
    document = tokens.sentence_document
    each = np.arange(count)
    first, last = tokens.sentence_first[:-1], tokens.sentence_first[1:] - 1

    def share(flags: np.ndarray) -> np.ndarray:
        return np.bincount(tokens.sentence, weights=flags, minlength=count) / words

    is_word = analysis.shape != MARK
    words = np.maximum(np.bincount(tokens.sentence, weights=is_word, minlength=count), 1)
    quote = np.isin(analysis.kind, (kind_id("quote"), kind_id("quote1"), kind_id("close")))
    final = np.where(quote[last] & (last > first), last - 1, last)
    stopped = analysis.kind[final] == kind_id("stop")
    starts = np.concatenate(([True], tokens.sentence_paragraph[1:] != tokens.sentence_paragraph[:-1]))
    alone = starts & np.concatenate((starts[1:], [True]))
    verbs = share(analysis.has(_FORMS)) > 0
    own = {
        "words": np.log1p(words),
        "stopped": stopped,
        "prose": stopped & (words > 7) & verbs,
        "alone": alone,
        "short": words < 5,
    }
    for name, column in own.items():
        columns.add(name, column)
    columns.add("verbs", verbs)
    columns.add("says", share(analysis.has(_SAYS)) > 0)
    columns.add("capitals", share(np.isin(analysis.shape, (CAPITAL, CAPITALS))))
    columns.add("all_capitals", share(analysis.shape == CAPITALS))
    columns.add("numbers", share(analysis.shape == NUMBER))
    columns.add("marks", share(analysis.shape == MARK))
    columns.add("function_words", share(analysis.has(_FUNCTION)))
    columns.add("boilerplate_words", share(analysis.has(_BOILERPLATE)))
    columns.add("calendar", share(analysis.has(_CALENDAR)))
    columns.add("quoted", share(analysis.quotations.inside))
    columns.add("colon", analysis.kind[last] == kind_id("colon"))

    index = each - np.searchsorted(document, document)
    length = np.bincount(document, minlength=int(document.max(initial=0)) + 1)[document]
    prose = own["prose"].astype(float)
    columns.add("start", np.minimum(index, 20) / 20)
    columns.add("end", np.minimum(length - index, 20) / 20)
    columns.add("place", index / length)
    columns.add("length", np.log1p(length))
    columns.add("prose_share", _share_of_document(prose, document))
    columns.add("short_share", _share_of_document(own["short"], document))
    before, behind = _around_in_document(prose, document)
    columns.add("prose_before", before > 0)
    columns.add("prose_behind", behind > 0)
    columns.add("prose_around", (before > 0) & (behind > 0))
    columns.add("much_prose_around", (before > 3) & (behind > 3))
    for reach in _REACH:
        for name, column in own.items():
            for side, values in zip(("before", "behind"), _means(column, document, reach), strict=True):
                columns.add(f"{name}_{side}_{reach}", values)
    return columns.matrix()


def _share_of_document(column: np.ndarray, document: np.ndarray) -> np.ndarray:
    size = int(document.max(initial=0)) + 1
    return (
        np.bincount(document, weights=column, minlength=size) / np.maximum(np.bincount(document, minlength=size), 1)
    )[document]


def _around_in_document(column: np.ndarray, document: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Sums of a column over all sentences before and behind each, in its document."""
    total = np.cumsum(column)
    start = np.searchsorted(document, document)
    end = np.searchsorted(document, document, side="right")
    padded = np.concatenate(([0.0], total))
    before = padded[np.arange(len(column))] - padded[start]
    return before, padded[end] - padded[np.arange(len(column)) + 1]


def _means(column: np.ndarray, document: np.ndarray, reach: int) -> tuple[np.ndarray, np.ndarray]:
    """Means of a column over ``reach`` sentences before and behind each, in its document."""
    padded = np.concatenate(([0.0], np.cumsum(column)))
    each = np.arange(len(column))
    low = np.maximum(np.searchsorted(document, document), each - reach)
    high = np.minimum(np.searchsorted(document, document, side="right"), each + 1 + reach)
    return (
        (padded[each] - padded[low]) / np.maximum(each - low, 1),
        (padded[high] - padded[each + 1]) / np.maximum(high - each - 1, 1),
    )


def boilerplate_word_scores(analysis: Analysis, word_scores: Floats) -> Floats:
    """What the words of each sentence add to its score, shape (S, 1): their mean, so that length does not count."""
    tokens = analysis.tokens
    total = sum_by_group(word_scores[analysis.row], tokens.sentence_first)
    return total / np.maximum(np.diff(tokens.sentence_first), 1)[:, None]
