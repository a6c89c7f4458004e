"""What the words tell of sources that nobody can identify: who they are, how they are described, what they say.

Patterns, not training: each is a list that an editor can read. They err towards finding nothing.
"""

from __future__ import annotations

import re
from typing import Final

from model.lexicon import bits, lexicon, word_mask

_COUNTED = re.compile(
    r"(?:a|an|one|another|two|three|four|five|six|seven|eight|nine|ten|a dozen|several|multiple|"
    r"the (?:other|first|second|third)|this|that|his|her|their|its)\b",
    re.IGNORECASE,
)
#: People who speak from inside, and not for themselves: whoever quotes them has agreed not to name them.
_INSIDE = re.compile(
    r"\b(?:sources?|officials?|diplomats?|aides?|advis[eo]rs?|insiders?|executives?|staffers?|strategists?|confidants?|"
    r"associates?|allies|(?:former|current|ex)[ -](?:\w+ )?(?:employees?|workers?|staff)|employees?|lawmakers?|legislators?|"
    r"(?:people|person|persons|those|someone) (?:directly )?(?:familiar|close|briefed|involved|privy|aware|with (?:\w+ ){0,2}knowledge))\b",
    re.IGNORECASE,
)
_GENERAL: Final = frozenset(("officials", "executives", "allies", "employees", "lawmakers", "legislators"))
#: What may be counted and yet be no person: "one report", "another poll", "a crowd", "two companies".
_NO_PEOPLE = bits("documents", "documents_plural", "speech_nouns", "speech_nouns_plural", "institutions",
                  "institutions_plural", "orgs", "outlets")  # fmt: skip
_CROWDS: Final = frozenset(
    "crowd group majority minority handful number coalition chorus crop generation third quarter half fifth media outlet"
    " outlets account post meme caption possible".split()
)

_SOURCE = re.compile(
    r"(?:(?:a|one|the|another|two|three|four|five|several|some|many|multiple|other|our|unnamed|anonymous|second|third)\s+)*"
    r"sources?",
    re.IGNORECASE,
)
_DESCRIBED_BEFORE = re.compile(r"(?P<word>[\w’'-]+)\s+$")
_DESCRIBED_BEHIND = re.compile(
    r"\s*,?\s*(?:who|whom|whose|which|that|with|within|inside|in|at|of|from|close|familiar|briefed|near|on|among|"
    r"involved|working|privy|connected|linked|there|here)\b",
    re.IGNORECASE,
)
_PLAIN_WORDS = bits("say", "write", "find", "accuse", "believe", "ask", "preposition", "conjunction", "to", "that")

_ANONYMITY: Final = (
    r"anonymity|anonymous(?:ly)?|unnamed|pseudonym|on (?:deep )?background|off the record|"
    r"(?:names?|surname|identity|identities|he|she|they|it|who|that) (?:\w+ ){0,3}?(?:not )?(?:be |being |been |was |were )?"
    r"(?:named|identified|withheld|used|published|disclosed|changed)|"
    r"(?:be|being|to be) (?:named|identified)|(?:give|gave|giving) (?:\w+ ){0,2}?names?"
)
_EXPLAINED = re.compile(
    rf"(?:{_ANONYMITY})\b.{{0,80}}?\b(?:because|since|as|so as|so that|for fear|out of fear|fear\w*|citing|due to|given|owing|"
    r"to (?:discuss|describe|speak|talk|share|protect|avoid|comment|address|reveal|disclose|preserve|be)|"
    r"for (?:legal|security|safety|privacy)|in order)\b",
    re.IGNORECASE | re.DOTALL,
)
_REASONS = re.compile(
    r"authori[sz]ed to (?:speak|talk|comment|discuss|brief|release|disclose|address)|"
    r"(?:for|out of) fear of|fear(?:s|ed|ing)? (?:\w+ ){0,2}?(?:retaliation|retribution|reprisals?|repercussions|being (?:sacked|fired))|"
    r"for legal reasons|not (?:\w+ ){0,2}?(?:his|her|their) real names?|names? (?:ha(?:s|ve) been|was|were|is|are) changed|"
    r"(?:because of|given|citing|owing to|due to) the sensitivity|"
    r"(?:permitted|allowed) to (?:speak|talk|give|discuss)|nondisclosure agreement|non-disclosure agreement",
    re.IGNORECASE,
)

