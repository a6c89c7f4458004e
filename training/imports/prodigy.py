"""Prodigy's JSONL export."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from training.imports.labelled import LabelledText, json_lines, labelled_span, labelled_text, reading


def read_prodigy(path: Path) -> Iterator[LabelledText]:
    """Read ``spans`` with start, end and label; answers other than "accept" are passed over."""
    for number, record in json_lines(path):
        place = f"{path}:{number}"
        with reading(place):
            if record.get("answer", "accept") != "accept":
                continue
            text = record["text"]
            spans = [labelled_span(text, s["start"], s["end"], s["label"]) for s in record.get("spans", [])]
            labelled = labelled_text(path, place, record.get("meta", {}).get("id", number), text, spans)
        yield labelled
