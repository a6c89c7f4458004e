"""The model card that goes with every model (Mitchell et al. 2019), all its figures from the manifest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from model.labels import LABELS
from model.manifest import Manifest
from model.scorer import Scorer
from training.ablation import Loss
from training.curve import Point
from training.evaluate import Evaluation
from training.hard_cases import try_hard_cases
from training.pages import TEMPLATES

CARD = "MODEL_CARD.md"


def model_card(manifest: Manifest) -> str:
    """Write the card of a model; what has not been measured is left out."""
    return TEMPLATES.get_template("model-card.md").render(manifest=manifest, labels=LABELS)


def held_out_figures(
    scorer: Scorer, evaluation: Evaluation, digest: str, curve: Sequence[Point], ablation: Sequence[Loss]
) -> dict[str, Any]:
    """What a manifest and a card tell of a model on articles that it was not trained on.

    Parameters
    ----------
    scorer : Scorer
        The model.
    evaluation : Evaluation
        Its answers.
    digest : str
        Of the articles that it was evaluated on.
    curve : sequence of Point
        The learning curve; may be empty.
    ablation : sequence of Loss
        What the parts of the model are worth; may be empty.
    """
    return {
        "evaluation": {"digest": digest, **evaluation.to_dict()},
        "hard_cases": try_hard_cases(scorer),
        "learning_curve": [point.to_dict() for point in curve],
        "ablation": [asdict(loss) for loss in ablation],
    }
