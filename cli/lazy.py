"""A group of subcommands, each imported when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click


class LazyGroup(click.Group):
    """A group that imports a subcommand when it is asked for, so that serving needs nothing of training.

    Parameters
    ----------
    subcommands : mapping of str to str
        ``module:attribute`` of each, in the order that the help lists them.
    """

    def __init__(self, *args: Any, subcommands: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._subcommands = subcommands

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the subcommands in the order of the help."""
        return list(self._subcommands)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the subcommand ``cmd_name``; None where there is no such."""
        if cmd_name not in self._subcommands:
            return None
        module, _, attribute = self._subcommands[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command
