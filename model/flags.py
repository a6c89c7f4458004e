"""Flags: what an editor should look at in an article, by the sourcing standards that newsrooms publish.

A rule finds the sentences that a standard speaks of; docs/flags.md names the standard behind each. A sentence counts
against an article only where the model is sure enough of it, so rules rather miss something than cry wolf.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from model.document import Mention, ScoredDocument, Span
from model.labels import ANONYMOUS, LABELS, UNSOURCED
from model.prose import is_prose, is_whole_quotation, points_to_somebody
from model.unnamed import accuses, explains_anonymity, is_bare, is_hearsay, is_individual, is_insider, judges


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


@dataclass(frozen=True, slots=True)
class Flag:
    """What a rule found.

    Attributes
    ----------
    code : str
        One of `RULES`.
    sentences : tuple of int
        Indices of the sentences concerned, ascending; at least one.
    """

    code: str
    sentences: tuple[int, ...]


def find_flags(document: ScoredDocument, thresholds: Thresholds, codes: Collection[str]) -> tuple[Flag, ...]:
    """Look an article through.

    Parameters
    ----------
    document : ScoredDocument
        Scored with ``explain`` or without.
    thresholds : Thresholds
    codes : collection of str
        The rules to apply.

    Returns
    -------
    tuple of Flag
        At most one of each code, in the order of `RULES`.
    """
    article = _Article(document, thresholds)
    found = ((code, tuple(rule(article))) for code, rule in RULES.items() if code in codes)
    return tuple(Flag(code, sentences) for code, sentences in found if sentences)


class _Article:
    """A scored document as the rules look at it."""

    def __init__(self, document: ScoredDocument, thresholds: Thresholds) -> None:
        self.thresholds = thresholds
        self.summary = document.summary
        self._document = document
        self.labelled = [i for i, sentence in enumerate(document.sentences) if not sentence.boilerplate]

    def label(self, i: int) -> str | None:
        return self._document.sentences[i].label

    def mention(self, i: int) -> Mention:
        return self._document.mentions[i]

    def is_surely(self, label: str, i: int) -> bool:
        sentence = self._document.sentences[i]
        if sentence.label != label or sentence.probabilities is None:
            return False
        return sentence.probabilities[LABELS.index(label)] >= self.thresholds.certainty

    def text(self, i: int) -> str:
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
        if mention.source is None or mention.pronoun or (mention.cue and is_hearsay(*self.split(i, mention.cue))):
            return False
        return is_individual(self.phrase(i), mention.head)


def _anonymous_lead(article: _Article) -> list[int]:
    """The first attributed sentence, if somebody unnamed speaks there."""
    first = article.attributed[:1]
    return [i for i in first if i in article.individuals]


def _bare_source(article: _Article) -> list[int]:
    """Sentences with "a source" or "sources", up to where a source is described: "one source" may be the same."""
    found: list[int] = []
    for i in article.unnamed:
        mention = article.mention(i)
        if mention.source is None or mention.head not in ("source", "sources") or mention.definite:
            continue
        if not is_bare(*article.split(i, mention.source)):
            break
        found.append(i)
    return found


def _anonymity_unexplained(article: _Article) -> list[int]:
    """Where insiders speak unnamed, in an article that nowhere says why they are not named."""
    insiders = [i for i in article.individuals if is_insider(article.phrase(i))]
    if not insiders or any(explains_anonymity(article.text(i)) for i in article.labelled):
        return []
    return insiders


def _anonymous_opinion(article: _Article) -> list[int]:
    """Where somebody unnamed accuses, or an insider judges."""
    found = []
    for i in article.individuals:
        span = article.mention(i).cue
        if span is None:
            continue
        _, cue, behind = article.split(i, span)
        if accuses(cue) or (is_insider(article.phrase(i)) and judges(cue, behind)):
            found.append(i)
    return found


def _hearsay(article: _Article) -> list[int]:
    """What is "reportedly" so, or "believed to" be."""
    found = []
    for i in article.unnamed:
        mention = article.mention(i)
        if mention.source is None and mention.cue is not None and is_hearsay(*article.split(i, mention.cue)):
            found.append(i)
    return found


def _single_source(article: _Article) -> list[int]:
    """All attributed sentences, if they share one source."""
    sources, attributed = article.summary.sources, article.attributed
    if len(sources) != 1 or len(attributed) < article.thresholds.single_source:
        return []
    return attributed if list(sources[0].sentences) == attributed else []


def _unsourced_run(article: _Article) -> list[int]:
    """Stretches in which every sentence is surely without a source; lines that are no sentences are passed over."""
    found: list[int] = []
    run: list[int] = []
    for i in article.labelled:
        if not article.is_surely(UNSOURCED, i):
            found += article.long_run(run)
            run = []
        elif is_prose(article.text(i)):
            run.append(i)
    return found + article.long_run(run)


def _orphan_quote(article: _Article) -> list[int]:
    """Quotations beside which nobody speaks and nobody is named."""
    found: list[int] = []
    run: list[int] = []
    before: int | None = None
    for i in [*article.labelled, None]:
        if i is not None and article.mention(i).quoted and not article.speaks(i):
            run.append(i)
            continue
        if run and article.is_whole_quotation(run) and not any(map(article.may_lead, (before, i))):
            found += run
        run, before = [], i
    return found


#: The rules by the codes of their flags, which never change their meaning.
RULES: Final[dict[str, Callable[[_Article], list[int]]]] = {
    "anonymous-lead": _anonymous_lead,
    "bare-source": _bare_source,
    "anonymity-unexplained": _anonymity_unexplained,
    "anonymous-opinion": _anonymous_opinion,
    "hearsay": _hearsay,
    "single-source": _single_source,
    "unsourced-run": _unsourced_run,
    "orphan-quote": _orphan_quote,
}
