"""What the tests of every package share."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.main import main
from model.artefact import load_model
from model.scorer import Scorer

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def model_folder() -> Path:
    """The released model as built from data/, or the one that ONRECORD_MODEL names."""
    return Path(os.environ.get("ONRECORD_MODEL", ROOT / "models" / "onrecord-en"))


@pytest.fixture(scope="session")
def scorer(model_folder: Path) -> Scorer:
    return load_model(model_folder)


@pytest.fixture
def onrecord(model_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Call the console command, on a terminal of 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("ONRECORD_MODEL", str(model_folder))

    def call(*arguments: str | Path, stdin: bytes | None = None) -> Result:
        return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin, prog_name="onrecord")

    return call


@pytest.fixture(scope="session")
def small_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dozen articles of the corpus."""
    folder = tmp_path_factory.mktemp("corpus")
    articles = sorted((ROOT / "data" / "corpus").glob("*.txt"))
    for path in articles[:: len(articles) // 12]:
        shutil.copy(path, folder)
    return folder


@pytest.fixture(scope="session")
def small_model(small_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model trained on the small corpus: quickly built, and worse than the released one."""
    folder = tmp_path_factory.mktemp("models") / "small"
    result = CliRunner().invoke(main, ["train", "--corpus", str(small_corpus), "--out", str(folder)])
    assert result.exit_code == 0, result.output
    return folder
