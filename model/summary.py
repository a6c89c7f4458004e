"""A document's figures, and its sources with their mentions merged."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from model.document import Mention, Run, ScoredSentence, Source, Summary
from model.labels import LABELS, NAMED, UNSOURCED

_ARTICLE = re.compile(r"(?:the|a|an|its|his|her|their|our|one)\s+", re.IGNORECASE)
_NAME = re.compile(r"\b[A-Z]")


@dataclass(slots=True)
class _Entry:
    """A source while its mentions are being gathered."""

    label: str
    names: list[str] = field(default_factory=list)
    heads: set[str] = field(default_factory=set)
    sentences: list[int] = field(default_factory=list)

    def finished(self) -> Source:
        return Source(max(self.names, key=_fullness), self.label, tuple(self.sentences))


def summarise(
    text: str, sentences: Sequence[ScoredSentence], words: Sequence[int], mentions: Sequence[Mention]
) -> Summary:
    """Summarise the sentences of a document.

    Parameters
    ----------
    text : str
    sentences : sequence of ScoredSentence
    words : sequence of int
        Length of each sentence in words.
    mentions : sequence of Mention
        The attribution of each sentence.
    """
    labelled = [i for i, sentence in enumerate(sentences) if not sentence.boilerplate]
    counts = {label: sum(sentences[i].label == label for i in labelled) for label in LABELS}
    length = sum(int(words[i]) for i in labelled)
    weighted = sum((sentences[i].strength or 0.0) * int(words[i]) for i in labelled)
    return Summary(
        strength=weighted / length if length else None,
        sentences=len(sentences),
        boilerplate=len(sentences) - len(labelled),
        counts=counts,
        shares={label: count / len(labelled) if labelled else 0.0 for label, count in counts.items()},
        longest_unsourced_run=_longest_run(sentences, labelled),
        sources=_merge(text, sentences, labelled, mentions),
    )


def _longest_run(sentences: Sequence[ScoredSentence], labelled: Sequence[int]) -> Run | None:
    best: Run | None = None
    first, length = -1, 0
    for i in labelled:
        if sentences[i].label != UNSOURCED:
            length = 0
            continue
        first, length = (first, length + 1) if length else (i, 1)
        if best is None or length > best.length:
            best = Run(first, i, length)
    return best


def _merge(
    text: str, sentences: Sequence[ScoredSentence], labelled: Sequence[int], mentions: Sequence[Mention]
) -> tuple[Source, ...]:
    """Gather mentions of one source: by surname or head noun, pronouns and quotations with the last of their label."""
    entries: list[_Entry] = []
    latest: dict[str, _Entry] = {}
    for i in labelled:
        label, mention = sentences[i].label, mentions[i]
        if label is None or label == UNSOURCED:
            continue
        entry: _Entry | None
        if mention.source is None:
            entry = latest.get(label) if mention.quoted or mention.cue else None
        elif mention.pronoun or mention.head is None:
            entry = latest.get(label)
        else:
            name = text[mention.source.start : mention.source.end]
            entry = next((e for e in reversed(entries) if e.label == label and _same(e, name, mention)), None)
            if entry is None:
                entry = _Entry(label)
                entries.append(entry)
            entry.names.append(name)
            entry.heads.add(mention.head)
        if entry is not None:
            entry.sentences.append(i)
            latest[label] = entry
    return tuple(entry.finished() for entry in entries)


def _same(entry: _Entry, name: str, mention: Mention) -> bool:
    if mention.head in entry.heads:
        # "an official" beside another "an official" may be somebody else; a name, or "the official", is not.
        return entry.label == NAMED or mention.definite or bool(_NAME.search(name)) or name in entry.names
    return entry.label == NAMED and any(name in full.split() for full in entry.names)


def _fullness(name: str) -> tuple[int, int]:
    """How much a name says: by its capitalised words, then by its length."""
    return len(_NAME.findall(_ARTICLE.sub("", name, count=1))), len(name)
