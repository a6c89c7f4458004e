"""`onrecord audit diff`: two runs, or two periods of one."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path

import click

from audit.commands.options import confusion_option, correction_of, duplicates_option, told_errors
from audit.comparison.changes import Changes, find_changes
from audit.comparison.compare import Side, compare, same_inputs
from audit.comparison.files import write_comparison
from audit.comparison.tell import tell
from audit.csv_files import write_csv
from audit.periods import parse_range
from audit.results import Results, open_results
from audit.tally import tally

Range = tuple[str, str]


class _Period(click.ParamType[Range]):
    name = "period"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> Range:
        try:
            return parse_range(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


@click.command()
@click.argument(
    "folders",
    metavar="DIR_A [DIR_B]",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@click.option(
    "--between", nargs=2, type=_Period(), metavar="PERIOD PERIOD", help="Two periods of one run: 2015..2019 2020..2024."
)
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Folder to write diff.html and tables to."
)
@confusion_option
@duplicates_option
def diff(
    folders: tuple[Path, ...],
    *,
    between: tuple[Range, Range] | None,
    out: Path | None,
    confusion: Path | None,
    duplicates: bool,
) -> None:
    """Compare two runs, or two periods of one.

    Of two runs over the same files, by two models say, the articles are compared pair by pair, and so are the labels of
    their sentences. Runs over different files, and periods, are compared as a whole. Shares are the second's less the
    first's, with intervals; --confusion corrects those of both.
    """
    if len(folders) != (1 if between else 2):
        raise click.UsageError("give two folders of runs, or one with --between")
    with told_errors():
        runs = [open_results(folder) for folder in folders]
        one, other = runs[0], runs[-1]
        if between:
            first, second = _periods(one, between, confusion, duplicates)
        else:
            first, second = _runs(one, other, confusion, duplicates)
        paired = not between and same_inputs(one, other)
        comparison = compare(first, second, paired=paired)
        if out:
            out.mkdir(parents=True, exist_ok=True)
        changes = _changes(one, other, out) if paired else None
        click.echo(tell(comparison, changes))
        if out:
            write_comparison(out, comparison, changes)
    if out:
        click.echo(f"wrote {out / 'diff.html'} and the tables beside it")


def _periods(run: Results, between: tuple[Range, Range], confusion: Path | None, duplicates: bool) -> Iterator[Side]:
    counted, correction = tally(run, duplicates=duplicates), correction_of(run, confusion)
    for first, last in between:
        yield Side(f"{first} to {last}", counted.within(first, last), correction)


def _runs(first: Results, second: Results, confusion: Path | None, duplicates: bool) -> Iterator[Side]:
    same = first.model["digest"] == second.model["digest"]
    if confusion and not same:
        raise click.UsageError("--confusion is of one model, and the runs have two")
    # Of one and the same model the same draws are taken, so that what is uncertain of it cancels out.
    correction = correction_of(first, confusion)
    for run, own in ((first, correction), (second, correction if same else correction_of(second, None, stream=4))):
        name = f"{run.folder} ({run.model['name']} {run.model['version']}, {run.model['digest'][:19]})"
        yield Side(name, tally(run, duplicates=duplicates), own)


def _changes(first: Results, second: Results, out: Path | None) -> Changes:
    changes = Changes()
    found = map(astuple, find_changes(first, second, changes))
    if out:
        write_csv(out / "changes.csv", ["input", "record", "start", "end", "first", "second"], found)
    else:
        deque(found, maxlen=0)
    return changes
