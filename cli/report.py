"""A scored article for a person at a terminal."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import click

from model.document import ScoredDocument, ScoredSentence, Span, Summary
from model.labels import ANONYMOUS, LABELS, NAMED, OFFICIAL, UNSOURCED
from model.policy import HOLD, NOTE, PASS, WARN, Judgement
from model.standards import STANDARDS

TINTS: dict[str, dict[str, Any]] = {
    NAMED: {"fg": "green"},
    OFFICIAL: {"fg": "cyan"},
    ANONYMOUS: {"fg": "yellow"},
    UNSOURCED: {"fg": "magenta"},
}
GRAVITY: dict[str, dict[str, Any]] = {
    PASS: {"fg": "green"},
    NOTE: {},
    WARN: {"fg": "yellow", "bold": True},
    HOLD: {"fg": "red", "bold": True},
}
BOILERPLATE = {"dim": True}
SOURCE = {"bold": True, "underline": True}
CUE = {"underline": True}

BAR = 20
NARROWEST = 24  # text is never set narrower than this, however narrow the terminal

# Blanks of every kind, and what would steer a terminal instead of being shown on it.
_UNPRINTABLE = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def render(name: str, document: ScoredDocument, judgement: Judgement, *, width: int, colour: bool) -> str:
    """The report of one article.

    Parameters
    ----------
    name : str
        What to call the article.
    document : ScoredDocument
        Scored with ``explain``.
    judgement : Judgement
        What a policy says of it.
    width : int
        Columns of the terminal.
    colour : bool
        Whether to style with ANSI codes. Without them the evidence stands in brackets; labels are always in words.

    Returns
    -------
    str
        Lines; the last is empty, to part the report from the next.
    """
    pen = _Pen(width, colour)
    lines = [
        pen.paint(_printable(name), bold=True),
        *_head(document.summary, pen),
        *_verdict(judgement, pen),
        "",
        *_body(document, pen),
        "",
    ]
    return "\n".join(lines)


@dataclass(frozen=True)
class _Mark:
    """A stretch of a line that stands out: by its style, or without colours by its brackets."""

    start: int
    end: int
    style: dict[str, Any]
    brackets: str


@dataclass(frozen=True)
class _Pen:
    width: int
    colour: bool

    def paint(self, text: str, **style: Any) -> str:
        return click.style(text, **style) if self.colour else text

    def paragraph(self, margin: str, text: str, style: dict[str, Any], marks: list[_Mark]) -> Iterator[str]:
        """Set ``text`` in lines beside ``margin``, which stands before the first of them."""
        if not self.colour:
            for mark in sorted(marks, key=lambda mark: -mark.start):
                marked = mark.brackets[0] + text[mark.start : mark.end] + mark.brackets[1]
                text = text[: mark.start] + marked + text[mark.end :]
        end = 0
        room = max(self.width - len(margin), NARROWEST)
        for number, line in enumerate(textwrap.wrap(text, room, break_on_hyphens=False)):
            start = text.index(line, end)
            end = start + len(line)
            edge = margin if number == 0 else " " * len(margin)
            yield self.paint(edge, **style) + (self._styled(text, start, end, style, marks) if self.colour else line)

    def _styled(self, text: str, start: int, end: int, style: dict[str, Any], marks: list[_Mark]) -> str:
        cuts = {start, end} | {cut for mark in marks for cut in (mark.start, mark.end) if start < cut < end}
        pieces = []
        for first, last in pairwise(sorted(cuts)):
            piece = dict(style)
            for mark in marks:
                if mark.start <= first < mark.end:
                    piece |= mark.style
            pieces.append(self.paint(text[first:last], **piece))
        return "".join(pieces)


def _head(summary: Summary, pen: _Pen) -> Iterator[str]:
    if summary.strength is None:
        yield "strength   none: no sentence to judge"
    else:
        filled = round(BAR * summary.strength)
        yield f"strength   {'█' * filled}{'░' * (BAR - filled)} {summary.strength:.2f}"
    aside = f", {summary.boilerplate} of them boilerplate" if summary.boilerplate else ""
    yield f"sentences  {summary.sentences}{aside}"
    for label in LABELS:
        yield pen.paint(f"  {label:<10}{summary.counts[label]:>5}{summary.shares[label]:>6.0%}", **TINTS[label])
    run = summary.longest_unsourced_run
    if run is not None:
        yield f"longest unsourced run: {run.length} ({run.first + 1}–{run.last + 1})"
    if summary.sources:
        yield "sources"
    for source in summary.sources:
        name = _printable(source.text)
        places = ", ".join(str(index + 1) for index in source.sentences)
        marks = [_Mark(0, len(name), SOURCE, "[]")]
        yield from pen.paragraph(f"  {source.label:<11}", f"{name} ({places})", TINTS[source.label], marks)


def _verdict(judgement: Judgement, pen: _Pen) -> Iterator[str]:
    yield pen.paint(f"verdict    {judgement.verdict}", **GRAVITY[judgement.verdict])
    for finding in judgement.findings:
        code = finding.flag.code
        text = f"{code} ({_ranges(finding.flag.sentences)}): {STANDARDS[code].message}"
        yield from pen.paragraph(f"  {finding.severity:<11}", text, GRAVITY[finding.severity], [])


def _ranges(indices: Sequence[int]) -> str:
    """Numbers of sentences, a stretch of three or more by its first and last: "1, 2, 5–9"."""
    stretches: list[list[int]] = []
    for index in indices:
        if stretches and index == stretches[-1][-1] + 1:
            stretches[-1].append(index)
        else:
            stretches.append([index])
    return ", ".join(
        f"{stretch[0] + 1}–{stretch[-1] + 1}" if len(stretch) > 2 else ", ".join(str(i + 1) for i in stretch)
        for stretch in stretches
    )


def _body(document: ScoredDocument, pen: _Pen) -> Iterator[str]:
    heading = f"{'#':>3}  {'label':<9}{'strength':>8}{'prob':>6}  "
    yield pen.paint(heading.rstrip() if pen.colour else f"{heading}[source] {{cue}}", **BOILERPLATE)
    end = 0
    for number, sentence in enumerate(document.sentences, start=1):
        if "\n" in document.text[end : sentence.start]:
            yield ""
        end = sentence.end
        margin, style = _margin(number, sentence)
        text = _printable(document.text[sentence.start : sentence.end])
        marks = _mark(sentence, sentence.source, SOURCE, "[]") + _mark(sentence, sentence.cue, CUE, "{}")
        yield from pen.paragraph(margin, text, style, marks)


def _margin(number: int, sentence: ScoredSentence) -> tuple[str, dict[str, Any]]:
    if sentence.label is None or sentence.strength is None or sentence.probabilities is None:
        return f"{number:>3}  boilerplate{'–':>6}{'–':>6}  ", BOILERPLATE
    margin = f"{number:>3}  {sentence.label:<11}{sentence.strength:>6.2f}{max(sentence.probabilities):>6.0%}  "
    return margin, TINTS[sentence.label]


def _mark(sentence: ScoredSentence, span: Span | None, style: dict[str, Any], brackets: str) -> list[_Mark]:
    if span is None:
        return []
    return [_Mark(span.start - sentence.start, span.end - sentence.start, style, brackets)]


def _printable(text: str) -> str:
    """``text`` on one line, character for character, so that offsets into it still hold."""
    return _UNPRINTABLE.sub(" ", text)
