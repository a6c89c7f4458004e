"""The subcommands for auditors, a module each."""

from __future__ import annotations

from importlib.util import find_spec

import click

from cli.lazy import LazyGroup

COMMANDS = {
    "run": "audit.commands.run:run",
    "report": "audit.commands.report:report",
    "sample": "audit.commands.sample:sample",
    "check": "audit.commands.check:check",
    "diff": "audit.commands.diff:diff",
    "verify": "audit.commands.verify:verify",
}
#: One of the extra's packages stands for all of them.
_EXTRA = "distributed"


class _AuditGroup(LazyGroup):
    """A group whose subcommands need packages that a service is installed without."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the subcommand ``cmd_name``, or say how to install what it needs."""
        if find_spec(_EXTRA) is None:
            raise click.ClickException("auditing archives needs packages that are not installed: make install-audit")
        return super().get_command(ctx, cmd_name)


@click.group(cls=_AuditGroup, subcommands=COMMANDS)
def audit() -> None:
    """Score archives: run, report, check by hand, compare."""
