"""What decides a sentence's label: its attribution, its quotation marks, and what came before it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from model.analysis import Analysis
from model.lexicon import CLASSES, bits
from model.sources import Phrases
from model.taggers import hashed
from model.tokens import Ints
from model.words import CAPITAL, CAPITALS, NUMBER, OUTSIDE, kind_id

Floats = npt.NDArray[np.float32]

_COLON = kind_id("colon")
_STOP = kind_id("stop")
_QUOTE = (kind_id("quote"), kind_id("quote1"))
_FIRST = bits("pronoun_first")
_SECOND = bits("pronoun_other")


class SentenceColumns:
    """Named columns of shape (S,), gathered one by one."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._columns: list[npt.NDArray[np.generic]] = []

    def add(self, name: str, column: npt.NDArray[np.generic]) -> None:
        self.names.append(name)
        self._columns.append(column)

    def add_all(self, name: str, matrix: npt.NDArray[np.generic]) -> None:
        for position in range(matrix.shape[1]):
            self.add(f"{name}_{position}", matrix[:, position])

    def matrix(self) -> Floats:
        return np.stack(self._columns, axis=1).astype(np.float32)


def sentence_features(analysis: Analysis, phrases: Phrases, types: Floats) -> tuple[SentenceColumns, Ints]:
    """The dense and the hashed features of sentences.

    Parameters
    ----------
    analysis : Analysis
    phrases : Phrases
    types : ndarray, shape (S, 3)
        Probabilities that the source phrase is a named, an official or an anonymous source.

    Returns
    -------
    dense : SentenceColumns
    hashed : ndarray of int, shape (n, S)
    """
    tokens = analysis.tokens
    count = tokens.sentences
    dense = SentenceColumns()
    each = np.arange(count)
    first = tokens.sentence_first[:-1]
    last = tokens.sentence_first[1:] - 1
    size = np.diff(tokens.sentence_first)
    document, paragraph = tokens.sentence_document, tokens.sentence_paragraph

    def per_sentence(flags: npt.NDArray[np.generic]) -> npt.NDArray[np.float64]:
        return np.bincount(tokens.sentence, weights=flags, minlength=count)

    def before(column: npt.NDArray[np.generic], outside: object) -> npt.NDArray[np.generic]:
        """A column of the sentence before, in the same document."""
        shifted = np.roll(column, 1)
        shifted[np.concatenate(([True], document[1:] != document[:-1]))] = outside
        return shifted

    def behind(column: npt.NDArray[np.generic], outside: object) -> npt.NDArray[np.generic]:
        shifted = np.roll(column, -1)
        shifted[np.concatenate((document[1:] != document[:-1], [True]))] = outside
        return shifted

    # Attribution
    cue, source = phrases.cue, phrases.source
    own = cue.found | source.found
    sourced = source.found
    dense.add("cue_score", np.clip(cue.score, -8, 8))
    dense.add("source_score", np.clip(source.score, -8, 8))
    dense.add("cue", cue.found)
    dense.add("source", source.found)
    dense.add_all("type", np.where(own[:, None], types, 0))
    number = analysis.quotations.number
    inside = number >= 0
    cue_at = np.where(cue.found, cue.first, 0)
    cue_inside = cue.found & inside[cue_at]
    dense.add("cue_inside", cue_inside)
    dense.add("source_inside", source.found & inside[np.where(source.found, source.first, 0)])
    dense.add("pronoun", phrases.pronoun)
    dense.add("definite", phrases.definite)

    # Quotation marks
    words = analysis.shape != 5
    quoted = per_sentence(inside & words)
    total = np.maximum(per_sentence(words), 1)
    share = quoted / total
    mark = np.isin(analysis.kind, _QUOTE)
    # what stands before the sentence, at its first word, and at its end
    starts_inside = number[first]
    ends_inside = number[last]
    spans = analysis.quotations.spans
    open_ends = np.array([not span.closed for span in spans] + [False])
    goes_on = np.array([span.goes_on for span in spans] + [False])
    span_words = np.array([span.last - span.first for span in spans] + [0])
    span_first = np.array([span.first for span in spans] + [-1])
    continued = (starts_inside >= 0) & (span_first[starts_inside] < first)
    resumed = (starts_inside >= 0) & goes_on[starts_inside]
    opens = (starts_inside >= 0) & (span_first[starts_inside] == first)
    unfinished = (ends_inside >= 0) & (behind(starts_inside, -1) == ends_inside)
    whole = share > 0.98
    longest = np.zeros(count)
    np.maximum.at(longest, tokens.sentence, np.where(inside, np.minimum(span_words[number], 60), 0))
    dense.add("quoted_share", share)
    dense.add("quoted_words", np.log1p(quoted))
    dense.add("longest_quotation", np.log1p(longest))
    dense.add("scare_quotes", (longest > 0) & (longest <= 5))
    dense.add("continued", continued)
    dense.add("resumed", resumed)
    dense.add("opens", opens)
    dense.add("unfinished", unfinished)
    dense.add("whole", whole)
    dense.add("never_closed", (ends_inside >= 0) & open_ends[ends_inside])
    previous_whole = before(whole, False)
    previous_share = before(share, 0.0)
    dense.add("previous_share", previous_share)
    dense.add("next_share", behind(share, 0.0))
    dense.add("next_continued", behind(continued, False))

    # Form and place
    ends_colon = analysis.kind[last] == _COLON
    final = np.where(mark[last] & (size > 1), last - 1, last)
    stopped = analysis.kind[final] == _STOP
    previous_colon = before(ends_colon, False)
    paragraph_start = before(paragraph, -1) != paragraph
    index = each - np.searchsorted(document, document)
    length = np.bincount(document, minlength=int(document.max(initial=0)) + 1)[document]
    dense.add("ends_colon", ends_colon)
    dense.add("previous_colon", previous_colon)
    dense.add("stopped", stopped)
    dense.add("words", np.log1p(total))
    dense.add("paragraph_start", paragraph_start)
    dense.add("paragraph_alone", paragraph_start & behind(paragraph_start, True))
    dense.add("index", np.minimum(index, 10) / 10)
    dense.add("left", np.minimum(length - index, 10) / 10)
    dense.add("length", np.log1p(length))
    dense.add("question", analysis.hash[final] == _QUESTION)
    dense.add("capitals", per_sentence(np.isin(analysis.shape, (CAPITAL, CAPITALS))) / total)
    dense.add("numbers", per_sentence(analysis.shape == NUMBER) / total)
    first_person = per_sentence(analysis.has(_FIRST) & ~inside) > 0
    dense.add("first_person", first_person)
    dense.add("first_person_quoted", per_sentence(analysis.has(_FIRST) & inside) > 0)
    article_first = np.bincount(document, weights=first_person, minlength=int(document.max(initial=0)) + 1)[document]
    dense.add("first_person_article", article_first / length)
    dense.add("second_person", per_sentence(analysis.has(_SECOND) & ~inside) > 0)
    outside_mask = np.where(inside, np.uint64(0), analysis.mask)
    for position, name in enumerate(CLASSES):
        present = per_sentence((outside_mask >> np.uint64(position)) & np.uint64(1)) > 0
        dense.add(f"has_{name}", present)

    # What came before, and what comes next
    sourced_before = _latest(sourced & ~phrases.pronoun, document)
    own_before = _latest(own, document)
    own_next = _next(own, document)
    far = np.minimum(each - own_before, 9)
    has_before = own_before >= 0
    before_types = np.where(has_before[:, None], types[own_before], 0)
    antecedent = np.where((sourced_before >= 0)[:, None], types[sourced_before], 0)
    has_next = (own_next >= 0) & (paragraph[own_next] == paragraph)
    next_types = np.where(has_next[:, None], types[own_next], 0)
    dense.add_all("before_type", before_types)
    dense.add("before_distance", np.where(has_before, 1 / np.maximum(far, 1), 0))
    dense.add("before_same_paragraph", has_before & (paragraph[own_before] == paragraph))
    dense.add("before_previous_paragraph", has_before & (paragraph[own_before] == paragraph - 1))
    dense.add_all("antecedent", antecedent)
    dense.add_all("next_type", next_types)
    dense.add("next_distance", np.where(has_next, 1 / np.maximum(own_next - each, 1), 0))
    # A quotation, with no attribution of its own, takes the class of the one it goes with.
    anchor = np.where((has_next & ~(continued | resumed) & (own_next == each + 1))[:, None], next_types, before_types)
    quoting = (~own) & ((share > 0.5) | continued | resumed)
    dense.add_all("quoting_type", np.where(quoting[:, None], anchor, 0))
    dense.add_all("pronoun_type", np.where((phrases.pronoun | phrases.definite)[:, None], antecedent, 0))
    dense.add("previous_own", before(own, False))
    dense.add(
        "own_share", np.bincount(document, weights=own, minlength=int(document.max(initial=0)) + 1)[document] / length
    )

    type_of = np.where(own, 1 + types.argmax(axis=1), 0)
    before_of = np.where(has_before, 1 + before_types.argmax(axis=1), 0)
    antecedent_of = np.where(sourced_before >= 0, 1 + antecedent.argmax(axis=1), 0)
    next_of = np.where(has_next, 1 + next_types.argmax(axis=1), 0)
    quote_state = (
        continued + 2 * (share > 0.5) + 4 * whole + 8 * opens + 16 * resumed + 32 * previous_whole + 64 * (longest > 0)
    ).astype(np.int64)
    near = np.minimum(far, 3)
    cue_kind = np.where(cue.found, analysis.kind[cue_at], OUTSIDE)
    cue_word = np.where(cue.found, analysis.hash[cue_at], 0)
    cue_next = np.where(cue.found, analysis.shifted(analysis.kind, 1, OUTSIDE)[np.maximum(cue.last - 1, 0)], OUTSIDE)
    cue_before = np.where(cue.found, analysis.shifted(analysis.kind, -1, OUTSIDE)[cue_at], OUTSIDE)
    head_kind = np.where(phrases.head >= 0, analysis.kind[np.maximum(phrases.head, 0)], OUTSIDE)
    head_word = np.where(phrases.head >= 0, analysis.hash[np.maximum(phrases.head, 0)], 0)
    first_kind = analysis.kind[first]
    first_word = analysis.hash[first]
    source_first = np.where(source.found, analysis.kind[np.where(source.found, source.first, 0)], OUTSIDE)
    strong = np.digitize(cue.score, (-4, -2, 0, 2, 4))
    columns = [
        hashed(70, type_of, strong),
        hashed(71, type_of, quote_state),
        hashed(72, quote_state, before_of, near, type_of > 0),
        hashed(73, quote_state, next_of, type_of > 0),
        hashed(74, cue_word),
        hashed(75, cue_kind, cue_next),
        hashed(76, cue_before, cue_kind),
        hashed(77, cue_word, cue_next),
        hashed(78, head_word),
        hashed(79, head_kind, type_of),
        hashed(80, source_first, antecedent_of),
        hashed(81, first_kind, before_of, near, type_of > 0),
        hashed(82, first_word, type_of > 0),
        hashed(83, quote_state, previous_colon, paragraph_start),
        hashed(84, cue_inside, type_of, quote_state),
        hashed(85, cue_word, head_kind),
        hashed(86, stopped, paragraph_start, np.minimum(index, 3), type_of),
        hashed(87, source_first, head_kind, antecedent_of),
    ]
    return dense, np.stack(columns)


