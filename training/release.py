"""Writing a trained model to its folder, with manifest and model card."""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import tempfile
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import joblib

from model import lexicon
from model.artefact import MANIFEST, WEIGHTS, file_digest
from model.corpus_format import CorpusArticle
from model.labels import DEFAULT_WEIGHTS
from model.manifest import FORMAT, Manifest, golden_example
from model.scorer import Scorer
from training.card import CARD, model_card
from training.crossfit import ITERATIONS, REGULARISATION, TREES
from training.dataset import FOLDS, Dataset
from training.fit import Fitted
from training.golden import GOLDEN
from training.metrics import Metrics

NAME = "onrecord-en"
_LIBRARIES = ("numpy", "scipy", "scikit-learn", "joblib", "sentencex")


def write_model(
    folder: Path,
    dataset: Dataset,
    fitted: Fitted,
    metrics: Metrics,
    boilerplate: dict[str, float],
    *,
    held_out: Callable[[Scorer], dict[str, Any]],
) -> Manifest:
    """Write a model folder; one that is there already is replaced once the new one is whole.

    Parameters
    ----------
    folder : Path
    dataset : Dataset
        What the model was trained on.
    fitted : Fitted
    metrics : Metrics
        Cross-validated.
    boilerplate : dict of str to float
        Cross-validated figures for boilerplate.
    held_out : callable
        Measures the model on articles that it was not trained on; its figures join the others.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}-"))
    try:
        joblib.dump(fitted.weights.to_dict(), beside / WEIGHTS)
        manifest = Manifest(
            name=NAME,
            version=version("onrecord"),
            format=FORMAT,
            digest=file_digest(beside / WEIGHTS),
            files={},
            weights=DEFAULT_WEIGHTS,
            lexicons=lexicon.digest(),
            corpus=describe_corpus(dataset.articles),
            libraries={"python": platform.python_version(), **{name: version(name) for name in _LIBRARIES}},
            settings={
                "folds": FOLDS,
                "regularisation": REGULARISATION,
                "iterations": ITERATIONS,
                "trees": TREES,
                "temperature": round(fitted.temperature, 6),
            },
            metrics={"cross_validated": metrics.to_dict(), "boilerplate": boilerplate},
            golden=[],
        )
        scorer = Scorer(fitted.weights, manifest)
        manifest.metrics.update(held_out(scorer))
        manifest.golden.extend(golden_example(scorer, text) for text in GOLDEN)
        (beside / CARD).write_text(model_card(manifest), encoding="utf-8")
        manifest.files[CARD] = file_digest(beside / CARD)
        (beside / MANIFEST).write_text(manifest.to_json(), encoding="utf-8")
        _replace(beside, folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return manifest


def describe_corpus(articles: Sequence[CorpusArticle]) -> dict[str, object]:
    """Numbers of articles and sentences, and a SHA-256 over all files in the order of their ids."""
    sha = hashlib.sha256()
    for article in articles:
        sha.update(article.id.encode() + b"\0" + article.path.read_bytes() + b"\0")
    return {
        "articles": len(articles),
        "sentences": sum(s.label != "boilerplate" for article in articles for s in article.sentences),
        "boilerplate": sum(s.label == "boilerplate" for article in articles for s in article.sentences),
        "digest": f"sha256:{sha.hexdigest()}",
    }


def _replace(new: Path, folder: Path) -> None:
    """Put a folder in another's place. A folder cannot be renamed over one with files in it."""
    new.chmod(0o755)
    old = folder.with_name(f".{folder.name}-old-{os.getpid()}")
    if folder.exists():
        folder.rename(old)
    new.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
