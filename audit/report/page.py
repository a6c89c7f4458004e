"""The report on one page of HTML, self-contained."""

from __future__ import annotations

from typing import Final

from audit.pages import TEMPLATES
from audit.report.counts import Counts
from audit.report.figures import AUTHOR_ARTICLES, Figures
from audit.report.first_reads import FirstRead
from audit.report.phrases import Phrase
from audit.report.plots import COLOURS, draw_series
from audit.results import Results
from audit.statistics.bootstrap import CONFIDENCE, FEWEST, REPLICATES, SEED
from audit.statistics.confusion import Confusion
from audit.tables import MANIFEST_FILE
from model.artefact import file_digest
from model.labels import ANONYMOUS, LABELS
from model.standards import STANDARDS

#: Rows of a long table that the page shows; the CSV has them all.
SHOWN: Final = 40


def render_report(
    results: Results,
    counts: Counts,
    figures: Figures,
    phrases: list[Phrase],
    first: list[FirstRead],
    *,
    confusion: Confusion | None,
    duplicates: bool,
) -> str:
    """Write the page.

    Parameters
    ----------
    results : Results
    counts : Counts
    figures : Figures
    phrases : list of Phrase
    first : list of FirstRead
    confusion : Confusion or None
        What shares are corrected by.
    duplicates : bool
        Whether articles that repeat an earlier one are among what was counted.
    """
    drawn = [series for series in figures.series if series.rows][: len(COLOURS)]
    return TEMPLATES.get_template("report.html").render(
        results=results,
        identity=file_digest(results.folder / MANIFEST_FILE),
        counts=counts,
        figures=figures,
        phrases=phrases,
        first=first,
        confusion=confusion,
        duplicates=duplicates,
        labels=LABELS,
        anonymous=ANONYMOUS,
        standards=STANDARDS,
        drawn=list(zip(drawn, COLOURS, strict=False)),
        raw_plot=draw_series(drawn, corrected=False) if drawn else None,
        corrected_plot=draw_series(drawn, corrected=True) if drawn and confusion else None,
        shown=SHOWN,
        fewest=FEWEST,
        author_articles=AUTHOR_ARTICLES,
        confidence=CONFIDENCE,
        replicates=REPLICATES,
        seed=SEED,
    )
