"""Flags: what an editor should look at in an article, by the sourcing standards that newsrooms publish.

A rule finds the sentences that a standard speaks of; docs/flags.md names the standard behind each. A sentence counts
against an article only where the model is sure enough of it, so rules rather miss something than cry wolf.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final

from model.article import Article, Thresholds
from model.cues import accuses, is_hearsay, judges
from model.document import ScoredDocument
from model.labels import UNSOURCED
from model.prose import is_prose
from model.unnamed import explains_anonymity, is_bare, is_insider


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
    article = Article(document, thresholds)
    found = ((code, tuple(rule(article))) for code, rule in RULES.items() if code in codes)
    return tuple(Flag(code, sentences) for code, sentences in found if sentences)


def _anonymous_lead(article: Article) -> list[int]:
    """The first attributed sentence, if somebody unnamed speaks there."""
    first = article.attributed[:1]
    return [i for i in first if i in article.individuals]


def _bare_source(article: Article) -> list[int]:
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


def _anonymity_unexplained(article: Article) -> list[int]:
    """Where insiders speak unnamed, in an article that nowhere says why they are not named."""
    insiders = [i for i in article.individuals if is_insider(article.phrase(i))]
    if not insiders or any(explains_anonymity(article.text(i)) for i in article.labelled):
        return []
    return insiders


def _anonymous_opinion(article: Article) -> list[int]:
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


def _hearsay(article: Article) -> list[int]:
    """What is "reportedly" so, or "believed to" be."""
    found = []
    for i in article.unnamed:
        mention = article.mention(i)
        if mention.source is None and mention.cue is not None and is_hearsay(*article.split(i, mention.cue)):
            found.append(i)
    return found


def _single_source(article: Article) -> list[int]:
    """All attributed sentences, if they share one source."""
    sources, attributed = article.summary.sources, article.attributed
    if len(sources) != 1 or len(attributed) < article.thresholds.single_source:
        return []
    return attributed if list(sources[0].sentences) == attributed else []


def _unsourced_run(article: Article) -> list[int]:
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


def _orphan_quote(article: Article) -> list[int]:
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
RULES: Final[dict[str, Callable[[Article], list[int]]]] = {
    "anonymous-lead": _anonymous_lead,
    "bare-source": _bare_source,
    "anonymity-unexplained": _anonymity_unexplained,
    "anonymous-opinion": _anonymous_opinion,
    "hearsay": _hearsay,
    "single-source": _single_source,
    "unsourced-run": _unsourced_run,
    "orphan-quote": _orphan_quote,
}
