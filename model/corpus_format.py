"""Labelled articles in the format of data/README.md: what the corpus is made of, and hand checks are written in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

LETTERS = {"N": "named", "O": "official", "A": "anonymous", "U": "unsourced", "B": "boilerplate"}
HEADERS = ("id", "genre", "style")

_MARK = re.compile(r"</?[sc]>")
_HEADER = re.compile(r"#\s*(\w+):\s*(.*\S)\s*$")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*$")


@dataclass(frozen=True)
class Fault:
    """One thing wrong with one line of a corpus file."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class CorpusError(Exception):
    """A corpus that cannot be used; ``faults`` names file and line of each reason."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


@dataclass(frozen=True)
class CorpusSentence:
    """One labelled sentence.

    Attributes
    ----------
    text : str
        The sentence without marks.
    label : str
        One of the four labels, or ``boilerplate``.
    source, cue : tuple of (int, int), or None
        Half-open spans in code points of ``text``.
    paragraph : int
        Number of the paragraph in the article, from 0.
    line : int
        Line in the file, from 1.
    """

    text: str
    label: str
    source: tuple[int, int] | None
    cue: tuple[int, int] | None
    paragraph: int
    line: int


@dataclass(frozen=True)
class CorpusArticle:
    """One labelled article, as written."""

    id: str
    genre: str
    style: str
    path: Path
    sentences: tuple[CorpusSentence, ...] = field(repr=False)

    @property
    def text(self) -> str:
        """The article as printed: see `spans`."""
        return self.assemble()[0]

    def assemble(self) -> tuple[str, list[tuple[int, int]]]:
        """Join the sentences into a text.

        Sentences of a paragraph are joined by a space, lines of boilerplate and headings by a line
        break, paragraphs by a blank line.

        Returns
        -------
        text : str
        spans : list of (int, int)
            Each sentence's half-open span in code points of ``text``.
        """
        pieces: list[str] = []
        spans: list[tuple[int, int]] = []
        length = 0
        previous: CorpusSentence | None = None
        for sentence in self.sentences:
            if previous is None:
                gap = ""
            elif previous.paragraph != sentence.paragraph:
                gap = "\n\n"
            else:
                gap = " " if _runs_on(previous, sentence) else "\n"
            pieces += (gap, sentence.text)
            length += len(gap)
            spans.append((length, length + len(sentence.text)))
            length += len(sentence.text)
            previous = sentence
        return "".join(pieces), spans


def _runs_on(previous: CorpusSentence, sentence: CorpusSentence) -> bool:
    """Whether two sentences of a paragraph stand on one line."""
    ended = previous.text.rstrip("\"'”’)]").endswith((".", "!", "?", "…", ":", ";", "—"))
    return ended and "boilerplate" not in (previous.label, sentence.label)


def parse(text: str, path: Path) -> CorpusArticle:
    """Parse one article.

    Raises
    ------
    CorpusError
        Names every fault of the file at once.
    """
    faults: list[Fault] = []
    headers: dict[str, str] = {}
    sentences: list[CorpusSentence] = []
    paragraph = 0
    for number, line in enumerate(text.split("\n"), start=1):
        if line.startswith("#") and not sentences:
            match = _HEADER.match(line)
            if not match or match[1] not in HEADERS:
                faults.append(Fault(path, number, f"a header is one of {', '.join(HEADERS)}, as in '# id: …'"))
            elif match[1] in headers:
                faults.append(Fault(path, number, f"header '{match[1]}' stands twice"))
            else:
                headers[match[1]] = match[2]
        elif not line.strip():
            paragraph += bool(sentences) and sentences[-1].paragraph == paragraph
        else:
            try:
                sentences.append(_parse_sentence(line, paragraph, number))
            except ValueError as error:
                faults.append(Fault(path, number, str(error)))
    faults += [Fault(path, 1, f"header '{name}' is missing") for name in HEADERS if name not in headers]
    if "id" in headers and headers["id"] != path.stem:
        faults.append(Fault(path, 1, f"id '{headers['id']}' is not the file's name"))
    if not _ID.match(path.stem):
        faults.append(Fault(path, 1, "an id is lower-case words joined by hyphens"))
    if faults:
        raise CorpusError(faults)
    return CorpusArticle(headers["id"], headers["genre"], headers["style"], path, tuple(sentences))


def _parse_sentence(line: str, paragraph: int, number: int) -> CorpusSentence:
    letter, tab, marked = line.partition("\t")
    if not tab or letter not in LETTERS:
        raise ValueError(f"a line is a label ({', '.join(LETTERS)}), a tab and a sentence")
    if marked != marked.strip() or not marked:
        raise ValueError("the sentence is empty or has space around it")
    if "\t" in marked or "  " in marked or "\r" in marked:
        raise ValueError("the sentence has a tab, a carriage return or two spaces in a row")
    text, spans = _strip_marks(marked)
    label = LETTERS[letter]
    if spans and label in ("unsourced", "boilerplate"):
        raise ValueError(f"{label} sentences have no marks")
    return CorpusSentence(text, label, spans.get("s"), spans.get("c"), paragraph, number)


def _strip_marks(marked: str) -> tuple[str, dict[str, tuple[int, int]]]:
    spans: dict[str, tuple[int, int]] = {}
    pieces: list[str] = []
    length = last = 0
    opened: tuple[str, int] | None = None
    for match in _MARK.finditer(marked):
        pieces.append(marked[last : match.start()])
        length += len(pieces[-1])
        last = match.end()
        name, closing = match[0].strip("</>"), match[0].startswith("</")
        if closing:
            if opened is None or opened[0] != name:
                raise ValueError(f"'{match[0]}' closes nothing")
            if opened[1] == length or not "".join(pieces)[opened[1] : length].strip():
                raise ValueError(f"the mark <{name}> is empty")
            spans[name] = (opened[1], length)
            opened = None
        elif opened is not None:
            raise ValueError(f"'{match[0]}' opens inside <{opened[0]}>")
        elif name in spans:
            raise ValueError(f"two <{name}> marks in a sentence")
        else:
            opened = (name, length)
    if opened is not None:
        raise ValueError(f"<{opened[0]}> is not closed")
    return "".join(pieces) + marked[last:], spans
