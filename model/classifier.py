"""From analysed documents to attributions, labels and boilerplate: the trained models, one after another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.analysis import Analysis
from model.boilerplate import boilerplate_features, boilerplate_word_scores
from model.features import sentence_features, word_ngrams
from model.linear import Floats, product, sigmoid, softmax, sum_by_group, sum_rows
from model.sources import Phrases, find_phrases, type_features, type_rows
from model.taggers import Spans, best_spans, context_features, source_features, window_scores
from model.weights import (
    BOILERPLATE_COLUMN,
    CUE_COLUMNS,
    SOURCE_COLUMNS,
    TYPE_COLUMNS,
    TYPES,
    Weights,
)


@dataclass(frozen=True, slots=True)
class Predictions:
    """What the models say of the sentences of many documents.

    Attributes
    ----------
    labels : ndarray, shape (S, 4)
        Calibrated probabilities in the order of `model.labels.LABELS`.
    boilerplate : ndarray, shape (S,)
        Probability that a sentence is boilerplate.
    phrases : Phrases
        Cues and source phrases.
    """

    labels: Floats
    boilerplate: Floats
    phrases: Phrases


def predict(analysis: Analysis, weights: Weights) -> Predictions:
    """Score sentences.

    Parameters
    ----------
    analysis : Analysis
        Made with a `model.words.WordTable` of ``weights.words``.
    weights : Weights
    """
    word_scores = analysis.words.scores
    context = context_features(analysis)
    cue = find_cues(analysis, word_scores[:, CUE_COLUMNS], sum_rows(weights.cue_context, context) + weights.cue_bias)
    beside_cue = source_features(analysis, cue)
    source_context = sum_rows(weights.source_context, np.concatenate([context, beside_cue])) + weights.source_bias
    source = find_sources(analysis, word_scores[:, SOURCE_COLUMNS], source_context, cue)
    phrases = find_phrases(analysis, cue, source)
    types = softmax(_type_scores(analysis, phrases, word_scores[:, TYPE_COLUMNS], weights))
    dense, crossed = sentence_features(analysis, phrases, types)
    ngrams = sum_rows(weights.label_ngrams, word_ngrams(analysis).rows())
    features = dense.matrix()
    linear = softmax(
        product(features, weights.label_dense)
        + sum_rows(weights.label_context, crossed.rows())
        + sum_by_group(ngrams, analysis.tokens.sentence_first)
        + weights.label_bias
    )
    boilerplate = (
        product(boilerplate_features(analysis), weights.boilerplate_dense)
        + boilerplate_word_scores(analysis, word_scores[:, BOILERPLATE_COLUMN])
        + weights.boilerplate_bias
    )
    labels = pooled(linear, weights.label_trees.probabilities(features), float(weights.label_temperature[0]))
    return Predictions(labels, sigmoid(boilerplate[:, 0]), phrases)


def pooled(linear: Floats, trees: Floats, temperature: float) -> Floats:
    """The mean of the labels' two models, calibrated by a temperature (Guo et al. 2017); shape (S, 4)."""
    return softmax(np.log((linear + trees) / 2 + 1e-6).astype(np.float32) / temperature)


def find_cues(analysis: Analysis, word_scores: Floats, context_scores: Floats) -> Spans:
    """The cue of each sentence, from the scores of its tokens."""
    return best_spans(window_scores(analysis, word_scores) + context_scores, analysis.tokens)


def find_sources(analysis: Analysis, word_scores: Floats, context_scores: Floats, cue: Spans) -> Spans:
    """The source of each sentence, apart from its cue."""
    return best_spans(window_scores(analysis, word_scores) + context_scores, analysis.tokens, blocked=cue)


def _type_scores(analysis: Analysis, phrases: Phrases, word_scores: Floats, weights: Weights) -> Floats:
    total = np.tile(weights.type_bias, (analysis.tokens.sentences, 1))
    sentences, features = type_features(analysis, phrases)
    np.add.at(total, sentences, weights.type_context[features])
    for position, (sentences, rows) in enumerate(type_rows(analysis, phrases)):
        np.add.at(total, sentences, word_scores[rows, position * TYPES : (position + 1) * TYPES])
    return total
