from __future__ import annotations

import csv
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.checking.strata import allocate
from audit.csv_files import bare_text, write_csv
from audit.statistics.bootstrap import BLOCKS, resample
from audit.statistics.confusion import Confusion, make_confusion
from audit.statistics.correction import Correction
from audit.statistics.estimates import estimate_shares
from model.labels import LABELS
from tests.audit.made_up import RATES

SHARES = st.lists(st.floats(0, 1), min_size=4, max_size=4).filter(lambda s: sum(s) > 0.1)
CORRECTION = Correction(make_confusion("known rates", RATES * 1e9))


@settings(deadline=None)
@given(SHARES)
def test_a_known_mixture_is_undone(parts: list[float]) -> None:
    truth = np.array(parts) / sum(parts)
    assert CORRECTION.correct(truth @ RATES) == pytest.approx(truth, abs=1e-6)


@settings(deadline=None, max_examples=50)
@given(SHARES, st.lists(SHARES, min_size=1, max_size=20))
def test_what_no_mixture_gives_gets_the_nearest_one(parts: list[float], others: list[list[float]]) -> None:
    given_shares = np.array(parts) / sum(parts)
    found = CORRECTION.correct(given_shares)
    assert found.sum() == pytest.approx(1)
    assert (found >= 0).all()
    distance = np.linalg.norm(found @ RATES - given_shares)
    for other in others:
        assert distance <= np.linalg.norm(np.array(other) / sum(other) @ RATES - given_shares) + 1e-6


@pytest.mark.parametrize("by_article", [False, True])
def test_the_uncertainty_of_the_confusion_is_carried_on(by_article: bool) -> None:
    """Each experiment labels anew by hand, and corrects another archive; seeded."""
    rng = np.random.default_rng(8)
    mixture = np.array([0.3, 0.15, 0.1, 0.45])
    covered, blind = [], []
    for _ in range(25):
        tables = np.array([
            [rng.multinomial(n, rates) for n, rates in zip(rng.multinomial(20, mixture), RATES, strict=True)]
            for _ in range(60)
        ])  # fmt: skip
        confusion = Confusion("by hand", tables.sum(axis=0).astype(float), tables.astype(float) if by_article else None)
        counts = np.array([rng.multinomial(20, rng.dirichlet(20 * mixture) @ RATES) for _ in range(300)])
        figures = estimate_shares(counts, Correction(confusion)).corrected
        assert figures is not None
        covered += [
            figures[label].low <= share <= figures[label].high for label, share in zip(LABELS, mixture, strict=True)
        ]
        # The same with the confusion taken for certain.
        certain = Correction(Confusion("certain", confusion.counts * 1e6))
        figures = estimate_shares(counts, certain).corrected
        blind += [
            figures[label].low <= share <= figures[label].high for label, share in zip(LABELS, mixture, strict=True)
        ]
    assert np.mean(covered) > 0.9
    assert np.mean(blind) < np.mean(covered) - 0.1


def test_blocks_of_many_articles_vary_as_the_articles_do() -> None:
    rng = np.random.default_rng(1)
    counts = rng.poisson(3, (5 * BLOCKS, 1))
    spread = resample(counts).std()
    assert spread == pytest.approx(np.sqrt(len(counts)) * counts.std(), rel=0.1)
    assert resample(counts).mean() == pytest.approx(counts.sum(), rel=0.01)


@settings(deadline=None)
@given(st.dictionaries(st.text(max_size=3), st.integers(1, 10_000), min_size=1, max_size=40), st.data())
def test_every_stratum_gets_its_part(sizes: dict[str, int], data: st.DataObject) -> None:
    articles = data.draw(st.integers(len(sizes), sum(sizes.values())))
    given_out = allocate(sizes, articles)
    assert sum(given_out.values()) == articles
    assert all(1 <= given_out[name] <= size for name, size in sizes.items())
    by_size = Counter(sizes)
    for (large, _), (small, _) in zip(by_size.most_common(), by_size.most_common()[1:], strict=False):
        assert given_out[large] >= given_out[small] - 1


@settings(deadline=None)
@given(st.lists(st.from_regex(r"['=+@\-\t]{0,3}\w*", fullmatch=True), min_size=1))
def test_a_spreadsheet_gets_no_formula_and_gives_the_texts_back(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    path = tmp_path_factory.getbasetemp() / "cells.csv"
    write_csv(path, ["text", "number"], [[text, -1.5] for text in texts])
    with path.open(encoding="utf-8-sig", newline="") as file:
        cells = [row["text"] for row in csv.DictReader(file)]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in cells)
    assert [bare_text(cell) for cell in cells] == texts
