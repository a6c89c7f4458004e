"""Labelled articles to measure on: from the corpus, or from a file of JSON lines."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from model.labels import LABELS
from training.corpus import CorpusArticle, load_corpus
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
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{path}: {error}") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                articles.append(_from_json(line))
            except (ValueError, KeyError, TypeError) as error:
                raise GoldError(f"{path}:{number}: not a labelled article: {error!r}") from error
    if not articles:
        raise GoldError(f"{path}: holds no articles")
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


def export_lines(articles: Sequence[CorpusArticle]) -> list[str]:
    """Articles as JSON lines: sentences with offsets in code points, and the marked spans."""
    lines = []
    for article in articles:
        text, spans = article.assemble()
        gold = from_corpus(article)
        sentences = []
        for (start, end), sentence in zip(spans, article.sentences, strict=True):
            member: dict[str, object] = {"start": start, "end": end, "label": sentence.label}
            for name, mark in (("source", sentence.source), ("cue", sentence.cue)):
                member[name] = None if mark is None else {"start": start + mark[0], "end": start + mark[1]}
            sentences.append(member)
        record = {
            "id": article.id,
            "genre": article.genre,
            "style": article.style,
            "desk": gold.desk,
            "region": gold.region,
            "text": text,
            "sentences": sentences,
        }
        lines.append(json.dumps(record, ensure_ascii=False))
    return lines


def is_counted(label: str) -> bool:
    """Whether a sentence with this label counts towards the labels' figures."""
    return label in LABELS
