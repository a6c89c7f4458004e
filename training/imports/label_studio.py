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
            labelled = labelled_text(path, place, task.get("id", number), text, _spans(text, regions))
        yield labelled


def _text(data: dict[str, Any]) -> str:
    """The text of a task: the datum that is called so, or the only string."""
    strings = [value for value in data.values() if isinstance(value, str)]
    if "text" not in data and len(strings) != 1:
        raise ValueError("which of its data is the text? Call it 'text'")
    text: str = data["text"] if "text" in data else strings[0]
    return text


def _spans(text: str, regions: list[dict[str, Any]]) -> list[LabelledSpan]:
    """The regions' spans. Offsets are in code points or in UTF-16 units: the regions' copies of the text tell which."""
    units = text.encode("utf-16-le")
    in_utf16 = [
        region | {name: len(units[: 2 * region[name]].decode("utf-16-le", "replace")) for name in ("start", "end")}
        for region in regions
    ]
    odd = [region for region in regions if not _fits(text, region)]
    if odd and not all(_fits(text, region) for region in in_utf16):
        raise ValueError(f"{odd[0]['text']!r} is not what stands at {odd[0]['start']} to {odd[0]['end']}")
    return [labelled_span(text, r["start"], r["end"], r["labels"][0]) for r in (in_utf16 if odd else regions)]


def _fits(text: str, region: dict[str, Any]) -> bool:
    """Whether a region's copy of the text, where it has one, is what stands at its offsets."""
    found = text[region["start"] : region["end"]]
    return "text" not in region or (found == region["text"] and len(found) == region["end"] - region["start"])
