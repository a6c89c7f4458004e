"""The subcommands for data scientists."""

from __future__ import annotations

import time
from pathlib import Path

import click
import numpy as np

from model.boilerplate import THRESHOLD
from training.corpus import CorpusError, find_faults, load_corpus
from training.dataset import Dataset, build_dataset
from training.fit import Fitted, fit
from training.metrics import measure, table
from training.release import NAME, write_model

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "data" / "corpus"
MODEL = ROOT / "models" / NAME

_corpus_option = click.option(
    "--corpus",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=CORPUS,
    show_default="data/corpus of the checkout",
    help="Folder of labelled articles.",
)


@click.command()
@_corpus_option
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=MODEL,
    envvar="ONRECORD_MODEL",
    show_default="models/onrecord-en of the checkout",
    help="Folder to write the model to; replaced when the new model is whole.",
)
def train(folder: Path, out: Path) -> None:
    """Build the model from the corpus, and print its cross-validated figures."""
    start = time.monotonic()

    def report(step: str) -> None:
        click.echo(f"{time.monotonic() - start:6.1f} s  {step}", err=True)

    report("reading the corpus")
    try:
        articles = load_corpus(folder)
    except CorpusError as error:
        raise click.ClickException(f"the corpus has faults:\n{error}") from error
    report(f"analysing {len(articles)} articles")
    dataset = build_dataset(articles)
    fitted = fit(dataset, lambda step: report(f"training: {step}"))
    metrics = measure(fitted.labels[dataset.labelled], dataset.labels[dataset.labelled])
    boilerplate = _boilerplate_scores(dataset, fitted)
    manifest = write_model(out, dataset, fitted, metrics, boilerplate)
    report("done")
    click.echo(f"cross-validated, folds by article: {table(metrics)}")
    click.echo(
        f"boilerplate: precision {boilerplate['precision']:.3f}, recall {boilerplate['recall']:.3f}, "
        f"article sentences kept {boilerplate['kept']:.3f}"
    )
    click.echo(f"wrote {out} ({manifest.digest})")


def _boilerplate_scores(dataset: Dataset, fitted: Fitted) -> dict[str, float]:
    given, actual = fitted.boilerplate >= THRESHOLD, ~dataset.labelled
    right = int((given & actual).sum())
    return {
        "precision": round(right / max(int(given.sum()), 1), 4),
        "recall": round(right / max(int(actual.sum()), 1), 4),
        "kept": round(float(np.mean(~given[~actual])), 4),
    }


@click.group()
def corpus() -> None:
    """Look after the labelled articles."""


@corpus.command()
@_corpus_option
def check(folder: Path) -> None:
    """Check format, marks, labels, duplicates and near-duplicates.

    Every fault is printed with file and line; the exit code is then 1.
    """
    faults = find_faults(folder)
    for fault in faults:
        click.echo(str(fault))
    if faults:
        raise click.ClickException(f"{len(faults)} faults in {folder}")
    count = len(list(folder.glob("*.txt")))
    click.echo(f"{count} articles, no faults")
