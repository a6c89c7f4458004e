"""What decides a sentence's label: its attribution, its quotation marks, and what came before it."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from model.analysis import Analysis
from model.lexicon import CLASSES, bits
from model.sentences import Bools, Column, Columns, Floats, Sentences
from model.sources import Phrases
from model.taggers import hashed
from model.tokens import Ints
from model.words import CAPITAL, CAPITALS, NUMBER, OUTSIDE, kind_id

_COLON = kind_id("colon")
_STOP = kind_id("stop")
_QUOTE = (kind_id("quote"), kind_id("quote1"))
_FIRST = bits("pronoun_first")
_OTHER = bits("pronoun_other")
_PERSONS = bits("pronoun_person")
_RELATIVE = bits("pronoun_other", "pronoun_thing", "that")
_QUESTION = zlib.crc32(b"?")
#: Distances, in sentences, are told apart up to here.
_FAR = 9


def sentence_features(analysis: Analysis, phrases: Phrases, types: Floats) -> tuple[Columns, Columns]:
    """The dense and the hashed features of sentences.

    Parameters
    ----------
    analysis : Analysis
    phrases : Phrases
    types : ndarray, shape (S, 3)
        Probabilities that the source is a named, an official or an anonymous one.

    Returns
    -------
    dense : Columns
    crossed : Columns
        Hashes; the name of each tells what it combines.
    """
    sentences = Sentences.of(analysis, np.isin(analysis.kind, _QUOTE))
    dense = Columns()
    attribution = _Attribution.find(sentences, phrases, types)
    quoting = _Quoting.find(sentences)
    form = _Form.find(sentences)
    context = _Context.find(sentences, attribution, quoting, form)
    _add_words(dense, sentences)
    for part in (attribution, quoting, form, context):
        part.add_to(dense)
    return dense, _crossed(sentences, attribution, quoting, form, context)


def word_ngrams(analysis: Analysis) -> Columns:
    """Hashed words and pairs of them, marked by whether they stand in a quotation, of shape (T,)."""
    inside = analysis.quotations.inside.astype(np.int64)
    ngrams = Columns()
    ngrams.add("unigram", hashed(90, inside, analysis.hash))
    ngrams.add("bigram", hashed(91, inside, analysis.hash, analysis.shifted(analysis.hash, 1)))
    return ngrams


@dataclass(frozen=True, slots=True)
class _Attribution:
    """The sentence's own cue and source."""

    sentences: Sentences
    phrases: Phrases
    types: Floats
    own: Bools  # has a cue or a source

    @classmethod
    def find(cls, sentences: Sentences, phrases: Phrases, types: Floats) -> _Attribution:
        return cls(sentences, phrases, types, phrases.cue.found | phrases.source.found)

    def add_to(self, dense: Columns) -> None:
        cue, source = self.phrases.cue, self.phrases.source
        inside = self.sentences.analysis.quotations.inside
        dense.add("cue_score", np.clip(cue.score, -8, 8))
        dense.add("source_score", np.clip(source.score, -8, 8))
        dense.add("cue", cue.found)
        dense.add("source", source.found)
        dense.add("type", np.where(self.own[:, None], self.types, 0))
        dense.add("cue_inside", cue.found & inside[cue.first])
        dense.add("source_inside", source.found & inside[source.first])
        dense.add("pronoun", self.phrases.pronoun)
        dense.add("definite", self.phrases.definite)
        dense.add("relative", self.near_cue(_RELATIVE, 4))
        place = (cue.first - self.sentences.first) / self.sentences.words
        dense.add("cue_place", np.where(cue.found, place, 0))

    def near_cue(self, classes: int, reach: int) -> Bools:
        """Whether a word of the classes stands up to ``reach`` tokens before the cue."""
        analysis, cue = self.sentences.analysis, self.phrases.cue
        members = np.concatenate(([0], np.cumsum(analysis.has(classes))))
        low = np.maximum(cue.first - reach, self.sentences.first)
        return cue.found & (members[cue.first] > members[low])


