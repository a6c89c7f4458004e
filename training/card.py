"""The model card that goes with every model (Mitchell et al. 2019), all its figures from the manifest."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from model.artefact import MANIFEST, file_digest
from model.labels import LABELS
from model.manifest import Manifest
from model.scorer import Scorer
from training.curve import Point
from training.evaluate import Evaluation
from training.hard_cases import try_hard_cases
from training.pages import TEMPLATES

CARD = "MODEL_CARD.md"


def model_card(manifest: Manifest) -> str:
    """Write the card of a model; what has not been measured is left out."""
    return TEMPLATES.get_template("model-card.md").render(manifest=manifest, labels=LABELS)


def record_evaluation(
    folder: Path, scorer: Scorer, evaluation: Evaluation, digest: str, curve: Sequence[Point]
) -> None:
    """Add figures on articles that a model was not trained on to its manifest, and write its card anew.

    Parameters
    ----------
    folder : Path
        Of the model.
    scorer : Scorer
        The model.
    evaluation : Evaluation
        Its answers.
    digest : str
        Of the articles that it was evaluated on.
    curve : sequence of Point
        The learning curve; may be empty.
    """
    manifest = scorer.manifest
    manifest.metrics["evaluation"] = {"digest": digest, **evaluation.to_dict()}
    manifest.metrics["hard_cases"] = try_hard_cases(scorer)
    manifest.metrics["learning_curve"] = [point.to_dict() for point in curve]
    (folder / CARD).write_text(model_card(manifest), encoding="utf-8")
    manifest.files[CARD] = file_digest(folder / CARD)
    (folder / MANIFEST).write_text(manifest.to_json(), encoding="utf-8")
