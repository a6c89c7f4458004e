from __future__ import annotations

import json

import pytest

from model.artefact import load_model


def test_the_whole_corpus_gives_the_figures_of_its_model(onrecord, small_corpus, small_model, tmp_path):
    out = tmp_path / "new" / "curve.json"
    result = onrecord(
        "learning-curve", "--corpus", small_corpus, "--share", 1, "--gold", "same", small_corpus, "--out", out
    )
    assert result.exit_code == 0, result.output
    (point,) = json.loads(out.read_text())
    manifest = load_model(small_model).manifest
    assert (point["articles"], point["sentences"]) == (manifest.corpus["articles"], manifest.corpus["sentences"])
    assert point["cross_validated"] == pytest.approx(manifest.metrics["cross_validated"]["macro_f1"], abs=1e-4)
    assert point["measured"]["data/evaluation"] == pytest.approx(manifest.metrics["evaluation"]["macro_f1"], abs=1e-4)
    assert point["measured"]["same"] > point["measured"]["data/evaluation"]


def test_too_small_a_part_is_told(onrecord, small_corpus, tmp_path):
    out = tmp_path / "curve.json"
    result = onrecord("learning-curve", "--corpus", small_corpus, "--share", 0.01, "--out", out)
    assert result.exit_code == 1
    assert "too few articles (1)" in result.stderr
    assert not out.exists()
