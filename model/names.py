"""Whose name is it? What the article itself shows of its capitalised names: people or bodies."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from model.lexicon import FUNCTION, bits
from model.tokens import Ints, Tokens
from model.words import CAPITAL, CAPITALS, INITIAL, MIXED, NUMBER, kind_id

#: What a token is, as a name.
NO_NAME, UNKNOWN, PERSON, BODY, EITHER = range(5)

_NOT_NAMES = bits("calendar", *FUNCTION)
_TITLES = bits("titles")
_BODIES = bits("suffixes", "orgs", "outlets", "places", "demonyms", "institutions")
_FIRST_NAMES = bits("first_names")
_SURNAMES = bits("surnames")
_ROLES = bits("roles", "unique_offices", "spokes")
_WHO = bits("pronoun_other")


def name_classes(tokens: Tokens, mask: npt.NDArray[np.uint64], shape: Ints, kind: Ints, word_hash: Ints) -> Ints:
    """Tell names of people from names of bodies, by all that the article shows.

    A run of capitalised words is evidence of a person by a title or a given name, by an age or "who"
    behind it; of a body by words such as "Ministry", by "the" before it or "which" behind it. What a
    full name shows counts for every later mention of its last word.

    Parameters
    ----------
    tokens : Tokens
    mask, shape, kind, word_hash : ndarray, shape (T,)
        The tokens' columns of the `model.words.WordTable`.

    Returns
    -------
    ndarray of int, shape (T,)
        One of `NO_NAME`, `UNKNOWN`, `PERSON`, `BODY` and `EITHER` for each token.
    """
    count = len(tokens)
    classes = np.zeros(count, np.int64)
    capital = np.isin(shape, (CAPITAL, CAPITALS, INITIAL, MIXED))
    title = capital & ((mask & np.uint64(_TITLES)) != 0)
    name = capital & ((mask & np.uint64(_NOT_NAMES)) == 0) & ~title
    previous = _before(name, tokens) & name
    first = np.flatnonzero(name & ~previous)
    if not len(first):
        return classes
    run_of = np.cumsum(name & ~previous) - 1  # of every name token
    last = np.zeros(len(first), np.int64)
    np.maximum.at(last, run_of[name], np.flatnonzero(name))
    length = last - first + 1

    def any_in_run(flags: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        return np.bincount(run_of[name], weights=flags[name], minlength=len(first)) > 0

    def at(offset: int, flags: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        """Whether ``flags`` holds ``offset`` tokens before (< 0) or behind (> 0) each run, in its sentence."""
        index = (first if offset < 0 else last) + offset
        inside = np.clip(index, 0, count - 1)
        return (inside == index) & (tokens.sentence[inside] == tokens.sentence[first]) & flags[inside]

    def has(classes: int) -> npt.NDArray[np.bool_]:
        return (mask & np.uint64(classes)) != 0

    comma = kind == kind_id("comma")
    bodies = any_in_run(has(_BODIES))
    given = has(_FIRST_NAMES)[first]
    surname = has(_SURNAMES)[last]
    titled = at(-1, title)
    aged = at(1, comma) & at(2, shape == NUMBER) & at(3, comma | (kind == kind_id("stop")))
    who = at(1, comma) & at(2, has(_WHO))
    described = at(1, comma) & (at(3, has(_ROLES)) | at(2, has(_ROLES)) | at(4, has(_ROLES)))
    which = at(1, comma) & at(2, kind == kind_id("it"))
    definite = at(-1, kind == kind_id("definite"))
    role_before = at(-1, has(_ROLES) & ~title)
    person = (
        2.0 * (given & (length > 1)) + 1.0 * (given & (length == 1)) + 2.0 * titled + 2.0 * aged + 2.0 * who
        + 1.5 * described + 1.5 * role_before + 1.0 * surname
    ) * np.where(bodies & ~titled & ~given, 0.3, 1.0)  # fmt: skip
    body = 2.0 * bodies * ~given + 1.0 * definite + 1.5 * which + 0.5 * (shape[last] == CAPITALS)

    key = tokens.document[last] * (1 << 32) + word_hash[last]
    _, group = np.unique(key, return_inverse=True)
    # Two or three capitalised words alone say little, however often they are repeated.
    full = np.zeros(len(first))
    np.maximum.at(full, group, 0.5 * ((length > 1) & (length < 4) & ~definite))
    person_total = (np.bincount(group, weights=person, minlength=len(first)) + full)[group]
    body_total = np.bincount(group, weights=body)[group]
    run_class = np.full(len(first), UNKNOWN)
    run_class[person_total >= 2] = PERSON
    run_class[body_total >= 1.5] = BODY
    both = (person_total >= 2) & (body_total >= 1.5)
    run_class[both] = np.where(
        person_total > 2 * body_total, PERSON, np.where(body_total > 2 * person_total, BODY, EITHER)
    )[both]
    classes[name] = run_class[run_of[name]]
    return classes


def _before(flags: npt.NDArray[np.bool_], tokens: Tokens) -> npt.NDArray[np.bool_]:
    """Each token's flag of the token before it in its sentence, False at its start."""
    shifted = np.zeros(len(flags), bool)
    shifted[1:] = flags[:-1] & (tokens.sentence[1:] == tokens.sentence[:-1])
    return shifted
