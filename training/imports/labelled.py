"""What every reader gives: texts with named spans; and what every reader needs: faults that name their place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model.labels import LABELS

#: Spans that label the sentences that they cover.
SENTENCE_LABELS = (*LABELS, "boilerplate")
#: Spans that show a sentence to be attributed: who, by what words, and what.
PARTS = ("source", "cue", "content")


class ImportFileError(Exception):
    """Data that cannot be imported; the message names the file and the place in it."""


@dataclass(frozen=True, slots=True)
class LabelledSpan:
    """A half-open range of code points, without white space at either end.

    ``name`` is one of `SENTENCE_LABELS` or `PARTS`.
    """

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A text as an annotation tool has it; ``place`` tells a person where."""

    place: str
    id: str
    text: str
    spans: tuple[LabelledSpan, ...]


def labelled_text(path: Path, place: str, name: object, text: object, spans: Iterable[LabelledSpan]) -> LabelledText:
    """Put a labelled text together.

    ``name`` becomes its id, as a file of the corpus may bear it; a bare number follows the name of its file.

    Raises
    ------
    ValueError
        If the text is no text.
    """
    if not isinstance(text, str) or not text.strip():
        raise ValueError("there is no text")
    text.encode()  # raises on half a surrogate pair, which JSON can spell but no file can hold
    name = str(name)
    return LabelledText(place, slug(f"{path.stem}-{name}" if name.isdigit() else name), text, tuple(spans))


def labelled_span(text: str, start: Any, end: Any, name: Any) -> LabelledSpan:
    """Check a span.

    Raises
    ------
    ValueError
        If it is outside the text, holds nothing, or has a name that means nothing here.
    """
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)):
        raise ValueError(f"no such span: {start!r} to {end!r} in a text of {len(text)}")
    covered = text[start:end]
    if not covered.strip():
        raise ValueError(f"the span {start} to {end} is empty")
    start, end = start + len(covered) - len(covered.lstrip()), start + len(covered.rstrip())
    return LabelledSpan(start, end, checked_name(name, (*SENTENCE_LABELS, *PARTS)))


def checked_name(name: Any, names: tuple[str, ...]) -> str:
    """A span's name in lower case.

    Raises
    ------
    ValueError
        If it is none of ``names``.
    """
    if not isinstance(name, str) or name.lower() not in names:
        raise ValueError(f"unknown label {name!r}: there are {', '.join(names)}")
    return name.lower()


def slug(name: str) -> str:
    """A name as a corpus file may bear it."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "article"


@contextmanager
def reading(place: str) -> Iterator[None]:
    """Tell where reading failed."""
    try:
        yield
    except KeyError as error:
        raise ImportFileError(f"{place}: '{error.args[0]}' is missing") from error
    except ValueError as error:
        raise ImportFileError(f"{place}: {error}") from error
    except (TypeError, AttributeError, IndexError) as error:
        raise ImportFileError(f"{place}: not laid out as this tool does it ({error})") from error


def read_text(path: Path) -> str:
    """Read a file in UTF-8, with its line ends as they are: offsets count them."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ImportFileError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ImportFileError(f"{path}: not UTF-8 (byte {error.start})") from error


def json_lines(path: Path) -> Iterator[tuple[int, Any]]:
    """Read a file with a JSON value a line, with the lines' numbers."""
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if line.strip():
            with reading(f"{path}:{number}"):
                record = json.loads(line)
            yield number, record
