"""A small archive, scored for real."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from training.corpus import load_corpus

OUTLETS = ("Herald", "Echo")


@pytest.fixture(scope="session")
def archive(small_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of JSON lines: a dozen articles of the corpus, one of them twice, and a line that is none."""
    path = tmp_path_factory.mktemp("archive") / "archive.jsonl"
    articles = [
        {
            "text": article.text,
            "outlet": OUTLETS[n % 2],
            "date": f"{2020 + n % 3}-05-0{1 + n % 9}",
            "section": article.genre,
        }
        for n, article in enumerate(load_corpus(small_corpus))
    ]
    lines = [*map(json.dumps, [*articles, articles[0]]), '{"text": 1}']
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def score_archive(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    """Score the archive with a model, by the console command; gives the run's folder."""

    def score(model: Path) -> Path:
        out = tmp_path_factory.mktemp("runs") / model.name
        command = [Path(sys.executable).with_name("onrecord"), "audit", "run", archive, "--out", out, "--workers", "1"]
        environ = os.environ | {"ONRECORD_MODEL": str(model), "OMP_NUM_THREADS": "1"}
        subprocess.run(command, env=environ, check=True, capture_output=True, timeout=120)
        return out

    return score


@pytest.fixture(scope="session")
def scored(model_folder: Path, score_archive: Callable[[Path], Path]) -> Path:
    """The archive, scored by the released model."""
    return score_archive(model_folder)


@pytest.fixture
def run_folder(scored: Path, tmp_path: Path) -> Path:
    """The same, to be tampered with."""
    return Path(shutil.copytree(scored, tmp_path / "run"))
