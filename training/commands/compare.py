"""`onrecord compare`: whether a model is better than another."""

from __future__ import annotations

from pathlib import Path

import click

from training.commands.options import gold_option, measure_model, told_errors
from training.compare import Difference, compare_evaluations
from training.evaluate import Answer

_folder = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.argument("old", type=_folder)
@click.argument("new", type=_folder)
@gold_option
@click.option(
    "--sentences",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    help="How many sentences whose label changed to print.",
)
def compare(old: Path, new: Path, gold: Path, sentences: int) -> None:
    """Compare two models on the same labelled articles.

    OLD and NEW are their folders. Prints the differences with bootstrap intervals over articles, McNemar's test, and
    sentences whose label changed: + where only the new model is right, - where only the old one is.
    """
    with told_errors():
        comparison = compare_evaluations(measure_model(old, gold), measure_model(new, gold))
    click.echo("new less old:")
    click.echo(_difference("accuracy", comparison.accuracy))
    click.echo(_difference("macro-F1", comparison.macro_f1))
    click.echo(
        f"{comparison.gained} sentences gained, {comparison.lost} lost (McNemar's test: p = {comparison.p_value:.3f})"
    )
    click.echo(f"{len(comparison.changed)} labels changed")
    for before, after in comparison.changed[:sentences]:
        click.echo(_change(before, after))


def _difference(name: str, difference: Difference) -> str:
    return f"{name:10}{difference.value:+.4f}  (95 % interval {difference.low:+.4f} to {difference.high:+.4f})"


def _change(old: Answer, new: Answer) -> str:
    mark = "+" if new.right else "-" if old.right else " "
    return f"{mark} {old.label} > {new.label} (true: {new.gold.label}) {new.article.id}: {new.text}"
