"""The articles of a run as arrays: what figures by group are counted from, some 60 bytes an article."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from audit.periods import month_of
from audit.results import Results
from model.labels import LABELS
from model.standards import STANDARDS

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
_COLUMNS: Final = ["input", "record", "outlet", "date", "section", "author", "strength", *LABELS, "flags"]


@dataclass(frozen=True)
class Grouping:
    """Which group each article belongs to.

    Attributes
    ----------
    names : list of str
    codes : ndarray of int, shape (n,)
        Positions in ``names``; -1 for articles of which it is not known.
    """

    names: list[str]
    codes: Ints

    def rows(self, code: int) -> Ints:
        """The articles of a group."""
        return np.flatnonzero(self.codes == code)

    def members(self, rows: Ints | slice = slice(None)) -> dict[str, int]:
        """How many articles each group has, by name, the largest first."""
        codes = self.codes[rows]
        sizes = np.bincount(codes[codes >= 0], minlength=len(self.names)).tolist()
        return {
            name: size
            for size, name in sorted(zip(sizes, self.names, strict=True), key=lambda m: (-m[0], m[1]))
            if size
        }

    def take(self, rows: Ints) -> Grouping:
        """The groups of some articles."""
        return Grouping(self.names, self.codes[rows])

    def code(self, name: str) -> int:
        """The code of a group."""
        return self.names.index(name)


@dataclass(frozen=True)
class Tally:
    """The articles of a run, in order.

    Attributes
    ----------
    input : Grouping
    record : ndarray of int, shape (n,)
        Where each stands.
    counts : ndarray of int, shape (n, 4)
        Labelled sentences by label.
    strength : ndarray, shape (n,)
        NaN for articles without a labelled sentence.
    flags : ndarray of bool, shape (n, 8)
        By the codes of `STANDARDS`, in their order.
    outlet, month, section, author : Grouping
    """

    input: Grouping
    record: Ints
    counts: Ints
    strength: npt.NDArray[np.float32]
    flags: Bools
    outlet: Grouping
    month: Grouping
    section: Grouping
    author: Grouping

    def __len__(self) -> int:
        return len(self.counts)

    def within(self, first: str, last: str) -> Tally:
        """The articles from one month to another, both included."""
        wanted = np.array([first <= month <= last for month in self.month.names] + [False])
        rows = np.flatnonzero(wanted[self.month.codes])
        return Tally(
            self.input.take(rows),
            self.record[rows],
            self.counts[rows],
            self.strength[rows],
            self.flags[rows],
            *(grouping.take(rows) for grouping in (self.outlet, self.month, self.section, self.author)),
        )


class _Names:
    """Numbers names in order of appearance; None and blanks are -1."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {}
        self._parts: list[Ints] = []

    def add(self, column: pa.ChunkedArray, read: Any = None) -> None:
        encoded = column.combine_chunks().dictionary_encode()
        names = [name and name.strip() for name in encoded.dictionary.to_pylist()]
        if read is not None:
            names = [read(name) for name in names]
        codes = np.array([self._codes.setdefault(name, len(self._codes)) if name else -1 for name in names] + [-1])
        self._parts.append(codes[encoded.indices.fill_null(len(names)).to_numpy()])

    def grouping(self) -> Grouping:
        """Codes in the order of the sorted names."""
        names = list(self._codes)
        order = sorted(range(len(names)), key=names.__getitem__)
        rank = np.empty(len(names) + 1, np.int64)
        rank[order] = np.arange(len(names))
        rank[-1] = -1
        return Grouping([names[i] for i in order], rank[_joined(self._parts, np.int64)])


def tally(results: Results, *, duplicates: bool) -> Tally:
    """Count the articles of a run.

    Parameters
    ----------
    results : Results
    duplicates : bool
        Whether articles that repeat an earlier one count.
    """
    record, counts, strength, flags = [], [], [], []
    place, outlet, month, section, author = (_Names() for _ in range(5))
    for part in results.read("articles", _COLUMNS):
        kept = part if duplicates else part.filter(pc.invert(results.repeated(part)))
        place.add(kept["input"])
        record.append(kept["record"].to_numpy())
        counts.append(np.stack([kept[label].to_numpy() for label in LABELS], axis=1).astype(np.int64))
        strength.append(kept["strength"].to_numpy())
        flags.append(_flags(kept["flags"].combine_chunks()))
        outlet.add(kept["outlet"])
        month.add(kept["date"], month_of)
        section.add(kept["section"])
        author.add(kept["author"])
    return Tally(
        place.grouping(),
        _joined(record, np.int64),
        np.concatenate([np.empty((0, len(LABELS)), np.int64), *counts]),
        _joined(strength, np.float32),
        np.concatenate([np.empty((0, len(STANDARDS)), bool), *flags]),
        *(names.grouping() for names in (outlet, month, section, author)),
    )


def _flags(column: pa.ListArray) -> Bools:
    rows = np.repeat(np.arange(len(column)), column.value_lengths().fill_null(0).to_numpy())
    codes = {code: number for number, code in enumerate(STANDARDS)}
    marked = np.zeros((len(column), len(codes)), bool)
    for row, code in zip(rows.tolist(), column.flatten().to_pylist(), strict=True):
        if code in codes:
            marked[row, codes[code]] = True
    return marked


def _joined(parts: Iterable[npt.NDArray[Any]], kind: Any) -> npt.NDArray[Any]:
    return np.concatenate([np.empty(0, kind), *parts])
