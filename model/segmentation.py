"""Cutting a text into sentences, by their offsets.

Lines are paragraphs: no sentence runs over a line break. Inside a line sentencex finds the boundaries. It
keeps a quotation in one piece, whereas a sentence of news is what ends with a full stop, so it is shown
the line with its quotation marks blanked out; what it then cuts wrongly is mended here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import sentencex

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
#: Quotation marks, and white space that sentencex does not know. Single ones count beside a full stop or a space.
_BLANK = re.compile(r"[\"“”„«»\xa0\u202f\u2009]|(?<=[.!?…,])['’]+|(?<!\w)['‘]+")
_CLOSERS = "\"”»'’)]"
_MARKS = _CLOSERS + "“„«‘(["
_ONLY_MARKS = re.compile(rf"[\s{re.escape(_MARKS)}]*")

#: Code points that are looked at on either side of a boundary: looking at whole lines takes time squared.
_REACH = 100
_WINDOW = 2000

_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“‘])(?:Mr|Mrs|Ms|Mx|Dr|Prof|Rev|Revd|Fr|St|Ste|Sgt|Cpl|Pte|Pvt|Pfc|Spc|Lt|Col|Gen|Maj|Capt|Cmdr|Cdr|Adm|Brig|Supt"
    r"|Insp|Det|Const|Gov|Sen|Sens|Rep|Reps|Hon|Rt|Cllr|Atty|Asst|Amb|Pres|Supt|Messrs|Mt|Ft|Ald|Engr|Barr|vs|v|No|Nos|Fig|approx|Jan|Feb|Aug"
    r"|Sept|Oct|Nov|Dec|[A-Z])\.$"
)
_CLOCK = re.compile(r"\b[ap]\.m\.$")
_CLOCK_GOES_ON = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:[ECMP][SD]?T|GMT|BST|AEST|IST|local|to)\b"
)
_PLAIN_NO = re.compile(r"\b[Nn]o\.[\"”’']?\s+(?=[“\"‘]?[A-Z])")
#: “Is it safe?” Ms Ruiz asked. One sentence, although it looks like two.
_TRAILING_CUE = re.compile(
    r"(?:(?:[A-Z][\w’'.-]*|[Hh]e|[Ss]he|[Tt]hey|I|[Tt]he|[Aa]n?|one|of|my|his|her|their|[a-z]+)\s+){1,5}?"
    r"(?:said|says|asked|asks|added|adds|told|tells|wrote|writes|tweeted|shouted|yelled|replied|cried|exclaimed|wondered|joked"
    r"|continued|recalled|demanded|explained|quipped|screamed|answered|chanted|posted|responded)\b"
)


def segment(text: str) -> list[tuple[int, int]]:
    """Find the sentences of a text.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of (int, int)
        Half-open spans in code points of ``text``: ascending, not overlapping, without white space at
        either end. Together they cover everything in the text but white space.
    """
    return [
        (line.start() + start, line.start() + end)
        for line in _LINE.finditer(text)
        for start, end in _sentences(line[0])
    ]


def _sentences(line: str) -> Iterator[tuple[int, int]]:
    """Spans of the sentences of one line."""
    start = 0
    for cut in [*_cuts(line), len(line)]:
        piece = line[start:cut]
        stripped = piece.strip()
        if stripped:
            first = start + piece.index(stripped[0])
            yield first, first + len(stripped)
        start = cut


def _cuts(line: str) -> Iterator[int]:
    """Offsets within a line where a sentence ends and another begins."""
    masked = _BLANK.sub(lambda match: " " * len(match[0]), line)
    boundaries = set(_boundaries(masked))
    boundaries.update(match.end() for match in _PLAIN_NO.finditer(line))
    start = 0
    for boundary in sorted(boundaries):
        cut = _between_marks(line, boundary)
        if start < cut < len(line) and _ends_sentence(
            line[max(start, cut - _REACH) : cut].rstrip(), line[cut : cut + _REACH].lstrip()
        ):
            yield cut
            start = cut


def _boundaries(line: str) -> Iterator[int]:
    """What sentencex finds, a window at a time, each from the last boundary on: its time grows by the square."""
    start = 0
    while start < len(line):
        window = line[start : start + _WINDOW]
        starts = [b["start_index"] for b in sentencex.get_sentence_boundaries("en", window)]
        found = [start + inside for inside in starts if inside]
        yield from found
        start = found[-1] if found and len(window) == _WINDOW else start + _WINDOW


def _between_marks(line: str, boundary: int) -> int:
    """Move a boundary so that closing marks stay with what they close, opening ones with what they open."""
    cut = boundary
    while cut > max(0, boundary - _REACH) and (line[cut - 1].isspace() or line[cut - 1] in _MARKS):
        cut -= 1
    while cut < min(len(line), boundary + _REACH) and line[cut] in _CLOSERS:
        cut += 1
    if _ONLY_MARKS.fullmatch(line, cut):
        return len(line)
    return cut


def _ends_sentence(before: str, after: str) -> bool:
    if not after or not any(map(str.isalnum, before)):
        return False
    if _ABBREVIATION.search(before) and (not before.endswith(("No.", "no.")) or after[0].isdigit()):
        return False
    if _CLOCK.search(before) and _CLOCK_GOES_ON.match(after):
        return False
    if before[-1] in _CLOSERS and before.rstrip(_CLOSERS)[-1:] in ("?", "!"):
        return not _TRAILING_CUE.match(after)
    return True
