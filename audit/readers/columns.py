"""Which column of an archive is what: named by the user, or guessed where the name tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from audit.readers.errors import InputError
from audit.records import METADATA

#: Names that tell what a column is, in lower case and without separators.
GUESSES: Final = {
    "text": ("text", "body", "content", "article", "articlebody", "articletext", "bodytext", "fulltext", "maintext"),
    "html": ("html", "articlehtml", "bodyhtml", "contenthtml", "pagehtml", "rawhtml"),
    "id": ("id", "articleid", "docid", "documentid", "guid", "uuid"),
    "outlet": ("outlet", "source", "publisher", "publication", "newspaper"),
    "date": (
        "date", "datepublished", "pubdate", "publicationdate", "publishdate", "published", "publishedat",
        "publisheddate", "publishedon",
    ),
    "section": ("section", "desk", "category"),
    "author": ("author", "authors", "byline"),
    "url": ("url", "link", "permalink"),
    "title": ("title", "headline"),
}  # fmt: skip

_SEPARATORS: Final = str.maketrans("", "", "_- .")
_SHOWN_NAMES: Final = 30
_SHOWN_LENGTH: Final = 40


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that hold the text or the HTML of an article, and its metadata.

    An empty name stands for no column. None stands for a guess, or once that is made, for none that is known.
    Where both ``text`` and ``html`` are named, the text counts if there is one.
    """

    text: str | None = None
    html: str | None = None
    id: str | None = None
    outlet: str | None = None
    date: str | None = None
    section: str | None = None
    author: str | None = None
    url: str | None = None
    title: str | None = None

    def resolve(self, names: Sequence[str], where: str, *, growing: bool = False) -> Columns:
        """Say which columns of an input these are.

        Parameters
        ----------
        names : sequence of str
            All the columns that the input has.
        where : str
            The input, for the message.
        growing : bool
            Whether rows further on may have more columns.

        Raises
        ------
        InputError
            If a named column is not there, a guess has more than one candidate, or nothing holds the articles.
        """
        chosen: dict[str, str | None] = {}
        for field in GUESSES:
            given = getattr(self, field)
            if given is None and field in ("text", "html") and (self.text or self.html):
                candidates = []  # who names the one does not want the other guessed
            elif given is None:
                candidates = [name for name in names if name.lower().translate(_SEPARATORS) in GUESSES[field]]
            else:
                candidates = [name for name in names if name == given]
                if given and growing and field in METADATA:
                    candidates = [given]
                elif given and not candidates:
                    raise InputError(f"{where}: no column is named '{_shown([given])}'; there are: {_shown(names)}")
            if len(candidates) > 1:
                raise InputError(
                    f"{where}: which column is the {field}: {_shown(candidates)}? Name it with --{field}-column"
                )
            chosen[field] = candidates[0] if candidates else given
        if not chosen["text"] and not chosen["html"]:
            raise InputError(
                f"{where}: which column holds the articles? Name it with --text-column or --html-column; "
                f"there are: {_shown(names)}"
            )
        if self.text is None and self.html is None and chosen["text"] and chosen["html"]:
            raise InputError(
                f"{where}: the articles may be in '{chosen['text']}' or in '{chosen['html']}': "
                "name one with --text-column or --html-column"
            )
        return Columns(**chosen)

    def with_own_names(self) -> Columns:
        """Let what no column is known for be looked for by the name that it has here."""
        unknown = {name: name for name in METADATA if getattr(self, name) is None}
        if self.text is None and not self.html:
            unknown["text"] = "text"
        return replace(self, **unknown)

    def named(self) -> dict[str, str]:
        """The columns that there are, by what they hold."""
        return {field.name: name for field in fields(self) if (name := getattr(self, field.name))}

    def content_of(self, row: Mapping[str, Any]) -> tuple[object, bool]:
        """Give what stands for an article's text in a row, and whether it is HTML."""
        text = row.get(self.text) if self.text else None
        if not self.html or (isinstance(text, str) and text.strip()):
            return text, False
        html = row.get(self.html)
        return (text, False) if html is None and text is not None else (html, True)

    def metadata_of(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Give the metadata in a row, by the names of `METADATA`."""
        return {name: row.get(column) for name in METADATA if (column := getattr(self, name))}


def _shown(names: Sequence[str]) -> str:
    """The names of columns, for a message. A file without a header may have texts in their place."""
    shown = [name if len(name) <= _SHOWN_LENGTH else f"{name[:_SHOWN_LENGTH]}…" for name in names[:_SHOWN_NAMES]]
    more = [f"and {len(names) - _SHOWN_NAMES} more"] if len(names) > _SHOWN_NAMES else []
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in ", ".join(shown + more))
