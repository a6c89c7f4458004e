"""Building a model."""

from collections.abc import Callable
from pathlib import Path

from click.testing import Result

from model.artefact import load_model
from training.gate import digest
from training.paths import EVALUATION


def test_the_same_corpus_gives_the_same_model_in_the_place_of_an_old_one(
    onrecord: Callable[..., Result], small_corpus: Path, small_model: Path, tmp_path: Path
) -> None:
    again = tmp_path / "model"
    again.mkdir()
    (again / "left-over").touch()
    result = onrecord("train", "--corpus", small_corpus, "--out", again)
    assert result.exit_code == 0, result.output
    assert "macro-F1" in result.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["model"]
    names = {path.name for path in again.iterdir()}
    assert names == {"MODEL_CARD.md", "manifest.json", "weights.joblib"}
    for name in names:
        assert (again / name).read_bytes() == (small_model / name).read_bytes()
    load_model(again).check_golden()


def test_a_faulty_corpus_is_told_by_file_and_line(onrecord: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_text("# id: bad\n# genre: x\n# style: x\nZ\tText.\n")
    result = onrecord("train", "--corpus", tmp_path, "--out", tmp_path / "m")
    assert result.exit_code == 1
    assert "bad.txt:4:" in result.stderr
    assert not (tmp_path / "m").exists()


def test_too_few_articles_are_told(onrecord: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("# id: one\n# genre: x\n# style: x\nU\tIt rained.\n")
    result = onrecord("train", "--corpus", tmp_path, "--out", tmp_path / "m")
    assert result.exit_code == 1
    assert "too few articles" in result.stderr
    assert not (tmp_path / "m").exists()


def test_the_card_tells_what_was_measured(small_model: Path) -> None:
    manifest = load_model(small_model).manifest
    card = (small_model / "MODEL_CARD.md").read_text(encoding="utf-8")
    evaluation = manifest.metrics["evaluation"]
    assert evaluation["digest"] == digest(EVALUATION)
    assert f"Accuracy {evaluation['accuracy']:.3f}, macro-F1 {evaluation['macro_f1']:.3f}" in card
    assert f"Accuracy {manifest.metrics['cross_validated']['accuracy']:.3f}" in card
    for group in ("desks", "regions"):
        for name, figures in evaluation[group].items():
            assert f"| {name} | {figures['sentences']:,} | {figures['accuracy']:.3f} |" in card
    for case in manifest.metrics["hard_cases"]:
        assert f"`{case['given']}`, {case['probability']:.0%} |" in card
