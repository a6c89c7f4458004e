"""What several subcommands share: options, errors, and a clock."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from model.artefact import ModelError, load_model
from model.corpus_format import CorpusError
from training.evaluate import Evaluation, evaluate
from training.folds import FoldError
from training.gate import GateError
from training.gold import GoldArticle, GoldError, read_gold
from training.imports import ImportFileError
from training.paths import CORPUS, EVALUATION, MODEL

corpus_option = click.option(
    "--corpus",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=CORPUS,
    show_default="data/corpus of the checkout",
    help="Folder of labelled articles.",
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
gold_option = click.option(
    "--gold",
    type=click.Path(exists=True, path_type=Path),
    default=EVALUATION,
    show_default="data/evaluation of the checkout",
    help="Labelled articles: a folder in the corpus format, or a file of JSON lines as 'corpus export' writes it.",
)
golds_option = click.option(
    "--gold",
    "golds",
    type=(str, click.Path(exists=True, path_type=Path)),
    multiple=True,
    metavar="NAME PATH",
    help="Articles to measure on besides data/evaluation, under a name; may be given several times.",
)


@contextmanager
def told_errors() -> Iterator[None]:
    """Tell errors that a person can mend in one line, without a traceback."""
    try:
        yield
    except CorpusError as error:
        raise click.ClickException(f"the articles have faults:\n{error}") from error
    except (ModelError, GoldError, GateError, FoldError, ImportFileError) as error:
        raise click.ClickException(str(error)) from error


def read_golds(golds: Sequence[tuple[str, Path]]) -> dict[str, list[GoldArticle]]:
    """The articles of data/evaluation and those of `golds_option`, by name."""
    return {"data/evaluation": read_gold(EVALUATION)} | {name: read_gold(path) for name, path in golds}


def measure_model(model: Path, gold: Path) -> Evaluation:
    """Load a model and measure it on labelled articles."""
    return evaluate(load_model(model), read_gold(gold))


class Clock:
    """Reports steps on standard error, with the seconds since the start."""

    def __init__(self) -> None:
        self._start = time.monotonic()

    def __call__(self, step: str) -> None:
        """Report a step."""
        click.echo(f"{time.monotonic() - self._start:6.1f} s  {step}", err=True)
