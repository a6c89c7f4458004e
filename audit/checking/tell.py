"""A check told in plain text."""

from __future__ import annotations

from collections.abc import Iterator

from audit.checking.measure import Check
from audit.statistics.bootstrap import CONFIDENCE, FEWEST, REPLICATES, SEED
from audit.statistics.estimates import Estimate
from model.labels import LABELS


def tell(check: Check) -> str:
    """What a check found, in lines."""
    return "\n".join(_lines(check))


def _lines(check: Check) -> Iterator[str]:
    yield (
        f"{check.articles} of the sample's {check.sampled} articles are labelled, {check.sentences:,} sentences in "
        "common. Figures are weighted to the archive."
    )
    if check.articles >= FEWEST:
        yield f"{CONFIDENCE:.0%} intervals by a bootstrap of {REPLICATES:,} replicates over articles, seed {SEED}"
    else:
        yield f"no intervals: they need {FEWEST} articles"
    yield ""
    yield f"accuracy  {_figure(check.accuracy)}"
    yield f"macro-F1  {_figure(check.macro_f1)}"
    yield ""
    yield _row("", "precision", "recall", "F1")
    for label, one in check.labels.items():
        yield _row(label, *map(_figure, (one.precision, one.recall, one.f1)))
    yield ""
    yield "sentences by hand (rows) and model (columns)"
    yield f"{'':12}" + "".join(f"{label:>11}" for label in LABELS)
    for label, counts in zip(LABELS, check.confusion, strict=True):
        yield f"{label:12}" + "".join(f"{count:11,.0f}" for count in counts)
    yield (
        f"boilerplate: {check.kept:,} sentences that are boilerplate by hand have a label by the model; "
        f"{check.lost:,} with a label by hand the model took for boilerplate"
    )
    yield ""
    yield "shares in the sample, in per cent"
    yield _row("", "by hand", "model", "model too high by")
    for label, one in check.labels.items():
        yield _row(label, *map(_percent, (one.by_hand, one.raw, one.off)))
    yield ""
    yield "shares in the whole archive, in per cent"
    yield _row("", "model", "by its own confusion", "by this sample's")
    for label, one in check.labels.items():
        corrected = (_percent(one.corrected_before), _percent(one.corrected))
        yield _row(label, f"{100 * one.archive:.1f}", *corrected)
    yield ""
    yield _conclusion(check)


def _conclusion(check: Check) -> str:
    if check.margin is None:
        return f"How far the model's shares can be trusted here cannot be said yet: label {FEWEST} articles or more."
    points = f"{100 * check.margin:.1f} percentage points"
    if not check.biased:
        return (
            "On this archive the model's shares differ from those by hand by no more than chance explains; with this "
            f"many articles they can be trusted to within {points}."
        )
    wrong = ", ".join(f"{label} ({_percent(check.labels[label].off)})" for label in check.biased)
    return (
        f"On this archive the model's shares are off by more than chance explains: {wrong}. Uncorrected they can be "
        f"trusted to within {points} only; use the shares corrected by this sample."
    )


def _row(name: str, *cells: str) -> str:
    return f"{name:12}" + "".join(f"{cell:>24}" for cell in cells)


def _figure(figure: Estimate) -> str:
    return _with_interval(figure, 1, 3)


def _percent(figure: Estimate | None) -> str:
    return "–" if figure is None else _with_interval(figure, 100, 1)


def _with_interval(figure: Estimate, factor: float, decimals: int) -> str:
    if figure.value is None:
        return "–"
    value = f"{factor * figure.value:.{decimals}f}"
    if figure.low is None or figure.high is None:
        return value
    return f"{value} [{factor * figure.low:.{decimals}f}, {factor * figure.high:.{decimals}f}]"
