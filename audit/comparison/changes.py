"""The same sentences under two models: which labels changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from audit.results import Results
from audit.tally import Ints
from model.labels import LABELS

#: What a sentence may be.
KINDS: Final = (*LABELS, "boilerplate")
_LABELS: Final = pa.array(LABELS)
_COLUMNS: Final = ["input", "record", "start", "end", "label"]


@dataclass(frozen=True, slots=True)
class Change:
    """A sentence whose label changed: where it stands, half-open in code points of the article's text."""

    input: str
    record: int
    start: int
    end: int
    first: str
    second: str


@dataclass(slots=True)
class Changes:
    """What became of the sentences of articles in both runs.

    Attributes
    ----------
    table : ndarray of int, shape (5, 5)
        Sentences by first and second label, boilerplate last.
    recut : list of int
        Sentences of either run that the other cuts otherwise.
    """

    table: Ints = field(default_factory=lambda: np.zeros((len(KINDS), len(KINDS)), np.int64))
    recut: list[int] = field(default_factory=lambda: [0, 0])

    @property
    def compared(self) -> int:
        """Sentences in both."""
        return int(self.table.sum())

    @property
    def changed(self) -> int:
        """Those with another label."""
        return self.compared - int(np.trace(self.table))


@dataclass(frozen=True, slots=True)
class _Sentences:
    """The sentences of one article: spans (n, 2), and labels (n,) as positions in `KINDS`."""

    input: str
    record: int
    spans: Ints
    labels: Ints


def find_changes(first: Results, second: Results, changes: Changes) -> Iterator[Change]:
    """Go through two runs over the same inputs side by side, and add up ``changes``.

    Held in memory is a part of either.

    Yields
    ------
    Change
        In the order of the archive.
    """
    order = {described.name: number for number, described in enumerate(first.manifest.inputs)}
    sides = [_articles(first), _articles(second)]
    one, other = next(sides[0], None), next(sides[1], None)
    while one is not None and other is not None:
        place, other_place = ((order[a.input], a.record) for a in (one, other))
        if place == other_place:
            yield from _compare(one, other, changes)
        if place <= other_place:
            one = next(sides[0], None)
        if place >= other_place:
            other = next(sides[1], None)


def _articles(results: Results) -> Iterator[_Sentences]:
    for part in results.read("sentences", _COLUMNS):
        if not len(part):
            continue
        inputs = part["input"].combine_chunks().dictionary_encode()
        codes, records = inputs.indices.to_numpy(), part["record"].to_numpy()
        spans = np.stack([part["start"].to_numpy(), part["end"].to_numpy()], axis=1).astype(np.int64)
        labels = pc.index_in(part["label"], _LABELS).fill_null(len(LABELS)).to_numpy()
        starts = np.flatnonzero((np.diff(codes) != 0) | (np.diff(records) != 0)) + 1
        for start, end in zip([0, *starts], [*starts, len(part)], strict=True):
            name = inputs.dictionary[int(codes[start])].as_py()
            yield _Sentences(name, int(records[start]), spans[start:end], labels[start:end])


def _compare(one: _Sentences, other: _Sentences, changes: Changes) -> Iterator[Change]:
    mine, theirs = _shared(one.spans, other.spans)
    changes.recut[0] += len(one.spans) - len(mine)
    changes.recut[1] += len(other.spans) - len(theirs)
    first, second = one.labels[mine], other.labels[theirs]
    np.add.at(changes.table, (first, second), 1)
    for index in np.flatnonzero(first != second).tolist():
        start, end = one.spans[mine[index]].tolist()
        yield Change(one.input, one.record, start, end, KINDS[first[index]], KINDS[second[index]])


def _shared(one: Ints, other: Ints) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Positions of the spans that stand in both. Spans do not overlap, so that starts are unique and ascend."""
    _, mine, theirs = np.intersect1d(one[:, 0], other[:, 0], assume_unique=True, return_indices=True)
    same = one[mine, 1] == other[theirs, 1]
    return mine[same], theirs[same]
