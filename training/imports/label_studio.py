"""Label Studio's JSON export."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from training.imports.labelled import (
    ImportFileError,
    LabelledSpan,
    LabelledText,
    labelled_span,
    labelled_text,
    read_text,
    reading,
)


def read_label_studio(path: Path) -> Iterator[LabelledText]:
    """Read tasks with ``labels`` regions over a text; of several annotations the last that was not cancelled counts."""
    content = read_text(path)
    with reading(str(path)):
        tasks = json.loads(content)
    if not isinstance(tasks, list):
        raise ImportFileError(f"{path}: not a list of tasks")
    for number, task in enumerate(tasks, start=1):
        place = f"{path}: task {number}"
        with reading(place):
            text = _text(task["data"])
            annotations = [a for a in task["annotations"] if not a.get("was_cancelled")]
            regions = [r["value"] for r in annotations[-1]["result"] if r["type"] == "labels"] if annotations else []
            spans = [_region(text, region) for region in regions]
            labelled = labelled_text(path, place, task.get("id", number), text, spans)
        yield labelled


def _text(data: dict[str, Any]) -> str:
    """The text of a task: the datum that is called so, or the only string."""
    strings = [value for value in data.values() if isinstance(value, str)]
    if "text" not in data and len(strings) != 1:
        raise ValueError("which of its data is the text? Call it 'text'")
    text: str = data["text"] if "text" in data else strings[0]
    return text


def _region(text: str, value: dict[str, Any]) -> LabelledSpan:
    """A region's span. Its offsets are in code points or in UTF-16 units: its own copy of the text tells which."""
    start, end, quoted = value["start"], value["end"], value.get("text")
    if quoted is not None and text[start:end] != quoted:
        units = text.encode("utf-16-le")
        start, end = (len(units[: 2 * offset].decode("utf-16-le", "replace")) for offset in (start, end))
        if text[start:end] != quoted:
            raise ValueError(f"{quoted!r} is not what stands at {value['start']} to {value['end']}")
    return labelled_span(text, start, end, value["labels"][0])
