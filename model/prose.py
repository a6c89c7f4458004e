"""What kind of line a sentence is: prose or not, a whole quotation, one that points to somebody."""

from __future__ import annotations

import re
from typing import Final

#: Shorter lines may be headings, entries of a list, exclamations.
_LEAST_WORDS: Final = 8
_STOPS: Final = (".", "!", "?", "…")
_CLOSERS: Final = "\"'”’)]»"
_QUOTATION = re.compile(r"[\"“‘'«]\s?[A-Z].*[.!?,…]\s?[\"”’'»]", re.DOTALL)
_NAME = re.compile(r"(?<=[\w,;’'] )[A-Z][\w’'-]+")
_PERSON = re.compile(r"\b(?:he|she|they|i|we|his|her|their|my|our|who|it)\b", re.IGNORECASE)


def is_prose(text: str) -> bool:
    """Whether a line is a sentence rather than a heading, a score or an entry of a list."""
    return len(text.split()) >= _LEAST_WORDS and text.rstrip(_CLOSERS).endswith(_STOPS)


def is_whole_quotation(text: str) -> bool:
    """Whether a text stands from its first to its last word in quotation marks, and ends as speech does."""
    return _QUOTATION.fullmatch(text.strip()) is not None


def points_to_somebody(text: str) -> bool:
    """Whether a sentence has a name or a pronoun, or leads on with a colon: it may tell who speaks beside it."""
    return text.rstrip().endswith(":") or _NAME.search(text) is not None or _PERSON.search(text) is not None
