"""`onrecord audit verify`: whether a run can be repeated."""

from __future__ import annotations

from pathlib import Path

import click

from audit.commands.options import model_option, run_argument, seed_option, told_errors
from audit.results import open_results
from audit.verification import verify as verify_run
from model.artefact import load_model


@click.command()
@run_argument
@click.option("--articles", type=click.IntRange(1), default=100, show_default=True, help="How many to score again.")
@seed_option
@click.option(
    "--tolerance",
    type=click.FloatRange(0),
    default=0.0,
    show_default=True,
    help="By how much numbers may differ: another processor rounds otherwise, by some 1e-6.",
)
@model_option
@click.pass_context
def verify(ctx: click.Context, folder: Path, *, articles: int, seed: int, tolerance: float, model: Path) -> None:
    """Score some of a run again, and say whether it gets the same.

    DIR is what 'audit run' wrote; the archive must be where and what it was then, which is checked first. The exit code
    is 1 if an article gets anything else than stands in the tables.
    """
    with told_errors():
        results = open_results(folder)
        click.echo("checking that the archive is what was scored", err=True)
        found = verify_run(results, load_model(model), articles=articles, seed=seed, tolerance=tolerance)
    for difference in found.differences:
        click.echo(f"differs: {difference}")
    same = found.articles - len(found.differences)
    click.echo(f"{same} of {found.articles} articles get the same, in {found.sentences:,} sentences")
    if found.differences:
        ctx.exit(1)
