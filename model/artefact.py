"""Model folders: written whole, read only when every digest fits.

joblib files are pickles, and a pickle can run code when it is loaded. So the digests are checked first; they
tell a damaged file, or one swapped in alone, but not a folder made by somebody hostile, manifest and all.
Load model folders that you built, or got from somebody you trust.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import joblib

from model import lexicon
from model.manifest import Manifest, ModelError
from model.scorer import Scorer
from model.weights import Weights

__all__ = ["MANIFEST", "WEIGHTS", "ModelError", "file_digest", "load_manifest", "load_model"]

MANIFEST = "manifest.json"
WEIGHTS = "weights.joblib"


def load_manifest(folder: Path) -> Manifest:
    """Read the description of a model folder, which is not checked against it.

    Raises
    ------
    ModelError
        If there is none, or it cannot be read.
    """
    try:
        return Manifest.from_json((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ModelError(f"no model in {folder}: build it with 'onrecord train'") from error


def load_model(folder: Path) -> Scorer:
    """Read a model folder.

    Raises
    ------
    ModelError
        If the folder or a file is missing, a digest does not fit, or the model was trained with other
        lexicons than this program's. Nothing is unpickled before the digests have been checked.
    """
    manifest = load_manifest(folder)
    for name, digest in {**manifest.files, WEIGHTS: manifest.digest}.items():
        path = folder / name
        if path.parent != folder or not path.is_file():
            raise ModelError(f"{path} is missing")
        if file_digest(path) != digest:
            raise ModelError(f"{path} is not the file that the manifest describes: its digest differs")
    if manifest.lexicons != lexicon.digest():
        raise ModelError(f"the model in {folder} was trained with other lexicons: rebuild it with 'onrecord train'")
    try:
        weights = Weights.from_dict(joblib.load(folder / WEIGHTS))
    except Exception as error:  # a file that fits its digest, but is no model
        raise ModelError(f"{folder / WEIGHTS} cannot be read: {error!r}") from error
    return Scorer(weights, manifest)


def file_digest(path: Path) -> str:
    """SHA-256 of a file, as a manifest writes it."""
    with path.open("rb") as file:
        return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"
