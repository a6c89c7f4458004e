"""The v1 wire format of a scored document: builtins only, offsets in the unit asked for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from model.document import ScoredDocument, ScoredSentence, Span
from model.labels import LABELS
from model.offsets import OffsetMap
from model.policy import Judgement
from model.standards import STANDARDS

#: Probabilities and strengths are rounded to this many decimals.
DECIMALS = 4
SEGMENT_BREAK = "\n\n"


@dataclass(frozen=True, slots=True)
class Segment:
    """A CMS's block of text: its id, and its text."""

    id: str
    text: str


def join_segments(segments: Sequence[Segment]) -> str:
    """The article that the segments make up, each a paragraph or more of its own."""
    return SEGMENT_BREAK.join(segment.text for segment in segments)


class _Locator:
    """Places spans of the document in the text as it was sent, in the client's unit."""

    def __init__(self, text: str, encoding: str, segments: Sequence[Segment] | None) -> None:
        self._text = text
        self._ids: list[str | None] = [segment.id for segment in segments] if segments else [None]
        texts = [segment.text for segment in segments] if segments else [text]
        self._maps = [OffsetMap(part, encoding) for part in texts]
        self._starts = [0]
        for part in texts[:-1]:
            self._starts.append(self._starts[-1] + len(part) + len(SEGMENT_BREAK))

    def segment(self, start: int) -> str | None:
        return self._ids[self._at(start)]

    def offset(self, position: int, anchor: int) -> int:
        """``position`` within the segment that ``anchor``, a sentence's start, lies in."""
        at = self._at(anchor)
        return self._maps[at](position - self._starts[at])

    def span(self, start: int, end: int) -> dict[str, Any]:
        return {
            "start": self.offset(start, start),
            "end": self.offset(end, start),
            "text": self._text[start:end],
        }

    def _at(self, start: int) -> int:
        return bisect_right(self._starts, start) - 1


def to_wire(
    document: ScoredDocument,
    *,
    offset_encoding: str = "utf-16",
    explain: bool = False,
    segments: Sequence[Segment] | None = None,
) -> dict[str, Any]:
    """The ``offset_encoding``, ``document`` and ``sentences`` members of an answer.

    Parameters
    ----------
    document : ScoredDocument
        Scored from `join_segments` of ``segments``, where those are given.
    offset_encoding : str
        One of `model.offsets.OFFSET_ENCODINGS`.
    explain : bool
        Whether the sentences carry ``evidence``.
    segments : sequence of Segment, optional
        Then each sentence names its segment, and its offsets count from the segment's start.

    Returns
    -------
    dict
        JSON-ready.
    """
    locator = _Locator(document.text, offset_encoding, segments)
    return {
        "offset_encoding": offset_encoding,
        "document": _summary(document, locator),
        "sentences": [_sentence(sentence, locator, explain) for sentence in document.sentences],
    }


def judgement_to_wire(judgement: Judgement) -> dict[str, Any]:
    """The ``policy``, ``flags`` and ``verdict`` members of an answer."""
    return {
        "policy": judgement.policy,
        "flags": [
            {
                "code": finding.flag.code,
                "severity": finding.severity,
                "sentences": list(finding.flag.sentences),
                "message": STANDARDS[finding.flag.code].message,
                "standard": STANDARDS[finding.flag.code].standard,
            }
            for finding in judgement.findings
        ],
        "verdict": judgement.verdict,
    }


def _summary(document: ScoredDocument, locator: _Locator) -> dict[str, Any]:
    summary = document.summary
    run = summary.longest_unsourced_run
    longest = None
    if run is not None:
        first, last = document.sentences[run.first], document.sentences[run.last]
        longest = {
            "length": run.length,
            "first": run.first,
            "last": run.last,
            "start": locator.offset(first.start, first.start),
            "end": locator.offset(last.end, last.start),
        }
    return {
        "strength": _rounded(summary.strength),
        "sentences": summary.sentences,
        "boilerplate": summary.boilerplate,
        "counts": summary.counts,
        "shares": {label: round(share, DECIMALS) for label, share in summary.shares.items()},
        "longest_unsourced_run": longest,
        "sources": [
            {"text": source.text, "label": source.label, "sentences": list(source.sentences)}
            for source in summary.sources
        ],
    }


def _sentence(sentence: ScoredSentence, locator: _Locator, explain: bool) -> dict[str, Any]:
    wire: dict[str, Any] = locator.span(sentence.start, sentence.end)
    wire["segment"] = locator.segment(sentence.start)
    wire["label"] = sentence.label
    wire["strength"] = _rounded(sentence.strength)
    wire["boilerplate"] = sentence.boilerplate
    wire["probabilities"] = None
    if sentence.probabilities is not None:
        wire["probabilities"] = {
            label: round(p, DECIMALS) for label, p in zip(LABELS, sentence.probabilities, strict=True)
        }
    if explain:
        wire["evidence"] = {
            "source": _part(sentence.source, locator),
            "cue": _part(sentence.cue, locator),
        }
    return wire


def _part(span: Span | None, locator: _Locator) -> dict[str, Any] | None:
    if span is None:
        return None
    return locator.span(span.start, span.end)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DECIMALS)
