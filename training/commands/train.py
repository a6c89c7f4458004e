"""`onrecord train`: from the corpus to a model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from model.boilerplate import THRESHOLD
from model.scorer import Scorer
from training.ablation import read_losses
from training.card import held_out_figures
from training.commands.options import Clock, corpus_option, told_errors
from training.corpus import load_corpus
from training.curve import read_curve
from training.dataset import build_dataset
from training.evaluate import evaluate
from training.fit import fit
from training.folds import check_folds
from training.gate import digest
from training.gold import read_gold
from training.metrics import measure, measure_boilerplate
from training.paths import ABLATION, CURVE, EVALUATION, MODEL
from training.release import write_model


@click.command()
@corpus_option
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=MODEL,
    envvar="ONRECORD_MODEL",
    show_default="models/onrecord-en of the checkout",
    show_envvar=True,
    help="Folder to write the model to; replaced when the new model is whole.",
)
def train(folder: Path, out: Path) -> None:
    """Build the model from the corpus.

    Says what it is doing, and prints figures cross-validated over the corpus, each article judged by a model that
    has not seen it, and figures on data/evaluation. The model card gives both.
    """
    report = Clock()
    with told_errors():
        report("reading the corpus")
        articles = load_corpus(folder)
        gold = read_gold(EVALUATION)
        report(f"analysing {len(articles)} articles")
        dataset = build_dataset(articles)
        check_folds(dataset)
    fitted = fit(dataset, lambda step: report(f"training: {step}"))
    metrics = measure(fitted.labels[dataset.labelled], dataset.labels[dataset.labelled])
    boilerplate = measure_boilerplate(fitted.boilerplate >= THRESHOLD, ~dataset.labelled)
    evaluations = []

    def held_out(scorer: Scorer) -> dict[str, Any]:
        report("measuring on data/evaluation")
        evaluations.append(evaluate(scorer, gold))
        return held_out_figures(scorer, evaluations[0], digest(EVALUATION), read_curve(CURVE), read_losses(ABLATION))

    manifest = write_model(out, dataset, fitted, metrics, boilerplate.to_dict(), held_out=held_out)
    report("done")
    click.echo(f"cross-validated, folds by article: {metrics}")
    click.echo(boilerplate)
    click.echo(f"on data/evaluation: {evaluations[0]}")
    click.echo(f"wrote {out} ({manifest.digest})")
