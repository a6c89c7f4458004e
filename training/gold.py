"""Labelled articles to measure on: from the corpus, or from a file of JSON lines."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from model.corpus_format import CorpusArticle
from model.labels import LABELS
from training.corpus import load_corpus
from training.groups import desk, region


class GoldError(Exception):
    """A file of labelled articles that cannot be read; the message names file and line."""


@dataclass(frozen=True, slots=True)
class GoldSentence:
    """A labelled sentence: half-open in code points of its article's text.

    ``label`` is one of the four, ``boilerplate``, or anything else for a sentence that is not counted.
    """

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """A labelled article, with the groups that figures are given for."""

    id: str
    text: str
    sentences: tuple[GoldSentence, ...]
    desk: str = "unknown"
    region: str = "unknown"


def read_gold(path: Path) -> list[GoldArticle]:
    """Read a folder in the corpus format, or a file with a JSON object a line.

    Raises
    ------
    CorpusError
        If the folder has faults.
    GoldError
        If the file has.
    """
    if path.is_dir():
        return [from_corpus(article) for article in load_corpus(path)]
    articles = []
    try:
        content = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{path}: {error}") from error
    for number, line in enumerate(content.split("\n"), start=1):
        if line.strip():
            try:
                articles.append(_from_json(line))
            except KeyError as error:
                raise GoldError(f"{path}:{number}: '{error.args[0]}' is missing") from error
            except (ValueError, TypeError) as error:
                raise GoldError(f"{path}:{number}: not a labelled article: {error}") from error
    if not any(is_counted(sentence.label) for article in articles for sentence in article.sentences):
        raise GoldError(f"{path}: holds no sentence labelled {', '.join(LABELS)}")
    return articles


def from_corpus(article: CorpusArticle) -> GoldArticle:
    """An article of the corpus, put together as printed."""
    text, spans = article.assemble()
    sentences = tuple(
        GoldSentence(start, end, sentence.label)
        for (start, end), sentence in zip(spans, article.sentences, strict=True)
    )
    return GoldArticle(article.id, text, sentences, desk(article.genre), region(article.style))


def _from_json(line: str) -> GoldArticle:
    article = json.loads(line)
    text = article["text"]
    sentences = []
    for sentence in article["sentences"]:
        start, end = sentence["start"], sentence["end"]
        if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)):
            raise ValueError(f"no such span: {start!r} to {end!r}")
        sentences.append(GoldSentence(start, end, str(sentence["label"])))
    groups = {name: article[name] for name in ("desk", "region") if name in article}
    return GoldArticle(str(article["id"]), text, tuple(sentences), **groups)


def is_counted(label: str) -> bool:
    """Whether a sentence with this label counts towards the labels' figures."""
    return label in LABELS
