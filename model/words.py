"""What is known of each distinct word: lexicon classes, shape, and the features of the linear models.

A linear model's score of a token is a sum over the words around it, so the part of the sum that belongs to
a word is computed once per distinct word and then only looked up.
"""

from __future__ import annotations

import threading
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from model.lexicon import BIT, CLASSES, bits, lexicon, word_mask
from model.linear import product
from model.vectors import DIMENSIONS, WordVectors, word_hash

Ints = npt.NDArray[np.int64]

SHAPES = ("lower", "capital", "capitals", "mixed", "number", "mark", "initial", "hyphened")
LOWER, CAPITAL, CAPITALS, MIXED, NUMBER, MARK, INITIAL, HYPHENED = range(len(SHAPES))

_HASHES = 1 << 15
_SUFFIXES = 1 << 10
_CLASS_AT = _HASHES + _SUFFIXES
_SHAPE_AT = _CLASS_AT + len(CLASSES)
#: Where the features that are numbers begin: the word's vector, times `VECTOR_SCALE`.
VECTOR_AT = _SHAPE_AT + len(SHAPES)
VECTOR_SCALE = 3.0
#: Size of the feature space of a word: its hash, its suffix's hash, its lexicon classes, its shape, its vector.
WORD_FEATURES = VECTOR_AT + DIMENSIONS

#: A word's kind, the first of these that fits; kinds make the class n-grams of the taggers.
_KIND_MASKS: tuple[tuple[str, int], ...] = (
    ("cue_phrase", bits("cue_phrases")),
    ("be", bits("be")),
    ("have", bits("have")),
    ("do", bits("do")),
    ("modal", bits("modal")),
    ("negation", bits("negation")),
    ("person", bits("pronoun_person")),
    ("they", bits("pronoun_plural")),
    ("possessive", bits("possessive")),
    ("that", bits("that")),
    ("it", bits("pronoun_thing")),
    ("first", bits("pronoun_first")),
    ("pronoun", bits("pronoun_other")),
    ("definite", bits("definite")),
    ("to", bits("to")),
    ("preposition", bits("preposition")),
    ("conjunction", bits("conjunction")),
    ("hearsay", bits("hearsay")),
    ("calendar", bits("calendar")),
    ("indefinite", bits("indefinite")),
)
_VERB_KINDS = ("say", "accuse", "find", "write", "believe", "ask", "thin", "act")
_FORM_KINDS = ("past", "third", "gerund", "base")
_NAME_KINDS = ("outlets", "orgs", "places", "demonyms", "titles", "suffixes", "first_names", "surnames")
_NOUN_KINDS = (
    "spokes", "official_people", "roles", "roles_plural", "groups", "institutions", "institutions_plural",
    "documents", "documents_plural", "speech_nouns", "speech_nouns_plural", "unique_offices", "anonymity",
)  # fmt: skip
_MARKS = {
    ",": "comma", ".": "stop", "?": "stop", "!": "stop", ":": "colon", ";": "semicolon", "“": "quote", "”": "quote",
    '"': "quote", "''": "quote", "«": "quote", "»": "quote", "‘": "quote1", "’": "quote1", "'": "quote1", "(": "open",
    ")": "close", "[": "open", "]": "close", "—": "dash", "–": "dash", "-": "dash", "--": "dash",
    "…": "stop", "...": "stop",
}  # fmt: skip
_ENDINGS = ("ly", "ing", "ed", "ers", "ors", "ists", "ians", "er", "or", "ist", "ian", "man", "tion", "s")

KINDS: tuple[str, ...] = tuple(
    dict.fromkeys(
        [name for name, _ in _KIND_MASKS]
        + [f"{verb}_{form}" for verb in _VERB_KINDS for form in _FORM_KINDS]
        + list(_NAME_KINDS)
        + list(_NOUN_KINDS)
        + [*dict.fromkeys(_MARKS.values()), "'s", "number", "mark", "capital", "capitals", "mixed"]
        + [f"-{ending}" for ending in _ENDINGS]
        + ["other", "outside"]
    )
)
_KIND = {name: position for position, name in enumerate(KINDS)}
OUTSIDE = _KIND["outside"]

_SHAPE_KINDS = {CAPITAL: "capital", INITIAL: "capital", CAPITALS: "capitals", MIXED: "mixed"}
_VERB_MASKS = [(verb, BIT[verb]) for verb in _VERB_KINDS]
_FORM_MASKS = [(form, BIT[form]) for form in _FORM_KINDS]
_NAME_MASKS = [(name, BIT[name]) for name in _NAME_KINDS]
_NOUN_MASKS = [(name, BIT[name]) for name in _NOUN_KINDS]


def kind_id(name: str) -> int:
    """The number of a kind."""
    return _KIND[name]


def word_shape(word: str) -> int:
    """The number of a word's shape."""
    first = word[0]
    if first.isdigit():
        return NUMBER
    if not first.isalpha():
        return MARK if len(word) < 3 or not any(map(str.isalpha, word)) else MIXED
    if word.islower():
        return HYPHENED if "-" in word else LOWER
    if len(word) == 1 or (len(word) == 2 and word[1] == "."):
        return INITIAL
    if word.isupper():
        return CAPITALS
    return CAPITAL if first.isupper() else MIXED


def word_kind(word: str, mask: int, shape: int) -> int:
    """The number of a word's kind."""
    name = _mark_kind(word, shape) or _lexicon_kind(mask, shape) or _SHAPE_KINDS.get(shape) or _ending_kind(word)
    return _KIND[name]


