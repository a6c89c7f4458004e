"""Articles that repeat an earlier one: word for word, or nearly, as wire copy does.

Near-duplicates are found by MinHash and locality-sensitive hashing (Broder 1997; Leskovec, Rajaraman and Ullman 2014,
chapter 3): articles whose signatures agree in a whole band are compared, and those alike enough belong to one cluster.
Memory holds some 200 bytes an article.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from audit.parts.files import write_atomically
from audit.parts.signatures import MINIMA, SIGNATURES
from audit.runs.progress import show
from audit.runs.signature_store import BANDS, Ints, SignatureStore
from audit.tables import DUPLICATES, DUPLICATES_FILE

#: Estimated similarity from which on articles are alike.
THRESHOLD: Final = 0.7

_BLANK: Final = bytes(4 * MINIMA)


@dataclass(frozen=True, slots=True)
class _Articles:
    """Columns over the articles of a run, in the order of the archive.

    Attributes
    ----------
    input : pyarrow.DictionaryArray
    record : ndarray of int
    text : ndarray of 16 bytes
        Equal for equal texts.
    order : ndarray of int
        Rank of each by date, those without one last, then by place in the archive.
    signed : ndarray of bool
        Which have a signature.
    """

    input: pa.Array
    record: Ints
    text: npt.NDArray[np.void]
    order: Ints
    signed: npt.NDArray[np.bool_]


def write_duplicates(out: Path) -> int:
    """Find the repeated articles of a run and write `audit.tables.DUPLICATES`.

    Returns
    -------
    int
        How many articles repeat an earlier one.
    """
    with SignatureStore(out) as store:
        articles = _read(sorted((out / "signatures").glob("part-*.parquet")), store)
        table = _table(articles, _earliest(articles, store), store)
    buffer = pa.BufferOutputStream()
    pq.write_table(table, buffer, compression="zstd")
    write_atomically(out / DUPLICATES_FILE, buffer.getvalue())
    return len(table)


def _read(parts: list[Path], store: SignatureStore) -> _Articles:
    columns = [_columns(SIGNATURES.empty_table())]
    for part in parts:
        table = pq.read_table(part, partitioning=None)
        minima = b"".join(signature or _BLANK for signature in table["signature"].to_pylist())
        store.add(np.frombuffer(minima, "<u4").reshape(-1, MINIMA))
        columns.append(_columns(table))
    whole = pa.concat_tables(columns).unify_dictionaries()
    order = _order(whole["date"].combine_chunks())  # first, for it takes the most room
    text = b"".join(chunk.buffers()[1].slice(16 * chunk.offset, 16 * len(chunk)) for chunk in whole["text"].chunks)
    return _Articles(
        input=whole["input"].combine_chunks(),
        record=whole["record"].to_numpy(),
        text=np.frombuffer(text, "V16"),
        order=order,
        signed=whole["signed"].to_numpy(),
    )


def _columns(table: pa.Table) -> pa.Table:
    """What is held of a part."""
    return pa.table(
        {
            "input": table["input"].dictionary_encode(),
            "record": table["record"],
            "text": table["text"],
            "date": table["date"].dictionary_encode(),
            "signed": table["signature"].is_valid(),
        }
    )


def _order(date: pa.Array) -> Ints:
    """Rank by date, those without one last, and by place where dates are equal."""
    days = date.dictionary.to_pylist()
    rank = np.empty(len(days) + 1, np.int64)
    rank[sorted(range(len(days)), key=days.__getitem__)] = np.arange(len(days))
    rank[-1] = len(days)
    order = np.empty(len(date), np.int64)
    order[np.argsort(rank[date.indices.fill_null(len(days)).to_numpy()], kind="stable")] = np.arange(len(date))
    return order


def _earliest(articles: _Articles, store: SignatureStore) -> Ints:
    """The earliest article of each one's cluster, shape (N,)."""
    first = np.arange(len(articles.text))
    equal = _shared(articles.text.view("<u8")[::2])
    first[equal] = equal[_first_of_group(articles.text[equal], articles.order[equal])]
    # One of several equal texts is enough to look for others that are alike.
    candidates = np.flatnonzero(articles.signed & (first == np.arange(len(first))))
    for band in show(range(BANDS), "duplicates"):
        keys = store.keys(band)[candidates]
        shared = _shared(keys)
        keys, some = keys[shared], candidates[shared]
        pairs = np.stack([some, some[_first_of_group(keys, articles.order[some])]])
        pairs = pairs[:, first[pairs[0]] != first[pairs[1]]]  # the others are in one cluster already
        alike = store.similarities(*pairs) >= THRESHOLD
        first = _joined(first, pairs[:, alike], articles.order)
    return first


def _shared(keys: npt.NDArray[np.uint64]) -> Ints:
    """Indices of the keys that others have, too: few, so that memory is needed for few."""
    ordered = np.sort(keys)
    repeated = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    if not len(repeated):
        return np.empty(0, np.int64)
    place = np.minimum(np.searchsorted(repeated, keys), len(repeated) - 1)
    return np.flatnonzero(repeated[place] == keys)


def _first_of_group(keys: npt.NDArray[Any], order: Ints) -> Ints:
    """Index of the earliest of those that have the same key as each."""
    group = np.unique(keys, return_inverse=True)[1]
    by_group = np.lexsort((order, group))
    starts = np.flatnonzero(np.diff(group[by_group], prepend=-1))
    return by_group[starts][group]


def _joined(first: Ints, pairs: Ints, order: Ints) -> Ints:
    """Join clusters of which a pair is alike; the first of a cluster stands for it."""
    if not pairs.size:
        return first
    heads, places = np.unique(first[pairs], return_inverse=True)
    rows, columns = places.reshape(2, -1)
    graph = coo_array((np.ones(len(rows), np.bool_), (rows, columns)), shape=(len(heads), len(heads)))
    earliest = heads[_first_of_group(connected_components(graph, directed=False)[1], order[heads])]
    found = np.minimum(np.searchsorted(heads, first), len(heads) - 1)
    return np.where(heads[found] == first, earliest[found], first)


def _table(articles: _Articles, earliest: Ints, store: SignatureStore) -> pa.Table:
    repeats = np.flatnonzero(earliest != np.arange(len(earliest)))
    of = earliest[repeats]
    exact = articles.text[repeats] == articles.text[of]
    similarity = np.where(exact, np.float32(1), store.similarities(repeats, of))
    return pa.table(
        {
            "input": articles.input.take(repeats).cast(pa.string()),
            "record": articles.record[repeats],
            "of_input": articles.input.take(of).cast(pa.string()),
            "of_record": articles.record[of],
            "kind": np.where(exact, "exact", "near").astype(object),
            "similarity": similarity.astype(np.float32),
        },
        schema=DUPLICATES,
    )
