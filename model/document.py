"""What the model says of a text: plain data, offsets in code points of the text as it was given."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of code points of the document's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """One sentence and who stands behind it.

    Attributes
    ----------
    start, end : int
        Half-open range in code points of the document's text.
    boilerplate : bool
        Whether the sentence is text around the article; then it has no label, strength or probabilities.
    label : str or None
        The most probable of the four labels.
    strength : float or None
        Expected weight under the probabilities, in [0, 1].
    probabilities : tuple of float, or None
        Calibrated probabilities in the order of `model.labels.LABELS`; they add up to 1.
    source, cue : Span or None
        The evidence: who is named as source, and the words that attribute. None where not found,
        or not asked for.
    """

    start: int
    end: int
    boilerplate: bool
    label: str | None
    strength: float | None
    probabilities: tuple[float, ...] | None
    source: Span | None = None
    cue: Span | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """The attribution of one sentence.

    Attributes
    ----------
    source, cue : Span or None
        In code points of the document's text.
    head : str or None
        The word that the source phrase turns on, in lower case: a surname, or "official".
    pronoun, definite : bool
        Whether the phrase points back: "she", "the official".
    quoted : bool
        Whether the sentence stands, for the most part, in quotation marks.
    """

    source: Span | None
    cue: Span | None
    head: str | None
    pronoun: bool
    definite: bool
    quoted: bool


@dataclass(frozen=True, slots=True)
class Source:
    """A source of the article, all its mentions merged under the fullest name.

    Attributes
    ----------
    text : str
    label : str
    sentences : tuple of int
        Indices of the sentences that rest on it, ascending.
    """

    text: str
    label: str
    sentences: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of consecutive labelled sentences, boilerplate between them passed over.

    Attributes
    ----------
    first, last : int
        Indices of its first and last sentence.
    length : int
        How many labelled sentences it has.
    """

    first: int
    last: int
    length: int


@dataclass(frozen=True, slots=True)
class Summary:
    """Figures of a whole document.

    Attributes
    ----------
    strength : float or None
        Mean strength of the labelled sentences, weighted by their length in words; None without any.
    sentences, boilerplate : int
        How many sentences there are, and how many of them are boilerplate.
    counts : dict of str to int
        Labelled sentences by label.
    shares : dict of str to float
        The same as shares of the labelled sentences; all 0 without any.
    longest_unsourced_run : Run or None
    sources : tuple of Source
        In order of first appearance.
    """

    strength: float | None
    sentences: int
    boilerplate: int
    counts: dict[str, int]
    shares: dict[str, float]
    longest_unsourced_run: Run | None
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class ScoredDocument:
    """A text, its sentences in order, its summary, and what was found of each sentence's attribution.

    ``mentions`` are there whether or not the sentences carry evidence: `model.flags` looks at them.
    """

    text: str
    sentences: tuple[ScoredSentence, ...]
    summary: Summary
    mentions: tuple[Mention, ...]
