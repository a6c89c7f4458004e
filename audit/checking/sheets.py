"""A sample as it is labelled by hand: articles in the corpus format, and the same sentences as one table in CSV."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from audit.csv_files import write_csv

ARTICLES: Final = "articles"
SHEET: Final = "sentences.csv"
OPEN: Final = "?"
HEADER: Final = ("article", "sentence", "label", "text")
#: What the corpus format would take for marks.
_MARK: Final = re.compile(r"<(/?[sc])>")


@dataclass(frozen=True, slots=True)
class SheetArticle:
    """An article to label.

    Attributes
    ----------
    id : str
    section, outlet : str or None
    sentences : list of (str, bool)
        Each sentence as `printed`, and whether a paragraph begins with it.
    """

    id: str
    section: str | None
    outlet: str | None
    sentences: list[tuple[str, bool]]


def printed(sentence: str) -> str:
    """A sentence on one line, with single spaces, and nothing in it that reads as a mark."""
    return _MARK.sub(r"‹\1›", " ".join(sentence.split()))


def write_sheets(folder: Path, articles: list[SheetArticle]) -> None:
    """Write both forms into the sample's folder."""
    (folder / ARTICLES).mkdir(parents=True)
    for article in articles:
        content = _article(article)
        (folder / ARTICLES / f"{article.id}.txt").write_text(content, encoding="utf-8", newline="\n")
    rows = (
        (article.id, number, OPEN, text)
        for article in articles
        for number, (text, _) in enumerate(article.sentences, start=1)
    )
    write_csv(folder / SHEET, HEADER, rows)


def _article(article: SheetArticle) -> str:
    lines = [
        f"# id: {article.id}",
        f"# genre: {_header(article.section)}",
        f"# style: {_header(article.outlet)}",
    ]
    for number, (text, begins) in enumerate(article.sentences):
        if begins and number:
            lines.append("")
        lines.append(f"{OPEN}\t{text}")
    return "\n".join(lines) + "\n"


def _header(value: str | None) -> str:
    return " ".join((value or "").split()) or "unknown"
