"""`onrecord learning-curve`: whether more articles would help."""

from __future__ import annotations

from pathlib import Path

import click

from training.commands.options import Clock, corpus_option, golds_option, read_golds, told_errors
from training.corpus import load_corpus
from training.curve import SHARES, Point, learn_on_growing_parts, write_curve
from training.paths import CURVE


@click.command("learning-curve")
@corpus_option
@golds_option
@click.option(
    "--share",
    "shares",
    type=click.FloatRange(0, 1, min_open=True),
    multiple=True,
    default=SHARES,
    show_default=True,
    help="Part of the corpus to train on; may be given several times.",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    default=CURVE,
    show_default="data/learning-curve.json of the checkout",
    help="File to write.",
)
def learning_curve(folder: Path, golds: tuple[tuple[str, Path], ...], shares: tuple[float, ...], out: Path) -> None:
    """Measure models trained on growing parts of the corpus.

    Tells whether more articles would help. Takes as long as training does, for each part. The model card and the
    report show the result.
    """
    with told_errors():
        sets = read_golds(golds)
        points: list[Point] = []
        for point in learn_on_growing_parts(load_corpus(folder), sets, sorted(shares), Clock()):
            measured = ", ".join(f"{name} {value:.3f}" for name, value in point.measured.items())
            click.echo(f"{point.articles:5} articles: macro-F1 cross-validated {point.cross_validated:.3f}, {measured}")
            points.append(point)
            write_curve(points, out)  # each time, so that stopping loses nothing
    click.echo(f"wrote {out}")
