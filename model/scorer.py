"""The front door of the model: texts in, scored documents out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from model.analysis import Analysis, analyse
from model.boilerplate import THRESHOLD
from model.classifier import Predictions, predict
from model.document import Mention, ScoredDocument, ScoredSentence, Span
from model.labels import LABELS, UNSOURCED
from model.linear import product
from model.manifest import Manifest, check_golden
from model.segmentation import segment
from model.summary import summarise
from model.weights import Weights
from model.words import WordTable

#: Texts scored at once: more gain nothing, and memory stays bounded.
BATCH = 32


class Scorer:
    """Scores texts with one model. May be used by several threads.

    Parameters
    ----------
    weights : Weights
    manifest : Manifest
    """

    def __init__(self, weights: Weights, manifest: Manifest) -> None:
        self.manifest = manifest
        self._weights = weights
        self._table = WordTable(weights.words, weights.word_vectors)
        self._label_weights = np.array([manifest.weights[label] for label in LABELS], np.float32)

    def score(self, text: str, *, explain: bool = False) -> ScoredDocument:
        """Score one text.

        Parameters
        ----------
        text : str
            Without unpaired surrogates.
        explain : bool
            Whether the sentences carry their evidence.
        """
        return self.score_many([text], explain=explain)[0]

    def score_many(self, texts: Sequence[str], *, explain: bool = False) -> list[ScoredDocument]:
        """Score texts; each comes out as if scored alone."""
        documents: list[ScoredDocument] = []
        for start in range(0, len(texts), BATCH):
            documents += self._score_batch(texts[start : start + BATCH], explain)
        return documents

    def check_golden(self) -> None:
        """Score the manifest's golden examples again.

        Raises
        ------
        ModelError
            If one does not get the scores that the manifest records.
        """
        check_golden(self.manifest, self)

    def _score_batch(self, texts: Sequence[str], explain: bool) -> list[ScoredDocument]:
        sentences = [segment(text) for text in texts]
        if not any(sentences):
            return [ScoredDocument(text, (), summarise(text, (), (), ()), ()) for text in texts]
        analysis = analyse(texts, sentences, self._table)
        predictions = predict(analysis, self._weights)
        boilerplate = predictions.boilerplate >= THRESHOLD
        best = predictions.labels.argmax(axis=1)
        strengths = product(predictions.labels, self._label_weights[:, None])[:, 0]
        words = np.diff(analysis.tokens.sentence_first).tolist()
        mentions = _mentions(analysis, predictions)
        scored = [
            ScoredSentence(start, end, True, None, None, None)
            if skip
            else ScoredSentence(
                start,
                end,
                False,
                LABELS[label],
                strength,
                probabilities,
                *(_evidence(mention, label) if explain else ()),
            )
            for start, end, skip, label, strength, probabilities, mention in zip(
                analysis.tokens.sentence_start.tolist(),
                analysis.tokens.sentence_end.tolist(),
                boilerplate.tolist(),
                best.tolist(),
                strengths.tolist(),
                map(tuple, predictions.labels.tolist()),
                mentions,
                strict=True,
            )
        ]
        documents = []
        first = 0
        for text, bounds in zip(texts, sentences, strict=True):
            last = first + len(bounds)
            part = tuple(scored[first:last])
            found = tuple(mentions[first:last])
            documents.append(ScoredDocument(text, part, summarise(text, part, words[first:last], found), found))
            first = last
        return documents


def _evidence(mention: Mention, label: int) -> tuple[Span | None, Span | None]:
    """A sentence's source and cue; a sentence without a source has no evidence."""
    return (None, None) if LABELS[label] == UNSOURCED else (mention.source, mention.cue)


def _mentions(analysis: Analysis, predictions: Predictions) -> list[Mention]:
    """The attribution of each sentence, with spans in code points of its document."""
    tokens = analysis.tokens
    phrases = predictions.phrases

    def spans(first: np.ndarray, last: np.ndarray) -> list[Span | None]:
        found = np.flatnonzero(first >= 0)
        result: list[Span | None] = [None] * tokens.sentences
        places = zip(found, tokens.start[first[found]].tolist(), tokens.end[last[found] - 1].tolist(), strict=True)
        for sentence, start, end in places:
            result[sentence] = Span(start, end)
        return result

    sources = spans(phrases.source.first, phrases.source.last)
    cues = spans(phrases.cue.first, phrases.cue.last)
    heads = [None if i < 0 else tokens.words[i].lower() for i in phrases.head.tolist()]
    inside = np.bincount(tokens.sentence, weights=analysis.quotations.inside, minlength=tokens.sentences)
    quoted = (2 * inside > np.diff(tokens.sentence_first)).tolist()
    return [
        Mention(source, cue, head, pronoun, definite, speech)
        for source, cue, head, pronoun, definite, speech in zip(
            sources, cues, heads, phrases.pronoun.tolist(), phrases.definite.tolist(), quoted, strict=True
        )
    ]
