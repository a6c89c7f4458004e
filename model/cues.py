"""What a cue, the words that attribute, tells of the claim: an accusation, a judgement, hearsay.

Patterns that an editor can read, no training. They err towards finding nothing.
"""

from __future__ import annotations

import re

_ACCUSING = re.compile(
    r"\b(?:accus(?:e|es|ed|ing)|blam(?:e|es|ed|ing)|critici[sz](?:e|es|ed|ing)|condemn(?:s|ed|ing)?|"
    r"denounc(?:e|es|ed|ing)|slam(?:s|med|ming)?|blast(?:s|ed|ing)?|lambast(?:s|es|ed|ing)?|lash(?:es|ed|ing)? out|"
    r"derid(?:e|es|ed|ing)|mock(?:s|ed|ing)?|ridicul(?:e|es|ed|ing)|fum(?:e|es|ed|ing)|scoff(?:s|ed|ing)?|"
    r"savag(?:e|es|ed|ing)|deplor(?:e|es|ed|ing)|decr(?:y|ies|ied|ying)|brand(?:s|ed|ing))\b",
    re.IGNORECASE,
)
_CALLING_NAMES = re.compile(
    r"(?:call(?:s|ed|ing)?|dub(?:s|bed|bing)?|label(?:s|l?ed|l?ing)?|term(?:s|ed|ing)?)\b[^“\"‘]{0,80}\s[“\"‘]|"
    r"(?:describ(?:e|es|ed|ing)|dismiss(?:es|ed|ing)?|depict(?:s|ed|ing)?)\b[^“\"‘]{0,80}\sas\s(?:an?\s)?[“\"‘]|"
    r"liken(?:s|ed|ing)?\b[^“\"‘]{0,80}\sto\s(?:an?\s)?[“\"‘]",
    re.IGNORECASE,
)

_RUMOUR = re.compile(
    r"\b(?:reportedly|allegedly|purportedly|rumou?red|unconfirmed reports?|word has it)\b", re.IGNORECASE
)
_HELD = re.compile(r"\b(?:said|believed|thought|understood|alleged|reported|claimed)\b", re.IGNORECASE)
_BE = re.compile(r"\b(?:is|are|was|were|be|been|being)(?: \w+)?\s*$", re.IGNORECASE)
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being)(?: \w+)? (?:\w+ed|said|told|thought|understood)(?: to| of)?$", re.IGNORECASE
)
_TO = re.compile(r"\s*to\b", re.IGNORECASE)
_BY = re.compile(r"\s*by\b", re.IGNORECASE)
#: How far back from a participle its "is" is looked for, in characters.
_REACH = 40


def accuses(cue: str) -> bool:
    """Whether a cue passes on an accusation: "blamed", "scoffed"."""
    return _ACCUSING.search(cue) is not None


def judges(cue: str, behind: str) -> bool:
    """Whether somebody calls a thing names, in words of his own: "described it as “a farce”".

    Parameters
    ----------
    cue : str
        The words that attribute.
    behind : str
        The rest of the sentence.
    """
    return _CALLING_NAMES.match(cue.rsplit(maxsplit=1)[-1] + behind) is not None


def is_passive(before: str, cue: str) -> bool:
    """Whether what seems the source of a cue is what it speaks of: "executives are accused of".

    Parameters
    ----------
    before, cue : str
        The sentence up to the cue, and the cue.
    """
    return _PASSIVE.search((before + cue)[-_REACH:]) is not None


def is_hearsay(before: str, cue: str, behind: str) -> bool:
    """Whether a cue passes on what is merely said: "reportedly", "is believed to", but not "is believed by".

    Parameters
    ----------
    before, cue, behind : str
        The sentence up to the cue, the cue, and the rest of the sentence.
    """
    if _RUMOUR.search(cue):
        return True
    held = _HELD.search(cue)
    if held is None:
        return False
    rest = cue[held.end() :] + behind
    if _BY.match(rest):
        return False
    return bool(_BE.search((before + cue[: held.start()])[-_REACH:]) or _TO.match(rest))
