"""`onrecord audit sample`: articles to check by hand."""

from __future__ import annotations

from pathlib import Path

import click

from audit.checking.sample import write_sample
from audit.checking.sheets import ARTICLES, SHEET
from audit.checking.strata import CRITERIA, OUTLET, YEAR
from audit.commands.options import run_argument, seed_option, told_errors
from audit.results import open_results


@click.command()
@run_argument
@click.option("--articles", type=click.IntRange(1), required=True, help="How many to draw; 50 to 100 say much.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder to write to; must not exist.")
@click.option(
    "--by",
    "criteria",
    type=click.Choice(CRITERIA),
    multiple=True,
    default=(OUTLET, YEAR),
    show_default=True,
    help="What to stratify by; may be given several times.",
)
@seed_option
def sample(folder: Path, *, articles: int, out: Path, criteria: tuple[str, ...], seed: int) -> None:
    """Draw articles of a run to label by hand.

    DIR is what 'audit run' wrote; the archive must be where and what it was then. Each article is written to a file in
    the corpus format, and all of them to one table for a spreadsheet: label either, in place of each '?'. The model's
    labels are in key.json, which whoever labels should not see.
    """
    if out.exists():
        raise click.UsageError(f"{out} is there already: labels in it would be lost")
    with told_errors():
        click.echo("checking that the archive is what was scored", err=True)
        key = write_sample(open_results(folder), out, articles=articles, criteria=criteria, seed=seed)
    sentences = sum(len(article.sentences) for article in key.articles)
    click.echo(f"wrote {len(key.articles)} articles with {sentences} sentences to {out / ARTICLES} and {out / SHEET}")
    click.echo(f"label one of the two (data/README.md tells the letters), then: onrecord audit check {out}")
