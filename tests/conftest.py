"""What the tests of every package share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

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