_ACCUSING = re.compile(
    r"\b(?:accus(?:e|es|ed|ing)|blam(?:e|es|ed|ing)|critici[sz](?:e|es|ed|ing)|condemn(?:s|ed|ing)?|"
    r"denounc(?:e|es|ed|ing)|slam(?:s|med|ming)?|blast(?:s|ed|ing)?|lambast\w*|lash(?:es|ed|ing)? out|"
    r"derid(?:e|es|ed|ing)|mock(?:s|ed|ing)?|ridicul(?:e|es|ed|ing)|fum(?:e|es|ed|ing)|scoff(?:s|ed|ing)?|"
    r"pillor(?:y|ies|ied)|savag(?:e|es|ed)|deplor(?:e|es|ed|ing)|decr(?:y|ies|ied|ying)|branded)\b",
    re.IGNORECASE,
)
_NAME_CALLING = re.compile(
    r"\b(?:call(?:s|ed|ing)?|dub(?:s|bed|bing)?|label(?:s|l?ed|l?ing)?|term(?:s|ed|ing)?)\b[^“\"‘]{0,80}\s[“\"‘]|"
    r"\b(?:describ(?:e|es|ed|ing)|dismiss(?:es|ed|ing)?|depict(?:s|ed|ing)?)\b[^“\"‘]{0,80}\sas\s(?:\w+\s){0,2}?[“\"‘]|"
    r"\bliken(?:s|ed|ing)?\b[^“\"‘]{0,80}\sto\s(?:\w+\s){0,2}?[“\"‘]",
    re.IGNORECASE,
)

_HEARSAY = re.compile(
    r"\b(?:reportedly|allegedly|purportedly|rumou?red|unconfirmed reports?|word has it)\b",
    re.IGNORECASE,
)
_HELD = re.compile(r"\b(?:said|believed|thought|understood|alleged|reported|claimed)\b", re.IGNORECASE)
_BE = re.compile(r"\b(?:is|are|was|were|be|been|being)(?: \w+)?\s*$", re.IGNORECASE)
_TO = re.compile(r"\s*to\b", re.IGNORECASE)
_BY = re.compile(r"\s*by\b", re.IGNORECASE)


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
    if head is None or head in _CROWDS or word_mask(head, lexicon()) & _NO_PEOPLE:
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
    if not _SOURCE.fullmatch(phrase) or _DESCRIBED_BEHIND.match(behind):
        return False
    word = _DESCRIBED_BEFORE.search(before)
    return word is None or bool(word_mask(word["word"], lexicon()) & _PLAIN_WORDS)


def explains_anonymity(sentence: str) -> bool:
    """Whether a sentence says why somebody is not named."""
    return _REASONS.search(sentence) is not None or _EXPLAINED.search(sentence) is not None


def accuses(cue: str) -> bool:
    """Whether a cue passes on an accusation: "blamed", "scoffed"."""
    return _ACCUSING.search(cue) is not None


def judges(cue: str, behind: str) -> bool:
    """Whether somebody calls a thing names, in his own words: "described it as “a farce”".

    Parameters
    ----------
    cue : str
        The words that attribute.
    behind : str
        The rest of the sentence.
    """
    return _NAME_CALLING.match(cue.split()[-1] + behind) is not None


def is_hearsay(before: str, cue: str, behind: str) -> bool:
    """Whether a cue without a source passes on what is merely said: "reportedly", "is believed to".

    Parameters
    ----------
    before, cue, behind : str
        The sentence up to the cue, the cue, and the rest of the sentence.
    """
    if _HEARSAY.search(cue):
        return True
    held = _HELD.search(cue)
    if held is None:
        return False
    rest = cue[held.end() :] + behind
    if _BY.match(rest):
        return False
    return bool(_BE.search(before + cue[: held.start()]) or _TO.match(rest))
