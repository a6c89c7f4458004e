"""brat's standoff format, with attributions as PARC and PolNeAR have them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from training.imports.labelled import (
    PARTS,
    SENTENCE_LABELS,
    ImportFileError,
    LabelledSpan,
    LabelledText,
    checked_name,
    labelled_span,
    labelled_text,
    read_text,
    reading,
)


def read_brat(path: Path) -> Iterator[LabelledText]:
    """Read an ``.ann`` file and the ``.txt`` file beside it.

    Entities Source, Cue and Content, of one or more fragments, are joined by events or relations. An attribute
    ``Label`` of an entity or an event labels the whole attribution. Other kinds of entity are passed over.
    """
    if path.suffix != ".ann":
        raise ImportFileError(f"{path}: name the .ann file; its text is read from the .txt file beside it")
    text = read_text(path.with_suffix(".txt"))
    parts: dict[str, list[LabelledSpan]] = {}
    labels: dict[str, str] = {}
    attributions: list[set[str]] = []
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        with reading(f"{path}:{number}"):
            identifier, annotation, quoted = [*line.rstrip().split("\t", 2), "", ""][:3]
            kind, _, details = annotation.partition(" ")
            if identifier.startswith("T") and kind.lower() in PARTS:
                parts[identifier] = _fragments(text, details, kind, quoted)
            elif identifier.startswith("A") and kind.lower() == "label":
                target, _, value = details.partition(" ")
                labels[target] = checked_name(value, SENTENCE_LABELS)
            elif identifier.startswith(("E", "R")):
                attributions.append({identifier, *re.findall(r"\bT\d+", annotation)})
    spans = [span for fragments in parts.values() for span in fragments]
    for target, label in labels.items():
        members = {target}.union(*(members for members in attributions if target in members))
        covered = [span for member in sorted(members) for span in parts.get(member, [])]
        spans += [LabelledSpan(span.start, span.end, label) for span in covered]
    with reading(str(path)):
        labelled = labelled_text(path, str(path), path.stem, text, spans)
    yield labelled


def _fragments(text: str, offsets: str, kind: str, quoted: str) -> list[LabelledSpan]:
    """The fragments of an entity: "0 5;12 16", with brat's own copy of what they cover."""
    places = [(int(start), int(end)) for start, end in (fragment.split() for fragment in offsets.split(";"))]
    covered = " ".join(text[start:end] for start, end in places)
    if covered.split() != quoted.split():
        raise ValueError(f"{quoted!r} is not what stands at {offsets} in the text")
    return [labelled_span(text, start, end, kind) for start, end in places]
