"""Sources that nobody can identify: who they are, how they are described, and why they are not named.

Patterns that an editor can read, no training. They err towards finding nothing.
"""

from __future__ import annotations

import re
from typing import Final

from model.lexicon import bits, lexicon, word_mask

_COUNTED = re.compile(
    r"(?:a|an|one|another|two|three|four|five|six|seven|eight|nine|ten|several|multiple|"
    r"the (?:other|first|second|third)|this|that|his|her|their|its)\b",
    re.IGNORECASE,
)
#: What may be counted and yet be nobody: "one report", "another poll", "two companies", "a crowd".
_NOBODY = bits(
    "documents",
    "documents_plural",
    "speech_nouns",
    "speech_nouns_plural",
    "institutions",
    "institutions_plural",
    "orgs",
    "outlets",
)
_CROWDS: Final = frozenset(
    ("crowd", "group", "majority", "minority", "handful", "number", "coalition", "chorus", "crop", "generation",
     "half", "third", "quarter", "fifth", "media", "outlet", "outlets", "account", "post", "meme", "possible")
)  # fmt: skip
#: People who speak from inside: whoever quotes them has agreed not to name them.
_INSIDE = re.compile(
    r"\b(?:sources?|officials?|diplomats?|aides?|advis[eo]rs?|insiders?|executives?|staffers?|strategists?|"
    r"confidants?|associates?|allies|employees?|lawmakers?|legislators?|(?:former|current) (?:\w+ )?(?:workers?|staff)|"
    r"(?:people|persons?|those|someone) (?:directly )?(?:familiar|close|briefed|involved|privy|aware)|"
    r"(?:people|persons?|those|someone) with (?:\w+ ){0,2}knowledge)\b",
    re.IGNORECASE,
)
#: Too general for anybody to have asked not to be named.
_GENERAL: Final = frozenset(("officials", "executives", "allies", "employees", "lawmakers", "legislators"))

_SOURCE = re.compile(
    r"(?:(?:a|one|the|another|two|three|four|five|several|some|many|multiple|other|our|unnamed|anonymous|second|third)\s+)*"
    r"sources?",
    re.IGNORECASE,
)
_DESCRIBED = re.compile(
    r"\s*(?:,\s*)?(?:who|whom|whose|which|that|with|within|inside|in|at|of|from|close|familiar|briefed|near|on|among|"
    r"involved|working|privy|connected|linked|there|here)\b",
    re.IGNORECASE,
)
#: Words before "sources" that do not describe them: "according to sources", "said sources".
_UNTELLING = bits("say", "write", "find", "accuse", "believe", "ask", "preposition", "conjunction", "to", "that")

_UNNAMED = (
    r"anonymity|anonymous(?:ly)?|unnamed|pseudonym|on (?:deep )?background|off the record|"
    r"\bnames? (?:\w+ )?(?:not )?(?:be |being )?(?:withheld|used|published|disclosed)|"
    r"\b(?:be|being|been|not) (?:named|identified)|\bg(?:i|a)v(?:e|ing) (?:\w+ ){0,2}?names?"
)
_BECAUSE = (
    r"because|since|as (?:he|she|they|it|his|her|their|its|the)|so that|fear\w*|citing|due to|given|owing|in order|"
    r"for (?:legal|security|safety|privacy)|"
    r"to (?:discuss|describe|speak|talk|share|protect|avoid|comment|address|reveal|disclose|preserve|be)"
)
_EXPLAINED = re.compile(rf"(?:{_UNNAMED})\b.{{0,80}}?\b(?:{_BECAUSE})\b", re.IGNORECASE | re.DOTALL)
#: Reasons by themselves.
_REASON = re.compile(
    r"\b(?:authori[sz]ed|permitted|allowed) to (?:speak|talk|comment|discuss|brief|release|disclose|address|give)|"
    r"\bfear(?:s|ed|ing)? (?:\w+ ){0,2}?(?:retaliation|retribution|reprisals?|repercussions)|"
    r"\bfor legal reasons|\b(?:cannot|may not) be (?:named|identified)|"
    r"\breal names?\b|\bnames? (?:has been|have been|was|were|is|are) changed|"
    r"\bsensitivity of\b|\bnon-?disclosure agreement",
    re.IGNORECASE,
)


def is_individual(phrase: str, head: str | None) -> bool:
    """Whether a source phrase speaks of somebody who could have been named.

    "A neighbour", "two people briefed on the talks" and "sources" do; "residents", "critics" and "local media" do not.

    Parameters
    ----------
    phrase : str
        As it stands in the text.
    head : str or None
        The word that it turns on, in lower case.
    """
    if head is None or head in _CROWDS or word_mask(head, lexicon()) & _NOBODY:
        return False
    return _COUNTED.match(phrase) is not None or is_insider(phrase)


def is_insider(phrase: str) -> bool:
    """Whether a source phrase speaks of somebody inside: an official, an aide, people familiar with the matter."""
    return phrase.lower() not in _GENERAL and _INSIDE.search(phrase) is not None


def is_bare(before: str, phrase: str, behind: str) -> bool:
    """Whether a source phrase is "a source" or "sources", and nothing around it tells more.

    Parameters
    ----------
    before, phrase, behind : str
        The sentence up to the phrase, the phrase, and the rest of the sentence.
    """
    if not _SOURCE.fullmatch(phrase) or _DESCRIBED.match(behind):
        return False
    words = before.rsplit(maxsplit=1)
    return not words or not words[-1][-1].isalnum() or bool(word_mask(words[-1], lexicon()) & _UNTELLING)


def explains_anonymity(sentence: str) -> bool:
    """Whether a sentence says why somebody is not named; "on condition of anonymity" alone does not."""
    return _REASON.search(sentence) is not None or _EXPLAINED.search(sentence) is not None
