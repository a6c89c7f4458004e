"""How far a run is: a bar on a terminal, a line now and then in a log."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self, TypeVar

import click

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

T = TypeVar("T")

#: Seconds between two lines where there is no terminal.
_PERIOD: Final = 60


def show(steps: Sequence[T], label: str) -> Iterator[T]:
    """Go through steps, with a bar on a terminal."""
    with click.progressbar(steps, label=label, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        yield from bar


class Progress:
    """Progress through the bytes of the inputs, with the rate at which articles are scored.

    Parameters
    ----------
    total : int
        Bytes.
    """

    def __init__(self, total: int) -> None:
        self._bar: ProgressBar[None] = click.progressbar(
            length=total,
            label="scoring",
            file=sys.stderr,
            hidden=not sys.stderr.isatty(),
            item_show_func=lambda _: f"{self._rate():,.0f} articles/s",
        )
        self._total = total
        self._done = self._scored = 0
        self._start = self._told = time.monotonic()

    def __enter__(self) -> Self:
        self._bar.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._bar.__exit__(kind, error, traceback)
        if kind is KeyboardInterrupt:
            click.echo("stopping …", err=True)

    def start(self) -> None:
        """Tell that scoring begins: the rate counts from here."""
        self._start = time.monotonic()

    def advance(self, read: int, scored: int) -> None:
        """Tell that a part is done.

        Parameters
        ----------
        read : int
            Bytes of the inputs that it took.
        scored : int
            Articles scored just now; none if the part had been done before.
        """
        self._done += read
        self._scored += scored
        self._bar.update(read, current_item=None)
        now = time.monotonic()
        if self._bar.hidden and now - self._told >= _PERIOD:
            self._told = now
            share = self._done / max(self._total, 1)
            click.echo(f"{share:.0%} read, {self._rate():,.0f} articles/s", err=True)

    def _rate(self) -> float:
        return self._scored / max(time.monotonic() - self._start, 1e-9)