@dataclass(frozen=True, slots=True)
class _Quoting:
    """Where quotation marks stand."""

    share: npt.NDArray[np.float64]  # of words in quotation marks
    words: npt.NDArray[np.float64]
    longest: npt.NDArray[np.float64]  # tokens of the longest quotation that touches the sentence
    continued: Bools  # begins inside a quotation from a sentence before
    resumed: Bools  # begins inside one that its paragraph resumes
    opens: Bools  # begins with an opening mark
    unfinished: Bools  # its quotation goes on in the next sentence
    never_closed: Bools
    previous_share: Column
    next_share: Column
    next_continued: Column

    @classmethod
    def find(cls, sentences: Sentences) -> _Quoting:
        analysis = sentences.analysis
        number, inside = analysis.quotations.number, analysis.quotations.inside
        spans = analysis.quotations.spans
        # One entry more, for tokens outside of any quotation: their number is -1.
        closed = np.array([span.closed for span in spans] + [True])
        goes_on = np.array([span.goes_on for span in spans] + [False])
        size = np.array([span.last - span.first for span in spans] + [0])
        begin = np.array([span.first for span in spans] + [-1])
        at_first, at_last = number[sentences.first], number[sentences.last]
        words = sentences.sums(inside & (analysis.shape != 5))
        share = words / sentences.words
        continued = (at_first >= 0) & (begin[at_first] < sentences.first)
        return cls(
            share=share,
            words=words,
            longest=np.maximum.reduceat(size[number], sentences.first).astype(float),
            continued=continued,
            resumed=(at_first >= 0) & goes_on[at_first],
            opens=(at_first >= 0) & (begin[at_first] == sentences.first),
            unfinished=(at_last >= 0) & (sentences.behind(at_first, -1) == at_last),
            never_closed=~closed[at_last],
            previous_share=sentences.before(share, 0.0),
            next_share=sentences.behind(share, 0.0),
            next_continued=sentences.behind(continued, False),
        )

    @property
    def whole(self) -> Bools:
        return self.share > 0.98

    @property
    def state(self) -> Ints:
        """All of it in one number."""
        flags = (self.continued, self.share > 0.5, self.whole, self.opens, self.resumed, self.previous_share > 0.98)
        state = sum(flag.astype(np.int64) << position for position, flag in enumerate((*flags, self.longest > 0)))
        return np.asarray(state)

    def add_to(self, dense: Columns) -> None:
        dense.add("quoted_share", self.share)
        dense.add("quoted_words", np.log1p(self.words))
        dense.add("longest_quotation", np.log1p(np.minimum(self.longest, 60)))
        dense.add("scare_quotes", (self.longest > 0) & (self.longest <= 5))
        for name in ("continued", "resumed", "opens", "unfinished", "whole", "never_closed"):
            dense.add(name, getattr(self, name))
        for name in ("previous_share", "next_share", "next_continued"):
            dense.add(name, getattr(self, name))


