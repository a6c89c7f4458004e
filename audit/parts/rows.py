"""Rows of the tables, of one article each."""

from __future__ import annotations

import hashlib
from typing import Any

from audit.parts.signatures import signature, text_key
from audit.records import METADATA, Record, Rejection
from model.document import ScoredDocument, Span
from model.labels import LABELS
from model.policy import Judgement

Row = dict[str, Any]


def article_row(record: Record, date: str | None, document: ScoredDocument, judgement: Judgement) -> Row:
    """The row of `audit.tables.ARTICLES`, with the date in ISO form."""
    summary = document.summary
    probabilities = [s.probabilities for s in document.sentences if s.probabilities is not None]
    run = summary.longest_unsourced_run
    return {
        "input": record.place.input,
        "record": record.place.record,
        **{name: record.metadata.get(name) for name in METADATA},
        "date": date,
        "text_sha256": hashlib.sha256(document.text.encode()).hexdigest(),
        "words": len(document.text.split()),
        "sentences": summary.sentences,
        "boilerplate": summary.boilerplate,
        "strength": summary.strength,
        **summary.counts,
        **{f"p_{label}": sum(p[i] for p in probabilities) for i, label in enumerate(LABELS)},
        "longest_unsourced_run": 0 if run is None else run.length,
        "verdict": judgement.verdict,
        "flags": [finding.flag.code for finding in judgement.findings],
    }


def sentence_rows(record: Record, document: ScoredDocument, judgement: Judgement) -> list[Row]:
    """The rows of `audit.tables.SENTENCES`, for a document scored with its evidence."""
    flags: list[list[str]] = [[] for _ in document.sentences]
    for finding in judgement.findings:
        for index in finding.flag.sentences:
            flags[index].append(finding.flag.code)

    def words(span: Span | None) -> str | None:
        return None if span is None else document.text[span.start : span.end]

    return [
        {
            "input": record.place.input,
            "record": record.place.record,
            "sentence": index,
            "start": sentence.start,
            "end": sentence.end,
            "boilerplate": sentence.boilerplate,
            "label": sentence.label,
            "strength": sentence.strength,
            **dict(zip((f"p_{label}" for label in LABELS), sentence.probabilities or (None,) * 4, strict=True)),
            "source": words(sentence.source),
            "cue": words(sentence.cue),
            "flags": flags[index],
        }
        for index, sentence in enumerate(document.sentences)
    ]


def signature_row(record: Record, date: str | None, document: ScoredDocument) -> Row:
    """The row of `audit.parts.signatures.SIGNATURES`, with the date in ISO form."""
    return {
        "input": record.place.input,
        "record": record.place.record,
        "date": date,
        "text": text_key(document.text),
        "signature": signature(document),
    }


def rejected_row(rejection: Rejection) -> Row:
    """The row of `audit.tables.REJECTED`."""
    place = rejection.place
    return {"input": place.input, "record": place.record, "line": place.line, "reason": rejection.reason}