def _mark_kind(word: str, shape: int) -> str | None:
    if word in _MARKS:
        return _MARKS[word]
    if word in ("'s", "’s"):
        return "'s"
    return {NUMBER: "number", MARK: "mark"}.get(shape)


def _lexicon_kind(mask: int, shape: int) -> str | None:
    if not mask:
        return None
    names = _NAME_MASKS if shape in (CAPITAL, CAPITALS, INITIAL) else ()
    for name, classes in (*names, *_KIND_MASKS, *_NOUN_MASKS):
        if mask & classes:
            return name
    for verb, classes in _VERB_MASKS:
        if mask & classes:
            return f"{verb}_{next((form for form, bit in _FORM_MASKS if mask & bit), 'base')}"
    return None


def _ending_kind(word: str) -> str:
    return next((f"-{ending}" for ending in _ENDINGS if word.endswith(ending) and len(word) > len(ending) + 2), "other")


def word_features(word: str, mask: int, shape: int) -> list[int]:
    """Indices of a word's features, in the space of `WORD_FEATURES`."""
    lower = word.lower()
    features = [word_hash(word) % _HASHES, _SHAPE_AT + shape]
    if len(word) > 4 and shape != MARK:
        features.append(_HASHES + zlib.crc32(lower[-3:].encode()) % _SUFFIXES)
    position = 0
    while mask:
        if mask & 1:
            features.append(_CLASS_AT + position)
        mask >>= 1
        position += 1
    return features


@dataclass(frozen=True, slots=True)
class WordColumns:
    """What is known of distinct words, by row; row 0 stands for "no word".

    Attributes
    ----------
    mask : ndarray of uint64, shape (rows,)
        Lexicon classes.
    shape, kind : ndarray of int, shape (rows,)
    hash : ndarray of int, shape (rows,)
        A 32-bit hash of the word in lower case.
    scores : ndarray of float32, shape (rows, columns)
        Sums of the weights of each word's features.
    """

    mask: npt.NDArray[np.uint64]
    shape: Ints
    kind: Ints
    hash: Ints
    scores: npt.NDArray[np.float32]

    @classmethod
    def empty(cls, rows: int, columns: int) -> WordColumns:
        """Room for words that are still to come."""
        return cls(
            np.zeros(rows, np.uint64),
            np.full(rows, MARK),
            np.full(rows, OUTSIDE),
            np.zeros(rows, np.int64),
            np.zeros((rows, columns), np.float32),
        )

    def enlarged(self, rows: int) -> WordColumns:
        """A copy with room for more words."""
        larger = WordColumns.empty(rows, self.scores.shape[1])
        for field in fields(self):
            column = getattr(self, field.name)
            getattr(larger, field.name)[: len(column)] = column
        return larger


class WordTable:
    """Rows for the distinct words met so far.

    The table grows as words are met; past ``limit`` words it starts afresh, so that its memory is bounded.
    It keeps single words, never their order. It may be used by several threads.

    Parameters
    ----------
    weights : ndarray of float32, shape (WORD_FEATURES, columns), optional
        The word parts of all linear models side by side. Without them, there are no scores.
    vectors : WordVectors, optional
    limit : int
        Number of words past which the table is emptied.
    known : mapping of str to int, optional
        Masks by word, in place of `model.lexicon.lexicon`.
    """

    def __init__(
        self,
        weights: npt.NDArray[np.float32] | None = None,
        vectors: WordVectors | None = None,
        limit: int = 100_000,
        known: Mapping[str, int] | None = None,
    ) -> None:
        self._weights = np.zeros((WORD_FEATURES, 0), np.float32) if weights is None else weights
        self._vectors = WordVectors.empty() if vectors is None else vectors
        self._limit = limit
        self._lexicon = lexicon() if known is None else known
        self._lock = threading.Lock()
        self._clear()

    def _clear(self) -> None:
        self._rows: dict[str, int] = {"": 0}
        self._columns = WordColumns.empty(1024, self._weights.shape[1])

    def look_up(self, words: list[str]) -> tuple[Ints, WordColumns]:
        """Rows of the words, shape (T,), and the columns that they are rows of."""
        with self._lock:
            if len(self._rows) > self._limit:
                self._clear()
            missing = set(words).difference(self._rows)
            if missing:
                self._add(sorted(missing))
            rows = np.fromiter(map(self._rows.__getitem__, words), dtype=np.int64, count=len(words))
            return rows, self._columns

    def _add(self, words: list[str]) -> None:
        first, end = len(self._rows), len(self._rows) + len(words)
        if end > len(self._columns.mask):
            self._columns = self._columns.enlarged(2 * end)
        columns = self._columns
        masks = [word_mask(word, self._lexicon) for word in words]
        shapes = [word_shape(word) for word in words]
        columns.mask[first:end] = np.array(masks, np.uint64)
        columns.shape[first:end] = shapes
        columns.kind[first:end] = list(map(word_kind, words, masks, shapes))
        columns.hash[first:end] = [word_hash(word) for word in words]
        features = list(map(word_features, words, masks, shapes))
        starts = np.cumsum([0, *map(len, features[:-1])])
        columns.scores[first:end] = np.add.reduceat(self._weights[np.concatenate(features)], starts, axis=0)
        columns.scores[first:end] += product(VECTOR_SCALE * self._vectors.of(words), self._weights[VECTOR_AT:])
        self._rows.update(zip(words, range(first, end), strict=True))

    @property
    def words(self) -> list[str]:
        """The words by row."""
        return list(self._rows)
