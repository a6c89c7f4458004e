"""`onrecord ablate`: what each part of the model is worth."""

from __future__ import annotations

from pathlib import Path

import click

from training.ablation import PARTS, WHOLE, Loss, ablate, write_losses
from training.commands.options import Clock, corpus_option, golds_option, read_golds, told_errors
from training.corpus import load_corpus
from training.paths import ABLATION


@click.command("ablate")
@corpus_option
@golds_option
@click.option(
    "--without",
    "parts",
    type=click.Choice(PARTS),
    multiple=True,
    help="Part to leave out; may be given several times. By default, each part in turn.",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    default=ABLATION,
    show_default="data/ablation.json of the checkout",
    help="File to write.",
)
def ablation(folder: Path, golds: tuple[tuple[str, Path], ...], parts: tuple[str, ...], out: Path) -> None:
    """Measure what each part of the model is worth.

    Trains the model without one part after another. Prints, for each set of articles, accuracy and macro-F1 with
    everything, and how much they change without each part: what is below zero is what the part is worth. Takes as long
    as a dozen trainings. The model card shows the result.
    """
    with told_errors():
        sets = read_golds(golds)
        losses: list[Loss] = []
        for loss in ablate(load_corpus(folder), sets, Clock(), parts):
            losses.append(loss)
            write_losses(losses, out)  # each time, so that stopping loses nothing
            click.echo(_line(loss, losses[0]))
    click.echo(f"wrote {out}")


def _line(loss: Loss, whole: Loss) -> str:
    def figure(name: str, kind: str) -> str:
        value = loss.figures[name][kind]
        return f"{value:.3f}" if loss.without == WHOLE else f"{value - whole.figures[name][kind]:+.3f}"

    figures = ", ".join(f"{name} {figure(name, 'accuracy')} {figure(name, 'macro_f1')}" for name in loss.figures)
    return f"{loss.without:45} {figures}"
