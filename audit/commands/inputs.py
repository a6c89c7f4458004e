"""The options that say what an archive consists of, and what would be read of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import click

from audit.readers import KINDS, Columns, Found, describe, find_inputs
from audit.records import METADATA

_Function = Callable[..., Any]


def input_options(command: _Function) -> _Function:
    """Add the arguments and options from which `found` finds the inputs."""
    for name in reversed(("text", "html", *METADATA)):
        command = click.option(
            f"--{name}-column",
            metavar="NAME",
            help=f"Column or member that holds the {_MEANING.get(name, name)}."
            + (" Columns are guessed where their names tell; '' for none." if name == "text" else ""),
        )(command)
    command = click.option("--kind", type=click.Choice(list(KINDS)), help="What files are whose names do not tell.")(
        command
    )
    return click.argument("patterns", nargs=-1, required=True, metavar="INPUT...")(command)


_MEANING = {
    "text": "article as plain text",
    "html": "article as HTML",
    "id": "article's own id",
    "url": "address",
}


def found(patterns: tuple[str, ...], kind: str | None, columns: dict[str, str | None]) -> Found:
    """Find the inputs.

    Parameters
    ----------
    patterns : tuple of str
    kind : str, optional
    columns : dict of str to str
        The values of the options ``…-column``, by their names.

    Raises
    ------
    audit.readers.InputError
    """
    return find_inputs(
        patterns, Columns(**{name.removesuffix("_column"): value for name, value in columns.items()}), kind=kind
    )


def dry_run(found: Found) -> Iterator[str]:
    """Lines that say what would be read, without any text of an article."""
    for item in describe(found.inputs):
        packed = f", {item.compression}" if item.compression else ""
        yield f"{item.name}: {item.kind}{packed}, {item.size:,} bytes"
        if item.columns:
            yield "  columns: " + ", ".join(f"{field}={column}" for field, column in item.columns.items())
        if item.sample is None:
            yield "  no record among the first that could be read"
        elif item.sample:
            yield "  for example: " + ", ".join(f"{name}={value!r}" for name, value in item.sample.items())
    for name in found.passed_over:
        yield f"{name}: passed over, of no kind that is read"
    total = sum(item.size for item in found.inputs)
    yield f"{len(found.inputs):,} files, {total:,} bytes; nothing was scored"
