"""The command `onrecord` and the list of its subcommands."""

from __future__ import annotations

from importlib import import_module

import click

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
}


class LazyGroup(click.Group):
    """A group that imports a subcommand when it is asked for, so that serving needs nothing of training."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the subcommands in the order of `COMMANDS`."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the subcommand ``cmd_name``; None where there is no such."""
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="onrecord")
def main() -> None:
    """Tell, for every sentence of a news article, who stands behind it.

    A named person, an institution on the record, somebody unnamed, or nobody but the writer.
    """
