"""The source phrase: its head, and what kind of source it speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from model.analysis import Analysis
from model.lexicon import bits
from model.taggers import Spans, hashed
from model.tokens import Ints
from model.words import CAPITAL, CAPITALS, LOWER, MIXED, OUTSIDE, kind_id

#: The word table's columns of the source typer: the head, the first word, the words before and behind the
#: phrase, and every word inside.
POSITIONS: Final = ("head", "first", "before", "behind", "second_behind", "inside", "cue")

_STOPS = [
    kind_id(name)
    for name in (
        "preposition",
        "comma",
        "to",
        "that",
        "pronoun",
        "open",
        "dash",
        "colon",
        "quote",
        "stop",
        "conjunction",
        "be",
        "have",
    )
]
_PRONOUNS = bits("pronoun_person", "pronoun_plural", "pronoun_thing", "pronoun_first")
_ANONYMITY = bits("anonymity")


@dataclass(frozen=True, slots=True)
class Phrases:
    """The source phrases of sentences, as columns of shape (S,); positions are tokens, -1 where missing.

    Attributes
    ----------
    source, cue : Spans
    head : ndarray of int
        The noun that the phrase turns on: "official" in "a senior official at the ministry".
    pronoun : ndarray of bool
        Whether the phrase is a pronoun alone.
    definite : ndarray of bool
        Whether it is a common noun with a definite article: "the official".
    """

    source: Spans
    cue: Spans
    head: Ints
    pronoun: npt.NDArray[np.bool_]
    definite: npt.NDArray[np.bool_]


def find_phrases(analysis: Analysis, cue: Spans, source: Spans) -> Phrases:
    """Look up the heads of source phrases."""
    count = len(analysis.tokens)
    here = np.arange(count)
    stop = np.isin(analysis.kind, _STOPS)
    next_stop = np.minimum.accumulate(np.where(stop, here, count)[::-1])[::-1]
    next_stop = np.concatenate((next_stop, [count, count]))
    found = source.found
    head = np.where(found, np.minimum(next_stop[np.maximum(source.first, 0) + 1], source.last) - 1, -1)
    first = np.maximum(source.first, 0)
    pronoun = found & (source.last - source.first == 1) & analysis.has(_PRONOUNS)[first]
    definite = found & (analysis.kind[first] == kind_id("definite")) & (analysis.shape[head] == LOWER)
    return Phrases(source, cue, head, pronoun, definite)


def type_features(analysis: Analysis, phrases: Phrases) -> tuple[Ints, Ints]:
    """Hashed features of source phrases.

    Returns
    -------
    sentences : ndarray of int, shape (n,)
        The sentence of each feature.
    features : ndarray of int, shape (n,)
    """
    tokens = analysis.tokens
    each = np.arange(tokens.sentences)
    source, cue = phrases.source, phrases.cue
    found = source.found

    def at(position: Ints, column: Ints, outside: int) -> Ints:
        """``column`` at a token of each sentence, ``outside`` beyond its ends."""
        low, high = tokens.sentence_first[:-1], tokens.sentence_first[1:]
        valid = found & (position >= low) & (position < high)
        return np.where(valid, column[np.where(valid, position, 0)], outside)

    kind, word, name = analysis.kind, analysis.hash, analysis.name
    head_kind = at(phrases.head, kind, OUTSIDE)
    head_name = at(phrases.head, name, 0)
    first_kind = at(source.first, kind, OUTSIDE)
    before_head = at(np.where(phrases.head > source.first, phrases.head - 1, -1), kind, OUTSIDE)
    last_kind = at(source.last - 1, kind, OUTSIDE)
    behind = [at(source.last + d, kind, OUTSIDE) for d in range(4)]
    before = at(source.first - 1, kind, OUTSIDE)
    length = np.minimum(source.last - source.first, 6)
    inner = _inside(analysis, source)
    capitals = np.bincount(
        tokens.sentence[inner],
        weights=np.isin(analysis.shape[inner], (CAPITAL, CAPITALS, MIXED)),
        minlength=tokens.sentences,
    ).astype(np.int64)
    possessive = np.bincount(
        tokens.sentence[inner], weights=kind[inner] == kind_id("'s"), minlength=tokens.sentences
    ).astype(np.int64)
    cue_kind = np.where(cue.found, kind[cue.first], OUTSIDE)
    cue_word = np.where(cue.found, word[cue.first], 0)
    anonymity = np.bincount(tokens.sentence, weights=analysis.has(_ANONYMITY), minlength=tokens.sentences).astype(
        np.int64
    )
    missing = (~found).astype(np.int64)
    names = np.bincount(tokens.sentence[inner], weights=name[inner] == 2, minlength=tokens.sentences).astype(np.int64)
    columns = [
        hashed(40, missing, cue_kind),
        hashed(41, missing, cue_word),
        hashed(42, missing, np.minimum(anonymity, 2)),
        hashed(43, head_kind, head_name),
        hashed(44, first_kind, head_kind),
        hashed(45, first_kind, head_kind, head_name, np.minimum(capitals, 3)),
        hashed(46, before_head, head_kind),
        hashed(47, first_kind, last_kind, length),
        hashed(48, behind[0], behind[1], head_name),
        hashed(49, behind[0], behind[1], behind[2], head_name),
        hashed(50, behind[0], behind[2], behind[3], head_name),
        hashed(51, before, head_kind),
        hashed(52, np.minimum(possessive, 1), head_kind, first_kind),
        hashed(53, np.minimum(names, 3), head_kind),
        hashed(54, np.minimum(capitals, 4), length, head_name),
        hashed(55, head_name, cue_kind),
        hashed(56, first_kind, np.minimum(names, 2), at(phrases.head, word, 0)),
    ]
    inner_features = [
        hashed(60, kind[inner]),
        hashed(61, kind[inner], name[inner]),
        hashed(62, kind[inner], analysis.shifted(kind, 1, OUTSIDE)[inner]),
        hashed(63, word[inner], analysis.shifted(word, 1)[inner]),
    ]
    sentences = np.concatenate([np.tile(each, len(columns)), np.tile(tokens.sentence[inner], len(inner_features))])
    return sentences, np.concatenate([*columns, *inner_features])


def type_rows(analysis: Analysis, phrases: Phrases) -> list[tuple[Ints, Ints]]:
    """For each of `POSITIONS` the sentences that have such a word, and the words' rows."""
    tokens, source, cue = analysis.tokens, phrases.source, phrases.cue
    low, high = tokens.sentence_first[:-1], tokens.sentence_first[1:]
    inner = _inside(analysis, source)
    result = []
    for name, position in (
        ("head", phrases.head),
        ("first", source.first),
        ("before", source.first - 1),
        ("behind", source.last),
        ("second_behind", source.last + 1),
        ("inside", None),
        ("cue", cue.first),
    ):
        if position is None:
            result.append((tokens.sentence[inner], analysis.row[inner]))
            continue
        found = cue.found if name == "cue" else source.found
        sentences = np.flatnonzero(found & (position >= low) & (position < high))
        result.append((sentences, analysis.row[position[sentences]]))
    return result


def _inside(analysis: Analysis, spans: Spans) -> Ints:
    """The tokens that stand in the spans."""
    sentence = analysis.tokens.sentence
    here = np.arange(len(analysis.tokens))
    return np.flatnonzero((here >= spans.first[sentence]) & (here < spans.last[sentence]))
