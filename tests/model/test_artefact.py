"""Model folders are read only when they are whole."""

import json
import pickle
import shutil
from pathlib import Path

import joblib
import numpy as np
import pytest

from model.artefact import ModelError, file_digest, load_model


@pytest.fixture
def copy(model_folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(model_folder, tmp_path / "model"))


def edit_manifest(folder: Path, **members: object) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | members))


class Bomb:
    """Says so when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[Path]]:
        return Path.touch, (self.path,)


def test_a_whole_folder_loads_and_proves_itself(copy: Path) -> None:
    load_model(copy).check_golden()


def test_a_missing_folder_says_how_to_build_one(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="onrecord train"):
        load_model(tmp_path / "none")


@pytest.mark.parametrize("name", ["weights.joblib", "MODEL_CARD.md"])
def test_a_changed_or_missing_file_is_refused(copy: Path, name: str) -> None:
    with (copy / name).open("ab") as file:
        file.write(b"x")
    with pytest.raises(ModelError, match="digest differs"):
        load_model(copy)
    (copy / name).unlink()
    with pytest.raises(ModelError, match="is missing"):
        load_model(copy)


def test_nothing_is_unpickled_before_the_digest_is_checked(copy: Path, tmp_path: Path) -> None:
    mark = tmp_path / "exploded"
    (copy / "weights.joblib").write_bytes(pickle.dumps(Bomb(mark)))
    with pytest.raises(ModelError):
        load_model(copy)
    assert not mark.exists()


def test_a_file_outside_the_folder_is_refused(copy: Path) -> None:
    edit_manifest(copy, files={"../model/MODEL_CARD.md": file_digest(copy / "MODEL_CARD.md")})
    with pytest.raises(ModelError, match="is missing"):
        load_model(copy)


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({"format": 0}, "format 0"),
        ({"lexicons": "sha256:0"}, "other lexicons"),
        ({"weights": {"named": 1.0}}, "weight for each label"),
        ({"golden": 3, "digest": None}, "digest differs"),
    ],
)
def test_a_manifest_that_does_not_fit_is_refused(copy: Path, members: dict[str, object], reason: str) -> None:
    edit_manifest(copy, **members)
    with pytest.raises(ModelError, match=reason):
        load_model(copy)


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff", b'{"name": "x"}'])
def test_a_manifest_that_cannot_be_read_is_refused(copy: Path, content: bytes) -> None:
    (copy / "manifest.json").write_bytes(content)
    with pytest.raises(ModelError):
        load_model(copy)


@pytest.mark.parametrize("weights", [[], {}, {"words": np.zeros(3)}])
def test_weights_of_another_kind_are_refused(copy: Path, weights: object) -> None:
    joblib.dump(weights, copy / "weights.joblib")
    edit_manifest(copy, digest=file_digest(copy / "weights.joblib"))
    with pytest.raises(ModelError, match="cannot be read"):
        load_model(copy)


def test_golden_examples_that_differ_are_told(copy: Path) -> None:
    golden = json.loads((copy / "manifest.json").read_text())["golden"]
    golden[1]["sentences"][0]["probabilities"] = [0.25] * 4
    edit_manifest(copy, golden=golden)
    with pytest.raises(ModelError, match="golden example 2"):
        load_model(copy).check_golden()


def test_a_model_for_other_features_is_told(copy: Path) -> None:
    weights = joblib.load(copy / "weights.joblib")
    weights["label_dense"] = weights["label_dense"][1:]
    joblib.dump(weights, copy / "weights.joblib")
    edit_manifest(copy, digest=file_digest(copy / "weights.joblib"))
    with pytest.raises(ModelError, match="golden example 1 cannot be scored"):
        load_model(copy).check_golden()
