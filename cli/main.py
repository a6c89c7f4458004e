"""The command `onrecord` and the list of its subcommands."""

from __future__ import annotations

import os

import click

from cli.lazy import LazyGroup

#: Where each subcommand is defined, in the order that the help lists them.
COMMANDS = {
    "score": "cli.score:score",
    "serve": "service.commands:serve",
    "keys": "service.commands:keys",
    "train": "training.commands.train:train",
    "evaluate": "training.commands.evaluate:evaluate",
    "compare": "training.commands.compare:compare",
    "report": "training.commands.report:report",
    "learning-curve": "training.commands.learning_curve:learning_curve",
    "ablate": "training.commands.ablate:ablation",
    "corpus": "training.commands.corpus:corpus",
    "audit": "audit.commands:audit",
}

# Read when scikit-learn is imported. Articles are too short to gain by threads, which stall each other where all cores
# are busy.
os.environ.setdefault("OMP_NUM_THREADS", "1")


@click.group(cls=LazyGroup, subcommands=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="onrecord")
def main() -> None:
    """Tell, for every sentence of a news article, who stands behind it.

    A named person, an institution on the record, somebody unnamed, or nobody but the writer.
    """
