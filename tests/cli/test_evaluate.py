from __future__ import annotations

import json

import pytest

ARTICLE = """\
# id: {id}
# genre: local
# style: UK regional daily
N\t“The bridge is safe,” <c>said</c> <s>Ruth Adeyemi</s>, who leads the works department.
N\t“Nobody should worry.”
U\tIt opened in 1974.
O\t<s>The council</s> <c>said</c> in a statement that repairs would cost £4m.
A\t<s>Two people briefed on the inspection</s> <c>said</c> the cracks were found in March.
"""


@pytest.fixture
def gold(tmp_path):
    """A folder of one labelled article."""
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "bridge.txt").write_text(ARTICLE.format(id="bridge"), encoding="utf-8")
    return folder


def test_figures_for_a_person(onrecord, gold):
    result = onrecord("evaluate", "--gold", gold)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("5 sentences: accuracy 1.000, macro-F1 1.000")
    assert "sentence boundaries exact 1.000" in result.stdout


def test_figures_as_json(onrecord, gold):
    figures = json.loads(onrecord("evaluate", "--gold", gold, "--json").stdout)
    assert (figures["articles"], figures["sentences"], figures["accuracy"]) == (1, 5, 1)
    assert figures["desks"] == {"local": {"sentences": 5, "accuracy": 1, "macro_f1": 1}}
    assert list(figures["regions"]) == ["British"]


def test_what_is_exported_measures_the_same(onrecord, gold, tmp_path):
    lines = tmp_path / "gold.jsonl"
    assert onrecord("corpus", "export", "--corpus", gold, "--out", lines).exit_code == 0
    assert onrecord("evaluate", "--gold", lines).stdout == onrecord("evaluate", "--gold", gold).stdout


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", ":2: not a labelled article"),
        ('{"id": "a", "sentences": []}', ":2: 'text' is missing"),
        ('{"id": "a", "text": "It rained.", "sentences": [{"start": 0, "end": 99, "label": "named"}]}', ":2: not a"),
        ("7", ":2: not a labelled article"),
        ('{"id": "a", "text": "It rained.", "sentences": []}', "holds no sentence labelled"),
    ],
)
def test_a_bad_file_is_told_with_its_line(onrecord, tmp_path, line, reason):
    path = tmp_path / "gold.jsonl"
    path.write_text(f"\n{line}\n")
    result = onrecord("evaluate", "--gold", path)
    assert result.exit_code == 1
    assert f"{path}{reason}" in result.stderr.replace(": holds", "holds")


def test_a_bad_article_is_told_with_its_line(onrecord, gold):
    (gold / "bad.txt").write_text("# id: bad\n# genre: x\n# style: x\nZ\tText.\n")
    result = onrecord("evaluate", "--gold", gold)
    assert result.exit_code == 1
    assert "bad.txt:4:" in result.stderr


def test_a_missing_model_is_told(onrecord, gold, tmp_path):
    result = onrecord("evaluate", "--gold", gold, "--model", tmp_path / "none")
    assert result.exit_code == 1
    assert "build it with 'onrecord train'" in result.stderr


def test_the_gate_pins_articles_and_floors(onrecord, gold, tmp_path):
    gate = tmp_path / "gate.json"
    call = ("evaluate", "--gold", gold, "--gate", gate)
    missing = onrecord(*call, "--check-gate")
    assert missing.exit_code == 1
    assert "--update-gate" in missing.stderr
    assert onrecord(*call, "--update-gate").exit_code == 0
    assert json.loads(gate.read_text())["floors"]["accuracy"] == 0.995
    assert onrecord(*call, "--check-gate").exit_code == 0
    (gold / "other.txt").write_text("# id: other\n# genre: x\n# style: x\nU\tIt rained all day.\n")
    changed = onrecord(*call, "--check-gate")
    assert changed.exit_code == 1
    assert "not the ones pinned" in changed.stderr


def test_a_worse_model_fails_the_gate_and_lowers_no_floor_unless_told(onrecord, model_folder, small_model, tmp_path):
    gate = tmp_path / "gate.json"
    call = ("evaluate", "--gate", gate)
    assert onrecord(*call, "--model", model_folder, "--update-gate").exit_code == 0
    pinned = gate.read_text()
    checked = onrecord(*call, "--model", small_model, "--check-gate")
    assert checked.exit_code == 1
    assert "macro_f1 is" in checked.stderr
    refused = onrecord(*call, "--model", small_model, "--update-gate")
    assert refused.exit_code == 1
    assert "--allow-lower" in refused.stderr
    assert gate.read_text() == pinned
    assert onrecord(*call, "--model", small_model, "--update-gate", "--allow-lower").exit_code == 0
    assert json.loads(gate.read_text())["floors"]["macro_f1"] < json.loads(pinned)["floors"]["macro_f1"]
    assert onrecord(*call, "--model", model_folder, "--check-gate").exit_code == 0


def test_a_gate_that_cannot_be_read_is_told(onrecord, gold, tmp_path):
    gate = tmp_path / "gate.json"
    gate.write_text('{"digest": 1}')
    result = onrecord("evaluate", "--gold", gold, "--gate", gate, "--check-gate")
    assert result.exit_code == 1
    assert f"{gate} cannot be read" in result.stderr


@pytest.mark.parametrize("options", [["--check-gate", "--update-gate"], ["--allow-lower"]])
def test_options_that_do_not_go_together_are_refused(onrecord, gold, options):
    assert onrecord("evaluate", "--gold", gold, *options).exit_code == 2
