"""Labelled data from annotation tools, turned into articles of the corpus.

Every reader gives texts with labelled spans, in code points; `to_article` lays them over the sentences. A
span named after a label of the codebook, or "boilerplate", labels the sentences that it covers; spans named
"source" and "cue" become marks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model.labels import LABELS, UNSOURCED
from model.scorer import Scorer
from model.segmentation import segment
from training.corpus import LETTERS

_NAMES = {name: name for name in (*LABELS, "boilerplate", "source", "cue")} | {"content": "content"}
_LETTER = {label: letter for letter, label in LETTERS.items()}


class ImportFault(Exception):
    """Data that cannot be imported; the message names the file and the place in it."""


@dataclass(frozen=True, slots=True)
class LabelledSpan:
    """A half-open range of code points with a name, one of `_NAMES`."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A text as an annotation tool has it."""

    id: str
    text: str
    spans: tuple[LabelledSpan, ...]


def read_label_studio(path: Path) -> Iterator[LabelledText]:
    """Read Label Studio's JSON export: tasks with ``labels`` regions over a text.

    The last annotation that was not cancelled counts. Offsets are in code points or in UTF-16 units, as the
    region's own text tells.
    """
    tasks = _json(path.read_text(encoding="utf-8"), path)
    if not isinstance(tasks, list):
        raise ImportFault(f"{path}: not a list of tasks")
    for number, task in enumerate(tasks, start=1):
        with _place(f"{path}: task {number}"):
            text = next(value for value in task["data"].values() if isinstance(value, str))
            annotations = [a for a in task.get("annotations", []) if not a.get("was_cancelled")]
            regions = [r for r in annotations[-1]["result"] if r.get("type") == "labels"] if annotations else []
            spans = [_region(text, r["value"]) for r in regions]
            yield _labelled(str(task.get("id", number)), text, spans)


def read_doccano(path: Path) -> Iterator[LabelledText]:
    """Read doccano's JSON lines: ``label`` lists of [start, end, name], or ``entities`` with offsets."""
    for place, record in _json_lines(path):
        with _place(place):
            if "entities" in record:
                spans = [(e["start_offset"], e["end_offset"], e["label"]) for e in record["entities"]]
            else:
                spans = [(start, end, name) for start, end, name in record.get("label", record.get("labels", []))]
            yield _labelled(str(record.get("id", place.rsplit(":", 1)[1])), record["text"], spans)


def read_prodigy(path: Path) -> Iterator[LabelledText]:
    """Read Prodigy's JSON lines: ``spans`` with start, end and label; answers other than "accept" are passed over."""
    for place, record in _json_lines(path):
        with _place(place):
            if record.get("answer", "accept") != "accept":
                continue
            spans = [(s["start"], s["end"], s["label"]) for s in record.get("spans", [])]
            name = record.get("meta", {}).get("id", place.rsplit(":", 1)[1])
            yield _labelled(str(name), record["text"], spans)


