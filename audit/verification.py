"""Scoring some articles of a run again, to see whether they get the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
import pyarrow as pa

from audit.parts.scoring import Rules, score_records
from audit.reread import reread
from audit.results import Results, ResultsError, standing_at
from audit.runs.manifest import RunManifest
from audit.tables import ARTICLES, SENTENCES
from model.article import Thresholds
from model.policy import Policy
from model.scorer import BATCH, Scorer

_TABLES = {"articles": ARTICLES, "sentences": SENTENCES}
Place = tuple[str, int]
Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Difference:
    """An article that does not get the same, and in which columns; no values, which may quote it.

    Attributes
    ----------
    input : str
    record : int
    columns : tuple of str
    largest : float
        The largest difference between numbers.
    """

    input: str
    record: int
    columns: tuple[str, ...]
    largest: float

    def __str__(self) -> str:
        by = f" (numbers by up to {self.largest:.1g})" if self.largest else ""
        return f"{self.input}, record {self.record}: {', '.join(self.columns)}{by}"


@dataclass(frozen=True, slots=True)
class Verification:
    """How many articles and sentences were scored again, and which articles came out otherwise."""

    articles: int
    sentences: int
    differences: list[Difference]


def verify(results: Results, scorer: Scorer, *, articles: int, seed: int, tolerance: float) -> Verification:
    """Score a random sample of a run's articles again, and compare all that stands in the tables.

    Parameters
    ----------
    results : Results
    scorer : Scorer
        Of the run's model.
    articles : int
        How many, if there are so many.
    seed : int
    tolerance : float
        By how much numbers may differ.

    Raises
    ------
    ResultsError
        If the model is another, or the archive has changed.
    """
    digest = scorer.manifest.digest
    if digest != results.model["digest"]:
        raise ResultsError(f"the run's model is {results.model['digest']}, not {digest}: name the run's with --model")
    wanted = _draw(results, articles, seed)
    stored = {
        table: _by_article(part.filter(standing_at(part, wanted)) for part in results.read(table, schema.names))
        for table, schema in _TABLES.items()
    }
    differences: list[Difference] = []
    records = reread(results, wanted)
    while batch := tuple(islice(records, BATCH)):
        tables = score_records(batch, scorer, _rules(results.manifest))
        again = {table: _by_article([tables[table]]) for table in _TABLES}
        for record in batch:
            difference = _compare((record.place.input, record.place.record), stored, again, tolerance)
            differences += [difference] if difference else []
    return Verification(sum(map(len, wanted.values())), sum(map(len, stored["sentences"].values())), differences)


def _rules(manifest: RunManifest) -> Rules:
    thresholds = Thresholds(**manifest.policy["thresholds"])
    return Rules(Policy(**{**manifest.policy, "thresholds": thresholds}), manifest.settings["day_first"])


def _draw(results: Results, articles: int, seed: int) -> dict[str, list[int]]:
    total = results.rows("articles")
    rows = np.sort(np.random.default_rng(seed).choice(total, min(articles, total), replace=False))
    wanted: dict[str, list[int]] = {}
    start = 0
    for part in results.read("articles", ["input", "record"]):
        here = rows[(rows >= start) & (rows < start + len(part))] - start
        start += len(part)
        for row in part.take(pa.array(here)).to_pylist():
            wanted.setdefault(row["input"], []).append(row["record"])
    return wanted


def _by_article(parts: Iterable[pa.Table]) -> dict[Place, Rows]:
    rows: dict[Place, Rows] = {}
    for part in parts:
        for row in part.to_pylist():
            rows.setdefault((row["input"], row["record"]), []).append(row)
    return rows


def _compare(
    place: Place, stored: dict[str, dict[Place, Rows]], again: dict[str, dict[Place, Rows]], tolerance: float
) -> Difference | None:
    columns: list[str] = []
    largest = 0.0
    for table in _TABLES:
        before, now = stored[table].get(place, []), again[table].get(place, [])
        if len(before) != len(now):
            columns.append(table)
            continue
        for name, distance in sorted(_distances(before, now).items()):
            if distance > tolerance:
                columns += [f"{table}.{name}"]
                largest = max(largest, distance if np.isfinite(distance) else 0.0)
    return Difference(*place, tuple(columns), largest) if columns else None


def _distances(before: Sequence[dict[str, Any]], now: Sequence[dict[str, Any]]) -> dict[str, float]:
    """By how much columns differ, infinitely where they hold no numbers."""
    distances: dict[str, float] = {}
    for a, b in zip(before, now, strict=True):
        for name in a:
            if a[name] != b[name]:
                numbers = isinstance(a[name], float) and isinstance(b[name], float)
                distance = abs(a[name] - b[name]) if numbers else np.inf
                distances[name] = max(distances.get(name, 0.0), distance)
    return distances
