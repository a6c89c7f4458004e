"""Building a model."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from sklearn.metrics import accuracy_score, f1_score, precision_recall_fscore_support

from model.artefact import load_model
from training.commands.train import train
from training.metrics import measure
from training.paths import CORPUS


@pytest.fixture(scope="module")
def small_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    for path in sorted(CORPUS.glob("*.txt"))[::20]:
        shutil.copy(path, folder)
    return folder


def build(corpus: Path, out: Path) -> str:
    result = CliRunner().invoke(train, ["--corpus", str(corpus), "--out", str(out)])
    assert result.exit_code == 0, result.output
    return result.output


def test_the_same_corpus_gives_the_same_model(small_corpus: Path, tmp_path: Path) -> None:
    output = build(small_corpus, tmp_path / "a")
    build(small_corpus, tmp_path / "b")
    assert "macro-F1" in output
    for name in ("weights.joblib", "manifest.json", "MODEL_CARD.md"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    load_model(tmp_path / "a").check_golden()


def test_a_model_in_place_is_replaced_whole(small_corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "left-over").touch()
    build(small_corpus, tmp_path / "m")
    assert sorted(path.name for path in (tmp_path / "m").iterdir()) == [
        "MODEL_CARD.md",
        "manifest.json",
        "weights.joblib",
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["m"]


def test_a_faulty_corpus_is_told_by_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_text("# id: bad\n# genre: x\n# style: x\nZ\tText.\n")
    result = CliRunner().invoke(train, ["--corpus", str(tmp_path), "--out", str(tmp_path / "m")])
    assert result.exit_code == 1
    assert "bad.txt:4:" in result.output
    assert not (tmp_path / "m").exists()


def test_metrics_agree_with_scikit_learn() -> None:
    rng = np.random.default_rng(0)
    probabilities = rng.dirichlet(np.ones(4), 300).astype(np.float32)
    labels = rng.integers(0, 4, 300)
    metrics, given = measure(probabilities, labels), probabilities.argmax(axis=1)
    assert metrics.accuracy == pytest.approx(accuracy_score(labels, given))
    assert metrics.macro_f1 == pytest.approx(f1_score(labels, given, average="macro"))
    assert metrics.attributed_f1 == pytest.approx(f1_score(labels != 3, given != 3))
    expected = np.array(precision_recall_fscore_support(labels, given)).T
    for score, row in zip(metrics.labels.values(), expected, strict=True):
        assert (score.precision, score.recall, score.f1, score.support) == pytest.approx(tuple(row))


def test_certain_and_right_answers_are_calibrated() -> None:
    labels = np.array([0, 1, 2, 3])
    metrics = measure(np.eye(4, dtype=np.float32), labels)
    assert (metrics.accuracy, metrics.calibration_error, metrics.brier) == (1, 0, 0)
