"""`onrecord report`: a model on one page."""

from __future__ import annotations

from pathlib import Path

import click

from model.artefact import load_model
from training.commands.options import gold_option, model_option, told_errors
from training.curve import read_curve
from training.evaluate import evaluate
from training.gold import read_gold
from training.paths import CURVE


@click.command()
@model_option
@gold_option
@click.option(
    "--curve",
    type=click.Path(dir_okay=False, path_type=Path),
    default=CURVE,
    show_default="data/learning-curve.json of the checkout",
    help="Learning curve to show, if it is there.",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    default=Path("report.html"),
    show_default=True,
    help="File to write.",
)
def report(model: Path, gold: Path, curve: Path, out: Path) -> None:
    """Write a report on a model: one HTML file.

    Confusion matrix, reliability diagram, learning curve, figures by desk and region, and the surest errors.
    """
    try:  # matplotlib comes with install-dev alone
        from training.report import render_report  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise click.ClickException(f"the report needs {error.name}: install it with 'make install-dev'") from error
    with told_errors():
        scorer = load_model(model)
        evaluation = evaluate(scorer, read_gold(gold))
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(render_report(scorer.manifest, evaluation, read_curve(curve)), encoding="utf-8")
    click.echo(f"wrote {out}")