_QUESTION = np.int64(__import__("zlib").crc32(b"?"))


def word_ngrams(analysis: Analysis) -> Ints:
    """Hashed words and word pairs, marked by whether they stand in a quotation, shape (n, T)."""
    inside = analysis.quotations.inside.astype(np.int64)
    following = analysis.shifted(analysis.hash, 1)
    return np.stack([hashed(90, inside, analysis.hash), hashed(91, inside, analysis.hash, following)])


def _latest(flags: npt.NDArray[np.bool_], document: Ints) -> Ints:
    """The last sentence before each, in its document, for which a flag holds; -1 where there is none."""
    each = np.arange(len(flags))
    latest = np.concatenate(([-1], np.maximum.accumulate(np.where(flags, each, -1))[:-1]))
    return np.where((latest >= 0) & (document[latest] == document), latest, -1)


def _next(flags: npt.NDArray[np.bool_], document: Ints) -> Ints:
    """The first sentence behind each, in its document, for which a flag holds; -1 where there is none."""
    count = len(flags)
    each = np.arange(count)
    upcoming = np.minimum.accumulate(np.where(flags, each, count)[::-1])[::-1]
    upcoming = np.concatenate((upcoming[1:], [count]))
    inside = np.minimum(upcoming, count - 1)
    return np.where((upcoming < count) & (document[inside] == document), upcoming, -1)
