"""Telling texts in other languages than English, of which the model knows nothing."""

from __future__ import annotations

from functools import cache
from typing import Final

from py3langid.langid import MODEL_FILE, LanguageIdentifier

#: Words that are common in English and rare in every other language.
_COMMON: Final = frozenset({
    "the", "and", "of", "to", "that", "with", "from", "were", "said", "has", "they", "their", "but", "not", "who",
    "which", "would", "been", "it", "by", "as",
})  # fmt: skip
#: A text with so large a share of them is in English, or enough of it is: lists of sports results have a tenth.
_ENGLISH_SHARE: Final = 0.08
#: English and what is too close to it to be told from it: Nigerian Pidgin.
_ENGLISH: Final = ("en", "pcm")
#: A sentence of another language gets less than a thousandth of this for English, a list of names ten times as much.
_ENGLISH_PROBABILITY: Final = 0.001
#: Bytes, in UTF-8, of the letters that a text needs to be told at all: a headline may be nothing but foreign names.
_SHORTEST: Final = 50
#: Code points that are looked at; more tell no more.
_SAMPLE: Final = 4000


@cache
def load_identifier() -> LanguageIdentifier:
    """Load what tells languages, some tens of MiB: here, or else when the first text in question comes."""
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def other_language(text: str) -> str | None:
    """Tell the language of a text that is certainly not in English.

    Parameters
    ----------
    text : str
        Without unpaired surrogates.

    Returns
    -------
    str or None
        An ISO 639 code; None for texts in English, in part in English, or too short to tell.
    """
    words = text.lower().split()
    if sum(word in _COMMON for word in words) >= _ENGLISH_SHARE * len(words):
        return None
    sample = text[:_SAMPLE]
    if len("".join(filter(str.isalpha, sample)).encode()) < _SHORTEST:
        return None
    ranking = load_identifier().rank(sample)
    english = sum(probability for language, probability in ranking if language in _ENGLISH)
    return ranking[0][0] if english < _ENGLISH_PROBABILITY else None
