"""Telling the article from the text around it: what a line looks like, and what stands beside it."""

from __future__ import annotations

import numpy as np

from model.analysis import Analysis
from model.lexicon import bits
from model.linear import sum_by_group
from model.sentences import Column, Columns, Floats, Sentences
from model.words import CAPITAL, CAPITALS, MARK, NUMBER, kind_id

#: A sentence is boilerplate from this probability on: losing a sentence of the article is the worse error.
THRESHOLD = 0.975

_STOP, _COLON = kind_id("stop"), kind_id("colon")
_CLOSING = (kind_id("quote"), kind_id("quote1"), kind_id("close"))
_VERBS = bits("past", "third", "be", "have", "modal")
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
    sentences = Sentences.of(analysis, np.isin(analysis.kind, _CLOSING))
    columns = Columns()
    starts = sentences.before(sentences.paragraph, -1) != sentences.paragraph
    stopped = analysis.kind[sentences.final] == _STOP
    verbs = sentences.sums(analysis.has(_VERBS)) > 0
    prose = stopped & (sentences.words > 7) & verbs
    own: dict[str, Column] = {
        "words": np.log1p(sentences.words),
        "stopped": stopped,
        "prose": prose,
        "alone": starts & sentences.behind(starts, True),
        "short": sentences.words < 5,
    }
    for name, column in own.items():
        columns.add(name, column)
    columns.add("verbs", verbs)
    columns.add("says", sentences.sums(analysis.has(_SAYS)) > 0)
    columns.add("colon", analysis.kind[sentences.last] == _COLON)
    for name, flags in {
        "capitals": np.isin(analysis.shape, (CAPITAL, CAPITALS)),
        "all_capitals": analysis.shape == CAPITALS,
        "numbers": analysis.shape == NUMBER,
        "marks": analysis.shape == MARK,
        "function_words": analysis.has(_FUNCTION),
        "boilerplate_words": analysis.has(_BOILERPLATE),
        "calendar": analysis.has(_CALENDAR),
        "quoted": analysis.quotations.inside,
    }.items():
        columns.add(name, sentences.shares(flags))

    columns.add("start", np.minimum(sentences.index, 20) / 20)
    columns.add("end", np.minimum(sentences.length - sentences.index, 20) / 20)
    columns.add("place", sentences.index / sentences.length)
    columns.add("length", np.log1p(sentences.length))
    columns.add("prose_share", sentences.means(prose))
    columns.add("short_share", sentences.means(own["short"]))
    before, behind = _around(sentences, prose)
    columns.add("prose_before", before > 0)
    columns.add("prose_behind", behind > 0)
    columns.add("prose_around", (before > 0) & (behind > 0))
    columns.add("much_prose_around", (before > 3) & (behind > 3))
    for reach in _REACH:
        for name, column in own.items():
            for side, means in zip(("before", "behind"), _means(sentences, column, reach), strict=True):
                columns.add(f"{name}_{side}_{reach}", means)
    return columns.matrix()


def _around(sentences: Sentences, column: Column) -> tuple[Column, Column]:
    """Sums of a column over all sentences before and behind each, in its document."""
    padded = np.concatenate(([0.0], np.cumsum(column)))
    each = np.arange(len(sentences))
    start = each - sentences.index
    return padded[each] - padded[start], padded[start + sentences.length] - padded[each + 1]


def _means(sentences: Sentences, column: Column, reach: int) -> tuple[Column, Column]:
    """Means of a column over ``reach`` sentences before and behind each, in its document."""
    padded = np.concatenate(([0.0], np.cumsum(column)))
    each = np.arange(len(sentences))
    start = each - sentences.index
    low = np.maximum(start, each - reach)
    high = np.minimum(start + sentences.length, each + 1 + reach)
    return (
        (padded[each] - padded[low]) / np.maximum(each - low, 1),
        (padded[high] - padded[each + 1]) / np.maximum(high - each - 1, 1),
    )


def boilerplate_word_scores(analysis: Analysis, word_scores: Floats) -> Floats:
    """What the words of each sentence add to its score, shape (S, 1): their mean, so that length does not count."""
    tokens = analysis.tokens
    total = sum_by_group(word_scores[analysis.row], tokens.sentence_first)
    mean: Floats = (total / np.diff(tokens.sentence_first)[:, None]).astype(np.float32)
    return mean
