"""`onrecord audit report`: an archive on one page."""

from __future__ import annotations

from pathlib import Path

import click

from audit.commands.options import (
    confusion_option,
    correction_of,
    duplicates_option,
    progress,
    run_argument,
    told_errors,
)
from audit.report.counts import count_records
from audit.report.csv_tables import write_tables
from audit.report.figures import count
from audit.report.first_reads import first_reads
from audit.report.phrases import unnamed_phrases
from audit.results import open_results
from audit.tally import tally


@click.command()
@run_argument
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    show_default="the folder report in DIR",
    help="Folder to write to.",
)
@confusion_option
@duplicates_option
def report(folder: Path, *, out: Path | None, confusion: Path | None, duplicates: bool) -> None:
    """Report a run: one page of HTML, and its tables as CSV.

    DIR is what 'audit run' wrote. The page needs nothing beside it. Shares of labels over time and by outlet, raw and
    corrected for the model's known confusion, with intervals; strengths, sections, authors, unnamed sources, flags, and
    articles to read first. The same run gives the same files, byte for byte.
    """
    from audit.report.page import render_report  # noqa: PLC0415 # matplotlib takes long to import

    with told_errors():
        results = open_results(folder)
        correction = correction_of(results, confusion)
        click.echo("reading the tables", err=True)
        counts = count_records(results)
        articles = tally(results, duplicates=duplicates)
        phrases = unnamed_phrases(results, duplicates=duplicates)
        first = first_reads(results, duplicates=duplicates)
        figures = count(articles, correction, progress("estimating shares"))
        page = render_report(
            results,
            counts,
            figures,
            phrases,
            first,
            confusion=None if correction is None else correction.confusion,
            duplicates=duplicates,
        )
        out = out or folder / "report"
        out.mkdir(parents=True, exist_ok=True)
        (out / "report.html").write_text(page, encoding="utf-8", newline="\n")
        tables = write_tables(out, counts, figures, phrases, first)
    click.echo(f"wrote {out / 'report.html'} and {len(tables)} tables beside it")
