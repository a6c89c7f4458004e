"""`onrecord audit check`: what labels by hand say of a run."""

from __future__ import annotations

from pathlib import Path

import click

from audit.checking.key import read_key
from audit.checking.labelled import read_labels
from audit.checking.measure import check as measure
from audit.checking.sheets import ARTICLES
from audit.checking.tell import tell
from audit.commands.options import told_errors

CONFUSION = "confusion.json"


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("labelled", metavar="[LABELLED]...", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    show_default=f"{CONFUSION} in DIR",
    help="File to write the confusion to.",
)
def check(folder: Path, labelled: tuple[Path, ...], *, out: Path | None) -> None:
    """Say, by labels given by hand, how far to trust a run.

    DIR is what 'audit sample' wrote; LABELLED are the files or folders with the labels, in either form; by default the
    articles in DIR. Articles may be left out, but not single sentences. Writes the confusion, by which
    'audit report --confusion' corrects shares.
    """
    with told_errors():
        key = read_key(folder)
        found = measure(key, read_labels(key, labelled or (folder / ARTICLES,)))
        click.echo(tell(found))
        if found.own is None:
            click.echo(f"no confusion is written: {found.too_few}", err=True)
            return
        out = out or folder / CONFUSION
        out.write_text(found.own.to_json(), encoding="utf-8")
    click.echo(f"wrote {out}; correct the report by it: onrecord audit report RUN --confusion {out}")
