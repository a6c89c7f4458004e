"""doccano's JSONL export."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from training.imports.labelled import LabelledText, json_lines, labelled_span, labelled_text, reading


def read_doccano(path: Path) -> Iterator[LabelledText]:
    """Read ``label`` as lists of [start, end, name], or ``entities`` where the project has relations too."""
    for number, record in json_lines(path):
        place = f"{path}:{number}"
        with reading(place):
            if "entities" in record:
                spans = [(e["start_offset"], e["end_offset"], e["label"]) for e in record["entities"]]
            else:
                spans = [(start, end, name) for start, end, name in record["label"]]
            text = record["text"]
            labelled = labelled_text(
                path, place, record.get("id", number), text, [labelled_span(text, *span) for span in spans]
            )
        yield labelled
