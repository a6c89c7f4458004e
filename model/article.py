"""A scored article as the rules of `model.flags` look at it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from model.cues import is_hearsay, is_passive
from model.document import Mention, ScoredDocument, Span, Summary
from model.labels import ANONYMOUS, LABELS, UNSOURCED
from model.prose import is_whole_quotation, points_to_somebody
from model.unnamed import is_individual


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From where on rules find something.

    Attributes
    ----------
    certainty : float
        Least probability, in [0, 1], of the label for which a sentence is flagged.
    single_source : int
        Least number of attributed sentences for an article to be called resting on one source.
    unsourced_run : int
        Least number of consecutive unsourced sentences that is called a long run.
    quotation : int
        Least length, in words, of a quotation that must have a speaker.
    """

    certainty: float
    single_source: int
    unsourced_run: int
    quotation: int


class Article:
    """A scored document as the rules look at it: its labelled sentences, by index.

    Parameters
    ----------
    document : ScoredDocument
    thresholds : Thresholds

    Attributes
    ----------
    labelled : list of int
        The sentences that belong to the article.
    """

    def __init__(self, document: ScoredDocument, thresholds: Thresholds) -> None:
        self.thresholds = thresholds
        self.labelled = [i for i, sentence in enumerate(document.sentences) if not sentence.boilerplate]
        self._document = document

    @property
    def summary(self) -> Summary:
        """The document's figures and sources."""
        return self._document.summary

    def label(self, i: int) -> str | None:
        """The label of a sentence."""
        return self._document.sentences[i].label

    def mention(self, i: int) -> Mention:
        """The attribution of a sentence."""
        return self._document.mentions[i]

    def is_surely(self, label: str, i: int) -> bool:
        """Whether a sentence has a label with enough certainty to act on it."""
        sentence = self._document.sentences[i]
        if sentence.label != label or sentence.probabilities is None:
            return False
        return sentence.probabilities[LABELS.index(label)] >= self.thresholds.certainty

    def text(self, i: int) -> str:
        """A sentence."""
        sentence = self._document.sentences[i]
        return self._document.text[sentence.start : sentence.end]

    def split(self, i: int, span: Span) -> tuple[str, str, str]:
        """A sentence up to a span, the span, and the rest of the sentence."""
        sentence, text = self._document.sentences[i], self._document.text
        return text[sentence.start : span.start], text[span.start : span.end], text[span.end : sentence.end]

    def speaks(self, i: int) -> bool:
        """Whether a sentence has a source or a cue, whatever its label."""
        mention = self.mention(i)
        return mention.source is not None or mention.cue is not None

    def may_lead(self, i: int | None) -> bool:
        """Whether a sentence beside a quotation may tell who speaks; where there is none, nothing does."""
        return i is not None and (
            not self.is_surely(UNSOURCED, i) or self.speaks(i) or points_to_somebody(self.text(i))
        )

    def is_whole_quotation(self, run: Sequence[int]) -> bool:
        """Whether sentences make up a quotation long enough to need a speaker."""
        text = " ".join(map(self.text, run))
        return len(text.split()) >= self.thresholds.quotation and is_whole_quotation(text)

    def long_run(self, run: list[int]) -> list[int]:
        """The run if it is long, else nothing."""
        return run if len(run) >= self.thresholds.unsourced_run else []

    @cached_property
    def attributed(self) -> list[int]:
        """The sentences that have a source."""
        return [i for i in self.labelled if self.label(i) != UNSOURCED]

    @cached_property
    def unnamed(self) -> list[int]:
        """The sentences that surely rest on somebody unnamed, whoever it is."""
        return [i for i in self.labelled if self.is_surely(ANONYMOUS, i)]

    @cached_property
    def individuals(self) -> list[int]:
        """Those of them where somebody speaks who could have been named."""
        return [i for i in self.unnamed if self._is_individual(i)]

    def phrase(self, i: int) -> str:
        """The source phrase, empty where there is none."""
        source = self.mention(i).source
        return "" if source is None else self._document.text[source.start : source.end]

    def _is_individual(self, i: int) -> bool:
        mention = self.mention(i)
        if mention.source is None or mention.pronoun:
            return False
        if mention.cue is not None:
            before, cue, behind = self.split(i, mention.cue)
            if is_passive(before, cue) or is_hearsay(before, cue, behind):
                return False
        return is_individual(self.phrase(i), mention.head)
