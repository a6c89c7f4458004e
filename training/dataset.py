"""The corpus as the models see it: analysed texts, with the marks and labels as arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from model.analysis import Analysis, analyse
from model.corpus_format import CorpusArticle
from model.labels import LABELS
from model.taggers import Spans
from model.tokens import Ints, Tokens
from model.words import WordTable
from training.gold import GoldArticle, from_corpus, is_counted

#: Number of folds in cross-validation; every article is in one.
FOLDS = 4
#: The fold of articles that nothing is fitted to.
HELD_OUT = FOLDS
BOILERPLATE = -1


@dataclass(frozen=True, slots=True)
class Dataset:
    """Labelled articles, analysed.

    Attributes
    ----------
    articles : sequence of CorpusArticle
        Those to train on.
    analysis : Analysis
        Of these and of the held-out articles, with S sentences and T tokens.
    vocabulary : list of str
        The words by row of the analysis.
    labels : ndarray of int, shape (S,)
        Position in `model.labels.LABELS`, or `BOILERPLATE`.
    cue_tags, source_tags : ndarray of int, shape (T,)
        Position in `model.taggers.TAGS` of each token.
    fold : ndarray of int, shape (S,)
    """

    articles: Sequence[CorpusArticle]
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


def build_dataset(
    articles: Sequence[CorpusArticle],
    held_out: Sequence[GoldArticle] = (),
    known: Mapping[str, int] | None = None,
) -> Dataset:
    """Analyse articles, with the boundaries of sentences that they are labelled with.

    Parameters
    ----------
    articles : sequence of CorpusArticle
    held_out : sequence of GoldArticle
        Others that are only to be judged. Their sentences that have none of the labels count as boilerplate.
    known : mapping of str to int, optional
        Masks by word, in place of `model.lexicon.lexicon`.
    """
    golds = [*map(from_corpus, articles), *held_out]
    table = WordTable(limit=10**9, known=known)
    spans = [[(sentence.start, sentence.end) for sentence in gold.sentences] for gold in golds]
    analysis = analyse([gold.text for gold in golds], spans, table)
    tokens = analysis.tokens
    labels = [sentence.label for gold in golds for sentence in gold.sentences]
    marked = [sentence for article in articles for sentence in article.sentences]
    document = tokens.sentence_document
    return Dataset(
        articles=articles,
        analysis=analysis,
        vocabulary=table.words,
        labels=np.array([LABELS.index(label) if is_counted(label) else BOILERPLATE for label in labels]),
        cue_tags=_tags(tokens, [s.cue for s in marked]),
        source_tags=_tags(tokens, [s.source for s in marked]),
        fold=np.where(document < len(articles), document % FOLDS, HELD_OUT),
    )


def _tags(tokens: Tokens, marks: Sequence[tuple[int, int] | None]) -> Ints:
    """Tags of the tokens that a mark of their sentence covers; the marks are those of the first sentences."""
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
