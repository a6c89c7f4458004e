from __future__ import annotations

import json

import pytest

from model.artefact import load_model


def test_a_model_without_its_taggers_is_worse_than_the_whole_which_is_the_trained_one(
    onrecord, small_corpus, small_model, tmp_path
):
    out = tmp_path / "new" / "ablation.json"
    result = onrecord(
        "ablate", "--corpus", small_corpus, "--without", "taggers", "--without", "boosted trees", "--out", out
    )
    assert result.exit_code == 0, result.output
    whole, blind, linear = json.loads(out.read_text())
    assert [whole["without"], blind["without"], linear["without"]] == ["everything", "taggers", "boosted trees"]
    trained = load_model(small_model).manifest.metrics["cross_validated"]
    assert whole["figures"]["cross-validated"]["macro_f1"] == pytest.approx(trained["macro_f1"], abs=1e-4)
    for name, figures in whole["figures"].items():
        assert blind["figures"][name]["macro_f1"] < figures["macro_f1"]
        assert linear["figures"][name]["brier"] != figures["brier"]
    assert "taggers" in result.stdout


def test_an_unknown_part_is_told_with_those_there_are(onrecord, tmp_path):
    result = onrecord("ablate", "--without", "magic", "--out", tmp_path / "ablation.json")
    assert result.exit_code == 2
    assert "'boosted trees'" in result.stderr
    assert not (tmp_path / "ablation.json").exists()
