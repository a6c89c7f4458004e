"""The team's lexicons: what is known of a word before any training.

Each file in ``lexicons/`` is a class of words. Its first line says what the class is; the rest are words,
divided by white space. In the files of verbs an entry may give irregular forms, ``write:wrote/written``
(past, participle), in the files of nouns an irregular plural, ``man:men``. An entry with a capital letter
matches only as written; the others match in any case.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final

VERBS: Final = ("say", "accuse", "believe", "find", "write", "ask", "thin", "act")
NOUNS: Final = ("roles", "institutions", "documents", "speech_nouns")
#: Plain lists, one bit each.
PLAIN: Final = (
    "groups", "unique_offices", "spokes", "official_people", "hearsay", "cue_phrases", "titles", "suffixes", "orgs",
    "outlets", "places", "demonyms", "calendar", "anonymity", "boilerplate", "first_names", "surnames",
)  # fmt: skip
#: Closed classes, named in function_words.txt, one bit each.
FUNCTION: Final = (
    "pronoun_person", "pronoun_plural", "pronoun_thing", "pronoun_first", "pronoun_other", "definite", "indefinite",
    "possessive", "be", "have", "do", "modal", "negation", "preposition", "conjunction", "that", "to",
)  # fmt: skip
#: Forms of the verbs above.
FORMS: Final = ("base", "third", "past", "participle", "gerund")
PLURALS: Final = tuple(f"{name}_plural" for name in NOUNS)

CLASSES: Final = (*VERBS, *NOUNS, *PLURALS, *PLAIN, *FUNCTION, *FORMS)
BIT: Final = {name: 1 << position for position, name in enumerate(CLASSES)}
assert len(CLASSES) <= 64  # they share an unsigned 64-bit integer

_VOWELS = "aeiou"
#: Longer verbs that are stressed on their last syllable, or double an l as the British do.
_DOUBLING: Final = frozenset((
    "admit", "commit", "submit", "permit", "omit", "emit", "transmit", "refer", "infer", "confer", "defer",
    "prefer", "deter", "incur", "concur", "occur", "recur", "rebut", "propel", "compel", "expel", "repel",
    "dispel", "extol", "quit", "quiz", "acquit", "regret", "begin", "forget", "upset", "equip", "cancel", "signal",
    "travel", "counsel", "label", "model", "level", "quarrel", "marvel", "tunnel", "unravel",
))  # fmt: skip


def bits(*classes: str) -> int:
    """The mask of the named classes."""
    return sum(BIT[name] for name in classes)


@cache
def lexicon() -> dict[str, int]:
    """Map each known word to the mask of its classes.

    Words of lower-case entries are keyed in lower case, capitalised entries as written and in capitals.
    """
    words: dict[str, int] = defaultdict(int)
    for name in VERBS:
        for entry in _entries(f"verbs_{name}"):
            for form, word in _verb_forms(entry):
                words[word] |= BIT[name] | BIT[form]
    for name in NOUNS:
        for entry in _entries(name):
            noun, _, plural = entry.partition(":")
            words[noun] |= BIT[name]
            words[plural or _plural(noun)] |= BIT[f"{name}_plural"]
    for name in PLAIN:
        for entry in _entries(name):
            words[entry] |= BIT[name]
            if entry[0].isupper():
                words[entry.upper()] |= BIT[name]
    for line in _lines("function_words"):
        name, _, members = line.partition(":")
        for word in members.split():
            words[word] |= BIT[name]
    return dict(words)


def word_mask(word: str, known: Mapping[str, int]) -> int:
    """The mask of a word as it stands in a text ("US" is a place, "us" a pronoun)."""
    word = word.replace("’", "'")
    mask = known.get(word, 0)
    if mask and word.isupper() and len(word) > 1:
        return mask
    return mask | known.get(word.lower(), 0)


@cache
def digest() -> str:
    """SHA-256 of all lexicon files, to tell whether a model was trained with these."""
    files = sorted((resources.files("model") / "lexicons").iterdir(), key=lambda path: path.name)
    sha = hashlib.sha256()
    for path in files:
        if path.name.endswith(".txt"):
            sha.update(path.name.encode() + b"\0" + path.read_bytes())
    return f"sha256:{sha.hexdigest()}"


def _lines(name: str) -> list[str]:
    text = (resources.files("model") / "lexicons" / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _entries(name: str) -> list[str]:
    return [entry.replace("’", "'") for line in _lines(name) for entry in line.split()]


def _verb_forms(entry: str) -> list[tuple[str, str]]:
    verb, _, irregular = entry.partition(":")
    past, _, participle = irregular.partition("/")
    past = past or _past(verb)
    return [
        ("base", verb),
        ("third", _plural(verb)),
        ("past", past),
        ("participle", participle or past),
        ("gerund", _gerund(verb)),
    ]


def _plural(word: str) -> str:
    if word.endswith(("s", "x", "z", "ch", "sh", "go", "do", "veto", "echo")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    return word + "s"


def _doubles(word: str) -> bool:
    """Whether the last consonant is doubled before -ed and -ing (plan, slam, admit, but not visit)."""
    if word in _DOUBLING:
        return True
    return (
        len(word) in (3, 4, 5)
        and word[-1] not in "aeiouwxyh"
        and word[-2] in _VOWELS
        and sum(letter in _VOWELS for letter in word) == 1
    )


def _past(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ied"
    return verb + (verb[-1] if _doubles(verb) else "") + "ed"


def _gerund(verb: str) -> str:
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith("ee"):
        return verb[:-1] + "ing"
    return verb + (verb[-1] if _doubles(verb) else "") + "ing"
