"""What the auditors' subcommands share: arguments, options, errors."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import click

from audit.checking.key import KeyFileError
from audit.checking.labelled import LabelledError
from audit.results import Results, ResultsError
from audit.statistics.bootstrap import SEED
from audit.statistics.confusion import ConfusionError, read_confusion
from audit.statistics.correction import Correction
from model.artefact import ModelError

T = TypeVar("T")
MODEL = Path(__file__).resolve().parents[2] / "models" / "onrecord-en"

run_argument = click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
confusion_option = click.option(
    "--confusion",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    show_default="the model's own",
    help="Correct shares by this file of 'audit check'.",
)
duplicates_option = click.option(
    "--with-duplicates/--without-duplicates",
    "duplicates",
    default=False,
    show_default=True,
    help="Whether articles that repeat an earlier one count.",
)

seed_option = click.option(
    "--seed", type=click.IntRange(0), default=SEED, show_default=True, help="Decides what is drawn."
)
model_option = click.option(
    "--model",
    type=click.Path(path_type=Path),
    default=MODEL,
    envvar="ONRECORD_MODEL",
    show_default="models/onrecord-en of the checkout",
    show_envvar=True,
    help="Folder of the model.",
)


@contextmanager
def told_errors() -> Iterator[None]:
    """Tell errors that a person can mend in one line, without a traceback."""
    try:
        yield
    except (ResultsError, ConfusionError, KeyFileError, LabelledError, ModelError) as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(
            f"{error.filename}: {error.strerror}" if error.filename else str(error.strerror)
        ) from error


def correction_of(results: Results, path: Path | None, *, stream: int = 1) -> Correction | None:
    """How to correct shares: by a file, or else by the model's own confusion, if the run has one that says enough.

    Raises
    ------
    ConfusionError
        If the file says too little to correct by.
    """
    if path is not None:
        return Correction(read_confusion(path))
    try:
        confusion = results.confusion()
    except ConfusionError as error:
        click.echo(f"shares are not corrected: {error}", err=True)
        return None
    return None if confusion is None else Correction(confusion, stream)


def progress(label: str) -> Callable[[Sequence[T]], Iterator[T]]:
    """Show how far a loop has come: a bar on a terminal, else the label alone."""

    def shown(steps: Sequence[T]) -> Iterator[T]:
        with click.progressbar(steps, label=label, file=sys.stderr) as bar:
            yield from bar

    return shown
