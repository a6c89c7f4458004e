"""Runs made up for tests, in the tables that `audit run` writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from audit.runs.manifest import COMPLETE, InputFile, RunManifest
from audit.tables import ARTICLES, DUPLICATES, DUPLICATES_FILE, REJECTED, SENTENCES
from model.labels import LABELS

MODEL = {"name": "made-up", "version": "1", "digest": "sha256:" + "0" * 64, "weights": dict.fromkeys(LABELS, 0.5)}
INPUTS = [InputFile("a.jsonl", "jsonl", 1, "sha256:0")]
#: P(label given | true label).
RATES = np.array([[0.85, 0.03, 0.02, 0.1], [0.05, 0.77, 0.02, 0.16], [0.1, 0.04, 0.75, 0.11], [0.05, 0.02, 0.01, 0.92]])
CONFUSION = (RATES * [[900], [600], [400], [1400]]).round().astype(int)


@dataclass
class Article:
    """One article: the label given to each of its sentences, and what else its row needs."""

    labels: Sequence[str]
    metadata: dict[str, str] = field(default_factory=dict)
    sources: Sequence[str | None] = ()
    flags: Sequence[str] = ()
    verdict: str = "pass"
    strength: float | None = 0.5


def write_run(
    folder: Path,
    articles: Sequence[Article],
    *,
    duplicates: Sequence[int] = (),
    reasons: Sequence[str] = (),
    confusion: object = CONFUSION,
    part: int = 100,
) -> Path:
    """Write a run of made-up articles, records of one input; ``duplicates`` are those that repeat the first."""
    for table in ("articles", "sentences", "rejected"):
        (folder / table).mkdir(parents=True)
    for number, start in enumerate(range(0, len(articles), part)):
        chosen = list(enumerate(articles))[start : start + part]
        _write(folder / f"articles/part-{number:06}-x.parquet", [_article(*a) for a in chosen], ARTICLES)
        _write(folder / f"sentences/part-{number:06}-x.parquet", [s for a in chosen for s in _sentences(*a)], SENTENCES)
    rejected = [{"input": "a.jsonl", "record": len(articles) + n, "reason": reason} for n, reason in enumerate(reasons)]
    _write(folder / "rejected/part-000000-x.parquet", rejected, REJECTED)
    repeats = [
        {"input": "a.jsonl", "record": n, "of_input": "a.jsonl", "of_record": 0, "kind": "exact"} for n in duplicates
    ]
    _write(folder / DUPLICATES_FILE, repeats, DUPLICATES)
    manifest = RunManifest(
        MODEL,
        None if confusion is None else np.asarray(confusion).tolist(),
        {"name": "made-up"},
        {},
        {"onrecord": "1"},
        INPUTS,
        COMPLETE,
        {},
    )
    manifest.write(folder)
    return folder


def mislabelled(labels: Sequence[int], rng: np.random.Generator, rates: np.ndarray = RATES) -> list[str]:
    """What a model that errs by ``rates`` makes of true labels."""
    chance = rng.random(len(labels))
    return [LABELS[int(np.searchsorted(rates[label].cumsum(), c))] for label, c in zip(labels, chance, strict=True)]


def _article(record: int, article: Article) -> dict[str, object]:
    counts = {label: list(article.labels).count(label) for label in LABELS}
    return {
        "input": "a.jsonl",
        "record": record,
        **article.metadata,
        "sentences": len(article.labels),
        "boilerplate": 0,
        "strength": article.strength,
        **counts,
        "verdict": article.verdict,
        "flags": list(article.flags),
    }


def _sentences(record: int, article: Article) -> list[dict[str, object]]:
    sources = [*article.sources, *[None] * len(article.labels)]
    return [
        {
            "input": "a.jsonl",
            "record": record,
            "sentence": n,
            "start": 10 * n,
            "end": 10 * n + 9,
            "boilerplate": False,
            "label": label,
            "source": source,
            "flags": [],
        }
        for n, (label, source) in enumerate(zip(article.labels, sources, strict=False))
    ]


def _write(path: Path, rows: list[dict[str, object]], schema: pa.Schema) -> None:
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), path)