def read_brat(path: Path) -> Iterator[LabelledText]:
    """Read a brat ``.ann`` file and the text beside it: entities Source, Cue and Content, as PARC and PolNeAR have them.

    An attribute of a Source named ``Label`` or ``Type`` gives the label of what it attributes: of the sentences
    of the Content (or of the Cue, or the Source) of the same relation or event. Without relations, the Content
    of the same sentence.
    """
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    entities: dict[str, LabelledSpan] = {}
    labels: dict[str, str] = {}
    links: list[tuple[str, ...]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        with _place(f"{path}:{number}"):
            identifier, _, rest = line.partition("\t")
            kind, _, details = rest.partition("\t")[0].partition(" ")
            if identifier.startswith("T") and kind.lower() in ("source", "cue", "content"):
                places = [int(n) for n in re.findall(r"\d+", details)]
                entities[identifier] = _checked(text, LabelledSpan(min(places), max(places), kind.lower()))
            elif identifier.startswith("A") and kind.lower() in ("label", "type"):
                entity, value = details.split()
                labels[entity] = _named(value)
            elif identifier[:1] in ("R", "E"):
                links.append(tuple(re.findall(r"T\d+", rest)))
    spans = [span for span in entities.values() if span.name in ("source", "cue")]
    for source, label in labels.items():
        linked = {member for link in links if source in link for member in link if member in entities}
        covered = [entities[member] for member in linked | {source} & entities.keys()]
        spans += [LabelledSpan(span.start, span.end, label) for span in covered]
    yield _labelled(path.stem, text, [(s.start, s.end, s.name) for s in spans])


READERS: dict[str, Callable[[Path], Iterator[LabelledText]]] = {
    "label-studio": read_label_studio,
    "doccano": read_doccano,
    "prodigy": read_prodigy,
    "brat": read_brat,
}


def to_article(labelled: LabelledText, genre: str, style: str) -> str:
    """Write a labelled text in the corpus format.

    A sentence takes the label whose spans cover most of it, and is unsourced where none does. Of several
    marks of a kind the first in the sentence stays.

    Raises
    ------
    ImportFault
        If the text has no sentence.
    """
    lines = [f"# id: {labelled.id}", f"# genre: {genre}", f"# style: {style}"]
    end = 0
    bounds = segment(labelled.text)
    if not bounds:
        raise ImportFault(f"{labelled.id}: the text is empty")
    for start, stop in bounds:
        if end and labelled.text[end:start].count("\n") > 1:
            lines.append("")
        label = _label(labelled, start, stop)
        marked = _marked(labelled, start, stop) if label not in (UNSOURCED, "boilerplate") else None
        sentence = labelled.text[start:stop] if marked is None else marked
        lines.append(f"{_LETTER[label]}\t{' '.join(sentence.split())}")
        end = stop
    return "\n".join(lines) + "\n"


def with_proposed_labels(labelled: LabelledText, scorer: Scorer) -> LabelledText:
    """Let a model propose the labels of sentences that are attributed, but not labelled, for checking by hand."""
    proposed = []
    for sentence in scorer.score(labelled.text).sentences:
        here = [s for s in labelled.spans if s.start < sentence.end and sentence.start < s.end]
        if not here or any(s.name in (*LABELS, "boilerplate") for s in here) or sentence.probabilities is None:
            continue
        attributed = dict(zip(LABELS[:-1], sentence.probabilities[:-1], strict=True))
        best = max(attributed, key=attributed.__getitem__)
        proposed.append(LabelledSpan(sentence.start, sentence.end, best))
    return LabelledText(labelled.id, labelled.text, (*labelled.spans, *proposed))


def slug(name: str) -> str:
    """A name as a corpus file may bear."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "article"


def _label(labelled: LabelledText, start: int, end: int) -> str:
    cover = dict.fromkeys((*LABELS, "boilerplate"), 0)
    for span in labelled.spans:
        if span.name in cover:
            cover[span.name] += max(0, min(end, span.end) - max(start, span.start))
    best = max(cover, key=cover.__getitem__)
    return best if cover[best] else UNSOURCED


def _marked(labelled: LabelledText, start: int, end: int) -> str:
    marks: dict[str, LabelledSpan] = {}
    for span in sorted(labelled.spans, key=lambda s: s.start):
        taken = any(span.start < other.end and other.start < span.end for other in marks.values())
        if span.name in ("source", "cue") and start <= span.start < span.end <= end and not taken:
            marks.setdefault(span.name, span)
    pieces, last = [], start
    for span in sorted(marks.values(), key=lambda s: s.start):
        tag = span.name[0]
        pieces += [labelled.text[last : span.start], f"<{tag}>", labelled.text[span.start : span.end], f"</{tag}>"]
        last = span.end
    return "".join([*pieces, labelled.text[last:end]])


class _place:  # noqa: N801
    """Names the place in a file where reading failed."""

    def __init__(self, place: str) -> None:
        self._where = place

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        if isinstance(error, (KeyError, TypeError, ValueError, AttributeError, IndexError, StopIteration)):
            raise ImportFault(f"{self._where}: {error!r}") from error


def _json(text: str, place: Path | str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise ImportFault(f"{place}: not JSON: {error}") from error


def _json_lines(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip():
            record = _json(line, f"{path}:{number}")
            if not isinstance(record, dict):
                raise ImportFault(f"{path}:{number}: not an object")
            yield f"{path}:{number}", record


def _region(text: str, value: dict[str, object]) -> tuple[int, int, str]:
    start, end, quoted = int(str(value["start"])), int(str(value["end"])), value.get("text")
    labels = value["labels"]
    assert isinstance(labels, list)
    if quoted is not None and text[start:end] != quoted:
        units = text.encode("utf-16-le")
        start = len(units[: 2 * start].decode("utf-16-le", "replace"))
        end = len(units[: 2 * end].decode("utf-16-le", "replace"))
        if text[start:end] != quoted:
            raise ValueError(f"the span {start} to {end} is not {quoted!r}")
    return start, end, str(labels[0])


def _labelled(name: str, text: object, spans: list[tuple[int, int, str]]) -> LabelledText:
    if not isinstance(text, str):
        raise TypeError("the text is not a string")
    return LabelledText(
        slug(name), text, tuple(_checked(text, LabelledSpan(start, end, _named(label))) for start, end, label in spans)
    )


def _named(label: str) -> str:
    if label.lower() not in _NAMES:
        raise ValueError(f"no label of the codebook: {label!r} (there are {', '.join(_NAMES)})")
    return _NAMES[label.lower()]


def _checked(text: str, span: LabelledSpan) -> LabelledSpan:
    if not 0 <= span.start < span.end <= len(text):
        raise ValueError(f"no such span: {span.start} to {span.end} in a text of {len(text)}")
    return span
