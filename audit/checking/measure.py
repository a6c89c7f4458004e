"""What labels by hand say of a run's figures."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from audit.checking.key import Key
from audit.statistics.bootstrap import FEWEST, Array, resample, shares
from audit.statistics.confusion import Confusion, ConfusionError
from audit.statistics.correction import Correction
from audit.statistics.estimates import Estimate, estimate
from model.labels import LABELS

_SIZE = len(LABELS)


@dataclass(frozen=True, slots=True)
class LabelCheck:
    """How one label fares.

    Attributes
    ----------
    precision, recall, f1 : Estimate
        Of the model's labels, by the labels by hand.
    by_hand : Estimate
        The label's share by hand.
    raw : Estimate
        Its share by the model, in the sample.
    off : Estimate
        By how much the model's share in the sample is more than the one by hand.
    archive : float
        Its share by the model in the whole archive.
    corrected : Estimate or None
        The archive's, corrected by this sample's own confusion; None where that says too little.
    corrected_before : Estimate or None
        The archive's, corrected by the model's own confusion, as a report has it without this check.
    """

    precision: Estimate
    recall: Estimate
    f1: Estimate
    by_hand: Estimate
    raw: Estimate
    off: Estimate
    archive: float
    corrected: Estimate | None
    corrected_before: Estimate | None


@dataclass(frozen=True, slots=True)
class Check:
    """What the labels by hand say.

    Attributes
    ----------
    articles, sampled : int
        Articles labelled, and articles in the sample.
    sentences : int
        Sentences that both the model and the hand gave one of the four labels.
    accuracy, macro_f1 : Estimate
    labels : dict of str to LabelCheck
    confusion : ndarray, shape (4, 4)
        Sentences by the label by hand (rows) and the model's (columns), unweighted.
    kept, lost : int
        Boilerplate by hand that the model labelled, and sentences labelled by hand that the model took for boilerplate.
    own : Confusion or None
        To correct by; None where a label has too few sentences.
    too_few : str or None
        Why there is none.
    """

    articles: int
    sampled: int
    sentences: int
    accuracy: Estimate
    macro_f1: Estimate
    labels: dict[str, LabelCheck]
    confusion: Array
    kept: int
    lost: int
    own: Confusion | None
    too_few: str | None

    @property
    def margin(self) -> float | None:
        """The largest distance from the shares by hand that the intervals of `LabelCheck.off` leave room for."""
        ends = [abs(end) for one in self.labels.values() for end in (one.off.low, one.off.high) if end is not None]
        return max(ends, default=None)

    @property
    def biased(self) -> list[str]:
        """The labels whose share the model gets wrong by more than chance explains."""
        return [
            label
            for label, one in self.labels.items()
            if one.off.low is not None and one.off.high is not None and not one.off.low <= 0 <= one.off.high
        ]


def check(key: Key, labels: dict[str, list[str]]) -> Check:
    """Compare labels by hand with the model's.

    Articles are weighted by how much of the archive they stand for, and resampled as a whole, strata aside, which makes
    intervals rather too wide than too narrow.

    Parameters
    ----------
    key : Key
    labels : dict of str to list of str
        As `audit.checking.labelled.read_labels` gives them.
    """
    tables, weights = _tables(key, labels)
    weighted = tables * weights[:, None, None]
    totals = weighted.sum(axis=0)
    drawn = (
        resample(weighted.reshape(len(weighted), -1)).reshape(-1, *totals.shape) if len(weighted) >= FEWEST else None
    )
    points = _figures(totals[None])
    replicates = None if drawn is None else _figures(drawn)
    figures = {name: estimate(points[name][0], None if replicates is None else replicates[name]) for name in points}
    own, too_few = _confusion(weighted[:, :_SIZE, :_SIZE])
    archive = shares(np.asarray(key.archive, np.float64))
    after = _corrected(archive, own)
    before = _corrected(archive, _or_none(key))
    return Check(
        articles=len(tables),
        sampled=len(key.articles),
        sentences=int(tables[:, :_SIZE, :_SIZE].sum()),
        accuracy=figures["accuracy"][0],
        macro_f1=figures["macro_f1"][0],
        labels={
            label: LabelCheck(
                precision=figures["precision"][k],
                recall=figures["recall"][k],
                f1=figures["f1"][k],
                by_hand=figures["by_hand"][k],
                raw=figures["raw"][k],
                off=figures["off"][k],
                archive=float(archive[k]),
                corrected=None if after is None else after[k],
                corrected_before=None if before is None else before[k],
            )
            for k, label in enumerate(LABELS)
        },
        confusion=tables[:, :_SIZE, :_SIZE].sum(axis=0),
        kept=int(tables[:, _SIZE, :_SIZE].sum()),
        lost=int(tables[:, :_SIZE, _SIZE].sum()),
        own=own,
        too_few=too_few,
    )


def _tables(key: Key, labels: dict[str, list[str]]) -> tuple[Array, Array]:
    """Sentences by hand and model, boilerplate last, of each labelled article, (n, 5, 5); weights with mean 1, (n,)."""
    codes = {label: code for code, label in enumerate((*LABELS, "boilerplate"))}
    articles = [article for article in key.articles if article.id in labels]
    tables = np.zeros((len(articles), _SIZE + 1, _SIZE + 1))
    for table, article in zip(tables, articles, strict=True):
        for by_hand, sentence in zip(labels[article.id], article.sentences, strict=True):
            table[codes[by_hand], codes[sentence.label]] += 1
    weights = np.array([1 / article.probability for article in articles])
    return tables, weights / weights.mean()


def _figures(totals: Array) -> dict[str, Array]:
    """Figures of tables of shape (B, 5, 5): each of shape (B, 4), accuracy and macro-F1 (B, 1)."""
    both = totals[:, :_SIZE, :_SIZE]
    right = np.diagonal(both, axis1=1, axis2=2)
    given, true = both.sum(axis=1), both.sum(axis=2)
    with np.errstate(invalid="ignore", divide="ignore"):
        f1 = 2 * right / (given + true)
        precision, recall = right / given, right / true
        macro_f1 = np.nansum(f1, axis=1, keepdims=True) / (~np.isnan(f1)).sum(axis=1, keepdims=True)
        accuracy = right.sum(axis=1, keepdims=True) / both.sum(axis=(1, 2))[:, None]
    by_hand, raw = shares(totals[:, :_SIZE].sum(axis=2)), shares(totals[:, :, :_SIZE].sum(axis=1))
    return {
        "accuracy": accuracy,
        "macro_f1": macro_f1,
        "precision": precision,
        "recall": recall,
        "f1": f1,
        "by_hand": by_hand,
        "raw": raw,
        "off": raw - by_hand,
    }


def _confusion(tables: Array) -> tuple[Confusion | None, str | None]:
    origin = f"labels by hand in {len(tables)} articles of the archive"
    try:
        return Confusion(origin, tables.sum(axis=0), tables), None
    except ConfusionError as error:
        return None, str(error)


def _or_none(key: Key) -> Confusion | None:
    try:
        return key.own_confusion()
    except ConfusionError:
        return None


def _corrected(archive: Array, confusion: Confusion | None) -> list[Estimate] | None:
    """The archive's shares, corrected; the intervals carry the confusion's uncertainty."""
    if confusion is None:
        return None
    correction = Correction(confusion)
    replicates = correction.replicate(np.tile(archive, (len(confusion.draw()), 1)))
    return estimate(correction.correct(archive), replicates)