@dataclass(frozen=True, slots=True)
class _Form:
    """How the sentence looks, and where in the article it stands."""

    sentences: Sentences
    stopped: Bools  # ends with a full stop, or a mark like it
    ends_colon: Bools
    previous_colon: Column
    paragraph_start: Bools
    alone: Bools  # a paragraph of its own
    speaker_tag: Bools  # "Sanders: …"

    @classmethod
    def find(cls, sentences: Sentences) -> _Form:
        kind = sentences.analysis.kind
        start = sentences.before(sentences.paragraph, -1) != sentences.paragraph
        ends_colon = kind[sentences.last] == _COLON
        here = np.arange(len(kind))
        colon = np.minimum.accumulate(np.where(kind == _COLON, here, len(kind))[::-1])[::-1][sentences.first]
        named = sentences.analysis.name[sentences.first] > 0
        return cls(
            sentences,
            stopped=kind[sentences.final] == _STOP,
            ends_colon=ends_colon,
            previous_colon=sentences.before(ends_colon, False),
            paragraph_start=start,
            alone=start & sentences.behind(start, True),
            speaker_tag=named & (colon - sentences.first < 5) & (colon < sentences.last),
        )

    def add_to(self, dense: Columns) -> None:
        sentences, analysis = self.sentences, self.sentences.analysis
        inside = analysis.quotations.inside
        for name in ("stopped", "ends_colon", "previous_colon", "paragraph_start", "alone", "speaker_tag"):
            dense.add(name, getattr(self, name))
        dense.add("words", np.log1p(sentences.words))
        dense.add("index", np.minimum(sentences.index, 10) / 10)
        dense.add("left", np.minimum(sentences.length - sentences.index, 10) / 10)
        dense.add("length", np.log1p(sentences.length))
        dense.add("question", analysis.hash[sentences.final] == _QUESTION)
        dense.add("capitals", sentences.shares(np.isin(analysis.shape, (CAPITAL, CAPITALS))))
        dense.add("numbers", sentences.shares(analysis.shape == NUMBER))
        first_person = sentences.sums(analysis.has(_FIRST) & ~inside) > 0
        dense.add("first_person", first_person)
        dense.add("first_person_quoted", sentences.sums(analysis.has(_FIRST) & inside) > 0)
        dense.add("first_person_article", sentences.means(first_person))
        dense.add("second_person", sentences.sums(analysis.has(_OTHER) & ~inside) > 0)


@dataclass(frozen=True, slots=True)
class _Context:
    """The attributions before and behind."""

    attribution: _Attribution
    near: Ints  # sentences since the last attribution, up to 3
    has_before: Bools
    has_next: Bools  # in the same paragraph
    before_types: Floats
    next_types: Floats
    antecedent: Floats  # types of the last source that is not a pronoun
    has_antecedent: Bools
    dense: Columns

    @classmethod
    def find(cls, sentences: Sentences, attribution: _Attribution, quoting: _Quoting, form: _Form) -> _Context:
        own, types, phrases = attribution.own, attribution.types, attribution.phrases
        paragraph = sentences.paragraph
        each = np.arange(len(sentences))
        before = sentences.latest(own)
        behind = sentences.upcoming(own)
        pointed = sentences.latest(phrases.source.found & ~phrases.pronoun)
        lead_in = sentences.latest(form.ends_colon)
        has_before, has_antecedent = before >= 0, pointed >= 0
        has_next = (behind >= 0) & (paragraph[behind] == paragraph)
        # Not by the arithmetic of a -1: that would tell how many documents stand before this one.
        distance = np.where(has_before, np.minimum(each - before, _FAR), _FAR)
        before_types = np.where(has_before[:, None], types[before], 0)
        next_types = np.where(has_next[:, None], types[behind], 0)
        antecedent = np.where(has_antecedent[:, None], types[pointed], 0)
        # A quotation without an attribution of its own takes the class of the one it goes with.
        running = quoting.continued | quoting.resumed
        follows = has_next & ~running & (behind == each + 1)
        anchor = np.where(follows[:, None], next_types, before_types)
        quotes = ~own & ((quoting.share > 0.5) | running)
        # A list takes the class of its lead-in: every sentence since the colon starts a paragraph.
        paragraphs = np.cumsum(form.paragraph_start)
        listed = ~own & (lead_in >= 0) & (paragraphs - paragraphs[lead_in] == each - lead_in) & (each - lead_in <= 12)
        listed_types = np.where((listed & own[lead_in])[:, None], types[lead_in], 0)

        dense = Columns()
        dense.add("before_type", before_types)
        dense.add("before_distance", np.where(has_before, 1 / np.maximum(distance, 1), 0))
        dense.add("before_same_paragraph", has_before & (paragraph[before] == paragraph))
        dense.add("before_previous_paragraph", has_before & (paragraph[before] == paragraph - 1))
        dense.add("antecedent", antecedent)
        dense.add("next_type", next_types)
        dense.add("next_distance", np.where(has_next, 1 / np.maximum(behind - each, 1), 0))
        dense.add("quoting_type", np.where(quotes[:, None], anchor, 0))
        dense.add("pronoun_type", np.where((phrases.pronoun | phrases.definite)[:, None], antecedent, 0))
        dense.add("listed", listed)
        dense.add("listed_type", listed_types)
        dense.add("previous_own", sentences.before(own, False))
        dense.add("own_share", sentences.means(own))
        return cls(
            attribution,
            np.minimum(distance, 3),
            has_before,
            has_next,
            before_types,
            next_types,
            antecedent,
            has_antecedent,
            dense,
        )

    def add_to(self, dense: Columns) -> None:
        dense.extend(self.dense)


