"""What an archive is made of: records, which become articles or are rejected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

#: What is known of an article besides its text, where the archive has it.
METADATA: Final = ("id", "outlet", "date", "section", "author", "url", "title")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands in the archive: the key of everything said about it.

    Attributes
    ----------
    input : str
        The file, as the run names it.
    record : int
        Number of the record in the file, from 0, rejected ones counted.
    line : int or None
        Line of the file that the record starts on, from 1, where the file has lines.
    """

    input: str
    record: int
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One article as it stands in the archive, not yet judged fit to score.

    Attributes
    ----------
    place : Place
    content : str
        A text with paragraphs separated by line breaks, or a page or fragment of HTML.
    html : bool
        Which of the two.
    metadata : dict of str to str
        Some of `METADATA`. Dates are as the archive has them.
    """

    place: Place
    content: str
    html: bool
    metadata: dict[str, str]


@dataclass(frozen=True, slots=True)
class Rejection:
    """A record that cannot be scored, and why: a sentence that names no text of the article."""

    place: Place
    reason: str
