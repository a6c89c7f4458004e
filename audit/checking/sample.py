"""Writing a sample to label by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from audit.checking.key import Key, KeyArticle, KeySentence, sentence_digest
from audit.checking.sheets import SheetArticle, printed, write_sheets
from audit.checking.strata import Drawn, draw
from audit.parts.texts import UnfitError, read_text
from audit.reread import reread
from audit.results import Results, ResultsError, standing_at
from audit.tally import Tally, tally

_SENTENCE: Final = ["input", "record", "sentence", "start", "end", "label"]
_ARTICLE: Final = ["input", "record", "text_sha256"]
Place = tuple[str, int]


def write_sample(results: Results, folder: Path, *, articles: int, criteria: Sequence[str], seed: int) -> Key:
    """Draw a sample, and write what is to be labelled and, apart from it, the key.

    Articles come in random order, so that whoever does not get to the end has labelled a sample, too. Articles that
    repeat an earlier one are not drawn.

    Parameters
    ----------
    results : Results
    folder : Path
        Made.
    articles : int
    criteria : sequence of str
        See `audit.checking.strata.draw`.
    seed : int

    Raises
    ------
    ResultsError
        If the archive is not what was scored any more.
    OSError
        If the folder cannot be written.
    """
    counted = tally(results, duplicates=False)
    drawn = draw(counted, articles, criteria, seed)
    if not drawn:
        raise ResultsError("the run has no article with a labelled sentence")
    order = np.random.default_rng([seed, 1]).permutation(len(drawn)).tolist()
    ids = [f"sample-{number + 1:0{len(str(len(drawn)))}}" for number in order]
    places = [_place(counted, one) for one in drawn]
    texts = _texts(results, places)
    sentences = _rows(results, "sentences", _SENTENCE, places)
    sheets, keys = [], []
    for name, one, place in sorted(zip(ids, drawn, places, strict=True)):
        rows = sentences[place]
        cut = [printed(texts[place][row["start"] : row["end"]]) for row in rows]
        sheets.append(
            SheetArticle(
                name,
                _name(counted.section, one.row),
                _name(counted.outlet, one.row),
                list(zip(cut, _begins(texts[place], rows), strict=True)),
            )
        )
        labels = [
            KeySentence(sentence_digest(text), row["label"] or "boilerplate")
            for text, row in zip(cut, rows, strict=True)
        ]
        keys.append(KeyArticle(name, *place, one.stratum, one.probability, tuple(labels)))
    key = Key(results.model, counted.counts.sum(axis=0).tolist(), results.manifest.confusion, seed, keys)
    write_sheets(folder, sheets)
    key.write(folder)
    return key


def _place(counted: Tally, drawn: Drawn) -> Place:
    return counted.input.names[counted.input.codes[drawn.row]], int(counted.record[drawn.row])


def _name(grouping: Any, row: int) -> str | None:
    code = grouping.codes[row]
    return grouping.names[code] if code >= 0 else None


def _texts(results: Results, places: Sequence[Place]) -> dict[Place, str]:
    digests = {place: rows[0]["text_sha256"] for place, rows in _rows(results, "articles", _ARTICLE, places).items()}
    texts = {}
    for record in reread(results, _by_input(places)):
        place = record.place.input, record.place.record
        try:
            texts[place] = read_text(record)
        except UnfitError as error:
            raise ResultsError(
                f"{place[0]}: record {place[1]} {error}, and was scored: another version read it"
            ) from None
        if hashlib.sha256(texts[place].encode()).hexdigest() != digests[place]:
            raise ResultsError(
                f"{place[0]}: record {place[1]} gives another text than was scored: another version read it"
            )
    return texts


def _rows(
    results: Results, table: str, columns: list[str], places: Sequence[Place]
) -> dict[Place, list[dict[str, Any]]]:
    wanted = _by_input(places)
    rows: dict[Place, list[dict[str, Any]]] = {place: [] for place in places}
    for part in results.read(table, columns):
        for row in part.filter(standing_at(part, wanted)).to_pylist():
            rows[row["input"], row["record"]].append(row)
    return rows


def _by_input(places: Sequence[Place]) -> dict[str, list[int]]:
    wanted: dict[str, list[int]] = {}
    for name, record in places:
        wanted.setdefault(name, []).append(record)
    return wanted


def _begins(text: str, rows: Sequence[dict[str, Any]]) -> list[bool]:
    """Whether each sentence begins a paragraph."""
    ends = [0, *(row["end"] for row in rows)]
    return ["\n" in text[end : row["start"]] for end, row in zip(ends, rows, strict=False)]
