"""The corpus as the models see it: analysed texts, with the marks and labels as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from model.analysis import Analysis, analyse
from model.labels import LABELS
from model.taggers import Spans
from model.tokens import Ints, Tokens
from model.words import WordTable
from training.corpus import CorpusArticle, CorpusSentence

#: Number of folds in cross-validation; every article is in one.
FOLDS = 4
BOILERPLATE = -1


@dataclass(frozen=True, slots=True)
class Dataset:
    """Labelled articles, analysed.

    Attributes
    ----------
    articles : sequence of CorpusArticle
    texts : list of str
    sentences : list of CorpusSentence
        Of all articles in order; S of them.
    analysis : Analysis
    vocabulary : list of str
        The words by row of the analysis.
    labels : ndarray of int, shape (S,)
        Position in `model.labels.LABELS`, or `BOILERPLATE`.
    cue_tags, source_tags : ndarray of int, shape (T,)
        Position in `model.taggers.TAGS` of each token.
    fold : ndarray of int, shape (S,)
    """

    articles: Sequence[CorpusArticle]
    texts: list[str]
    sentences: list[CorpusSentence]
    analysis: Analysis
    vocabulary: list[str]
    labels: Ints
    cue_tags: Ints
    source_tags: Ints
    fold: Ints

    @property
    def labelled(self) -> npt.NDArray[np.bool_]:
        """Which sentences are not boilerplate, shape (S,)."""
        return self.labels != BOILERPLATE


def build_dataset(articles: Sequence[CorpusArticle]) -> Dataset:
    """Analyse articles, their sentences as they are written in the corpus."""
    assembled = [article.assemble() for article in articles]
    texts = [text for text, _ in assembled]
    sentences = [sentence for article in articles for sentence in article.sentences]
    table = WordTable(limit=10**9)
    analysis = analyse(texts, [spans for _, spans in assembled], table)
    tokens = analysis.tokens
    return Dataset(
        articles=articles,
        texts=texts,
        sentences=sentences,
        analysis=analysis,
        vocabulary=table.words,
        labels=np.array([LABELS.index(s.label) if s.label in LABELS else BOILERPLATE for s in sentences]),
        cue_tags=_tags(tokens, [s.cue for s in sentences]),
        source_tags=_tags(tokens, [s.source for s in sentences]),
        fold=tokens.sentence_document % FOLDS,
    )


def _tags(tokens: Tokens, marks: Sequence[tuple[int, int] | None]) -> Ints:
    """Tags of the tokens that a mark of their sentence covers."""
    tags = np.zeros(len(tokens), np.int64)
    for sentence, mark in enumerate(marks):
        if mark is None:
            continue
        first, last = tokens.sentence_first[sentence : sentence + 2]
        offset = tokens.sentence_start[sentence]
        covered = (tokens.start[first:last] < offset + mark[1]) & (tokens.end[first:last] > offset + mark[0])
        inside = first + np.flatnonzero(covered)
        tags[inside] = 2
        tags[inside[:1]] = 1
    return tags


def tagged_spans(tokens: Tokens, tags: Ints) -> Spans:
    """The marked spans, as if a tagger had found them."""
    first = np.full(tokens.sentences, -1)
    last = np.full(tokens.sentences, -1)
    begins = np.flatnonzero(tags == 1)
    first[tokens.sentence[begins]] = begins
    covered = np.flatnonzero(tags)
    last[tokens.sentence[covered]] = covered + 1  # the last assignment of each sentence stays
    return Spans(first, last, np.where(first >= 0, 4.0, -4.0).astype(np.float32))
