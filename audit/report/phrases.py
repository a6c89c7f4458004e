"""The words that unnamed sources are called by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from audit.results import Results
from model.labels import ANONYMOUS

MOST: Final = 100
#: They point back to a source that was called something before.
_PRONOUNS: Final = pa.array(["he", "she", "they", "we", "i", "it", "who", "you", "him", "her", "them", "us", "me"])
_COLUMNS: Final = ["input", "record", "label", "source"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A source phrase, in how many sentences and articles it stands behind something."""

    text: str
    sentences: int
    articles: int


def unnamed_phrases(results: Results, *, duplicates: bool) -> list[Phrase]:
    """The phrases most used for unnamed sources, at most `MOST`.

    They are compared in lower case, without articles and punctuation around them; pronouns are left out. Held in memory
    are the different phrases.
    """
    totals = pa.table(
        {
            "phrase": pa.array([], pa.string()),
            "sentences": pa.array([], pa.int64()),
            "articles": pa.array([], pa.int64()),
        }
    )
    for part in results.read("sentences", _COLUMNS):
        chosen = part.filter(pc.and_(pc.equal(part["label"], ANONYMOUS), pc.is_valid(part["source"])))
        if not duplicates:
            chosen = chosen.filter(pc.invert(results.repeated(chosen)))
        totals = _add(totals, _count(chosen))
    ordered = totals.sort_by([("sentences", "descending"), ("articles", "descending"), ("phrase", "ascending")])
    return [Phrase(*row.values()) for row in ordered.slice(0, MOST).to_pylist()]


def _count(sentences: pa.Table) -> pa.Table:
    phrases = _normalise(sentences["source"])
    kept = pc.and_(pc.greater(pc.utf8_length(phrases), 0), pc.invert(pc.is_in(phrases, _PRONOUNS)))
    table = pa.table({"phrase": phrases, "input": sentences["input"], "record": sentences["record"]}).filter(kept)
    by_article = table.group_by(["phrase", "input", "record"]).aggregate([([], "count_all")])
    counted = by_article.group_by("phrase").aggregate([("count_all", "sum"), ([], "count_all")])
    return counted.select(["phrase", "count_all_sum", "count_all"]).rename_columns(["phrase", "sentences", "articles"])


def _add(totals: pa.Table, more: pa.Table) -> pa.Table:
    both = pa.concat_tables([totals, more.cast(totals.schema)]).group_by("phrase")
    added = both.aggregate([("sentences", "sum"), ("articles", "sum")])
    return added.rename_columns(["phrase", "sentences", "articles"]).select(totals.column_names)


def _normalise(phrases: pa.ChunkedArray) -> pa.ChunkedArray:
    lower = pc.utf8_lower(pc.replace_substring(phrases, "’", "'"))
    bare = pc.replace_substring_regex(lower, r"^[^\pL\pN]+|[^\pL\pN]+$", "")
    spaced = pc.replace_substring_regex(bare, r"\s+", " ")
    return pc.replace_substring_regex(spaced, r"^(?:the|an?|one) ", "")
