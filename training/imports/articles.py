"""Writing labelled texts in the corpus format."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from model.corpus_format import LETTERS, CorpusError
from model.labels import LABELS, UNSOURCED
from model.scorer import Scorer
from model.segmentation import segment
from training.corpus import parse_article
from training.imports.labelled import PARTS, SENTENCE_LABELS, ImportFileError, LabelledSpan, LabelledText

_LETTER = {label: letter for letter, label in LETTERS.items()}


def to_article(labelled: LabelledText, genre: str, style: str) -> str:
    """Write a labelled text in the corpus format.

    A sentence takes the label whose spans cover most of it, and is unsourced where there are none. Of several
    marks of a kind the first in the sentence stays. Every line of the text is a paragraph.

    Raises
    ------
    ImportFileError
        If a sentence has a source, a cue or content, but no label, or the text cannot be told from marks.
    """
    lines = [f"# id: {labelled.id}", f"# genre: {genre}", f"# style: {style}"]
    last = 0
    for start, end in segment(labelled.text):
        gap = labelled.text[last:start]
        if last and gap != "".join(gap.splitlines()):
            lines.append("")
        last = end
        here = [span for span in labelled.spans if span.start < end and start < span.end]
        label = _label(here, start, end)
        if label is None and any(span.name in PARTS for span in here):
            raise ImportFileError(
                f"{labelled.place}: {labelled.text[start:end]!r} is attributed, but has none of the labels "
                f"{', '.join(LABELS)}: label it, or let the model propose (--propose)"
            )
        label = label or UNSOURCED
        marks = [] if label in (UNSOURCED, "boilerplate") else _marks(here, start, end)
        lines.append(f"{_LETTER[label]}\t{' '.join(_marked(labelled.text, start, end, marks).split())}")
    article = "\n".join(lines) + "\n"
    try:
        parse_article(article, Path(f"{labelled.id}.txt"))
    except CorpusError as error:
        raise ImportFileError(f"{labelled.place}: {error.faults[0].message}") from error
    return article


def with_proposed_labels(labelled: LabelledText, scorer: Scorer) -> LabelledText:
    """Let a model propose the labels of sentences that are attributed, but not labelled, for checking by hand."""
    proposed = []
    for sentence in scorer.score(labelled.text).sentences:
        names = {s.name for s in labelled.spans if s.start < sentence.end and sentence.start < s.end}
        if names.isdisjoint(PARTS) or not names.isdisjoint(SENTENCE_LABELS):
            continue
        label = UNSOURCED  # what the model takes for boilerplate
        if sentence.probabilities is not None:
            label = max(zip(sentence.probabilities[:-1], LABELS[:-1], strict=True))[1]
        proposed.append(LabelledSpan(sentence.start, sentence.end, label))
    return replace(labelled, spans=(*labelled.spans, *proposed))


def _label(spans: list[LabelledSpan], start: int, end: int) -> str | None:
    cover = dict.fromkeys(SENTENCE_LABELS, 0)
    for span in spans:
        if span.name in cover:
            cover[span.name] += min(end, span.end) - max(start, span.start)
    best = max(cover, key=cover.__getitem__)
    return best if cover[best] else None


def _marks(spans: list[LabelledSpan], start: int, end: int) -> list[LabelledSpan]:
    """The first source and the first cue that stand whole in a sentence and apart from each other."""
    marks: list[LabelledSpan] = []
    for span in sorted(spans, key=lambda s: s.start):
        apart = all(span.name != other.name and other.end <= span.start for other in marks)
        if span.name in ("source", "cue") and start <= span.start and span.end <= end and apart:
            marks.append(span)
    return marks


def _marked(text: str, start: int, end: int, marks: list[LabelledSpan]) -> str:
    pieces = []
    for mark in marks:
        tag = mark.name[0]
        pieces += [text[start : mark.start], f"<{tag}>", text[mark.start : mark.end], f"</{tag}>"]
        start = mark.end
    return "".join([*pieces, text[start:end]])
