"""The text of an HTML page or fragment, a paragraph for each block.

A page is reduced to its article by trafilatura. A fragment, an article's body as a CMS keeps it, keeps all its text.
HTML comes from anywhere, so what would take long or lose text is refused before a tree is built: libxml2 cuts off what
is nested too deeply, and takes time squared for the attributes of one element, as trafilatura does for its children.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Final

import trafilatura
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, defs, document_fromstring
from trafilatura.settings import Document

#: Published pages stay far below each of these.
MAX_ELEMENTS: Final = 20_000
MAX_DEPTH: Final = 200
MAX_CHILDREN: Final = 5_000
MAX_ATTRIBUTES: Final = 200

_PAGE: Final = re.compile(r"<(?:!doctype|html|body)\b", re.IGNORECASE)
#: Elements that show no text, or none that is read.
_UNREAD: Final = frozenset({
    "audio", "button", "canvas", "datalist", "iframe", "math", "noscript", "object", "script", "select", "style", "svg",
    "template", "textarea", "title", "video",
})  # fmt: skip
#: Beside those that lxml knows; the last ones are trafilatura's own.
_BLOCKS: Final = frozenset(defs.block_tags) | {
    "body", "caption", "dd", "details", "dialog", "dl", "dt", "figcaption", "figure", "html", "legend", "li", "main",
    "search", "summary", "tr", "head", "item", "list", "quote", "row",
}  # fmt: skip
_CELLS: Final = frozenset({"td", "th", "cell"})
_LINE_BREAKS: Final = frozenset({"br", "lb"})
_SPACE: Final = str.maketrans("\t\n\r\f", "    ")
_RUN: Final = re.compile(r"[ \n]{2,}|\n")

# It quotes pages in what it logs.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL + 1)


class HtmlError(ValueError):
    """HTML that cannot be read; the message says why, and quotes nothing of it."""


def read_html(html: str) -> str:
    """Extract the text of a page's article, or all the text of a fragment.

    Parameters
    ----------
    html : str
        Without unpaired surrogates. It is a page if it has a doctype, an ``html`` or a ``body`` element.

    Returns
    -------
    str
        Blocks with an empty line between them; within a block a newline stands for a line break.

    Raises
    ------
    HtmlError
        If there is no text, or too many or too deeply nested elements, or too many children or attributes of one.
    """
    content = html.encode()
    _check(content)
    try:
        tree = document_fromstring(content, parser=_parser())
    except etree.ParserError:
        raise HtmlError("Holds no text.") from None
    if not _PAGE.search(html):
        text = _text(tree)
        if not text:
            raise HtmlError("Holds no text.")
        return text
    article = trafilatura.bare_extraction(tree, include_comments=False)
    text = _text(article.body) if isinstance(article, Document) else ""
    if not text:
        raise HtmlError("Is a page without the text of an article.")
    return text


def _parser() -> HTMLParser:
    return HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, huge_tree=True)


class _Guard:
    """Watches elements go by while libxml2 reads them, and stops it at the first that is too many."""

    def __init__(self) -> None:
        self.elements = 0
        self.children = [0]  # of each element that is open

    def start(self, _: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        self.children[-1] += 1
        if self.elements > MAX_ELEMENTS:
            raise HtmlError(f"Has more than {MAX_ELEMENTS} elements.")
        if len(self.children) > MAX_DEPTH:
            raise HtmlError(f"Has elements nested more than {MAX_DEPTH} deep.")
        if self.children[-1] > MAX_CHILDREN:
            raise HtmlError(f"Has an element with more than {MAX_CHILDREN} others directly in it.")
        if len(attributes) > MAX_ATTRIBUTES:
            raise HtmlError(f"Has an element with more than {MAX_ATTRIBUTES} attributes.")
        self.children.append(0)

    def end(self, _: str) -> None:
        self.children.pop()

    def close(self) -> None:
        """Part of the interface; there is no result."""


def _check(content: bytes) -> None:
    parser = etree.HTMLParser(target=_Guard(), encoding="utf-8", huge_tree=True)
    parser.feed(content)
    parser.close()


def _text(root: HtmlElement) -> str:
    """The text under an element, by blocks."""
    return _RUN.sub(_narrowed, "".join(_pieces(root))).strip(" \n")


def _pieces(root: HtmlElement) -> Iterator[str]:
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        starts = event == "start"
        yield _boundary(element.tag, starts)
        if not starts:
            yield (element.tail or "").translate(_SPACE)
        elif element.tag in _UNREAD or "hidden" in element.attrib:
            walk.skip_subtree()
        else:
            yield (element.text or "").translate(_SPACE)


def _boundary(tag: str, starts: bool) -> str:
    if tag in _CELLS:
        return " "
    if tag in _BLOCKS:
        return "\n\n"
    return "\n" if starts and tag in _LINE_BREAKS else ""


def _narrowed(run: re.Match[str]) -> str:
    """White space as a browser would show it."""
    breaks = run[0].count("\n")
    return "\n\n" if breaks > 1 else "\n" if breaks else " "