def _add_words(dense: Columns, sentences: Sentences) -> None:
    """Which lexicon classes stand in the sentence, outside quotation marks."""
    analysis = sentences.analysis
    outside = np.where(analysis.quotations.inside, np.uint64(0), analysis.mask)
    present = np.bitwise_or.reduceat(outside, sentences.first)
    positions = np.arange(len(CLASSES), dtype=np.uint64)
    dense.add("has", (present[:, None] >> positions) & np.uint64(1))


def _crossed(
    sentences: Sentences, attribution: _Attribution, quoting: _Quoting, form: _Form, context: _Context
) -> Columns:
    """Combinations of features, hashed."""
    analysis, phrases, own = sentences.analysis, attribution.phrases, attribution.own.astype(np.int64)
    kind, word = analysis.kind, analysis.hash

    def best(types: Floats, found: Bools) -> Ints:
        return np.where(found, 1 + types.argmax(axis=1), 0)

    def of(position: Ints, column: Ints, outside: int) -> Ints:
        return np.where(position >= 0, column[position], outside)

    own_type = best(attribution.types, attribution.own)
    before_type = best(context.before_types, context.has_before)
    next_type = best(context.next_types, context.has_next)
    antecedent = best(context.antecedent, context.has_antecedent)
    state, near = quoting.state, context.near
    start, colon = form.paragraph_start.astype(np.int64), form.previous_colon.astype(np.int64)
    cue_inside = (phrases.cue.found & analysis.quotations.inside[phrases.cue.first]).astype(np.int64)
    head_kind, head_word = of(phrases.head, kind, OUTSIDE), of(phrases.head, word, 0)
    source_first = of(phrases.source.first, kind, OUTSIDE)
    first_kind, first_word = kind[sentences.first], word[sentences.first]
    crossed = Columns()
    crossed.add("own_type cue_score", hashed(70, own_type, np.digitize(phrases.cue.score, (-4, -2, 0, 2, 4))))
    crossed.add("own_type state", hashed(71, own_type, state))
    crossed.add("state before_type near own", hashed(72, state, before_type, near, own))
    crossed.add("state next_type own", hashed(73, state, next_type, own))
    crossed.add("head_word", hashed(78, head_word))
    crossed.add("head_kind own_type", hashed(79, head_kind, own_type))
    crossed.add("source_first antecedent", hashed(80, source_first, antecedent))
    crossed.add("first_kind before_type near own", hashed(81, first_kind, before_type, near, own))
    crossed.add("first_word own", hashed(82, first_word, own))
    crossed.add("state colon start", hashed(83, state, colon, start))
    crossed.add("cue_inside own_type state", hashed(84, cue_inside, own_type, state))
    crossed.add(
        "stopped start index own_type",
        hashed(86, form.stopped.astype(np.int64), start, np.minimum(sentences.index, 3), own_type),
    )
    crossed.add("source_first head_kind antecedent", hashed(87, source_first, head_kind, antecedent))
    return crossed
