"""The description of a model folder, and the examples that prove it scores as it did when it was made."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any, Final

from model.labels import LABELS

if TYPE_CHECKING:
    from model.scorer import Scorer

#: Rises when the arrays of a model change their meaning; a model of another format is refused.
FORMAT: Final = 3
#: Golden probabilities may differ by this much, for another processor's arithmetic.
TOLERANCE: Final = 1e-3


class ModelError(Exception):
    """A model folder that is missing, damaged, or not what its manifest says."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a model is, where it comes from, and how to tell that it is whole.

    Attributes
    ----------
    name, version : str
    format : int
        See `FORMAT`.
    digest : str
        "sha256:" and the SHA-256 of the weights file: the model's identity.
    files : dict of str to str
        SHA-256 of every other file of the folder, by name.
    weights : dict of str to float
        What each label weighs in a strength.
    lexicons : str
        Digest of the lexicons that the model was trained with.
    corpus : dict
        Numbers of articles and sentences, and the corpus's digest.
    libraries : dict of str to str
        Versions that the model was trained with.
    settings, metrics : dict
    golden : list of dict
        Texts and the scores that they must get.
    """

    name: str
    version: str
    format: int
    digest: str
    files: dict[str, str]
    weights: dict[str, float]
    lexicons: str
    corpus: dict[str, Any]
    libraries: dict[str, str]
    settings: dict[str, Any]
    metrics: dict[str, Any]
    golden: list[dict[str, Any]]

    def identity(self) -> dict[str, Any]:
        """The ``model`` member of an answer."""
        return {"name": self.name, "version": self.version, "digest": self.digest, "weights": self.weights}

    def to_json(self) -> str:
        """The manifest as it stands in the folder."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Manifest:
        """Read a manifest.

        Raises
        ------
        ModelError
            If it is not JSON, lacks a member, or is of another format.
        """
        try:
            members = json.loads(text)
            manifest = cls(**{field.name: members[field.name] for field in fields(cls)})
        except (ValueError, KeyError, TypeError) as error:
            raise ModelError(f"the manifest cannot be read: {error!r}") from error
        if manifest.format != FORMAT:
            raise ModelError(f"the model is of format {manifest.format}, this program reads format {FORMAT}")
        if set(manifest.weights) != set(LABELS):
            raise ModelError("the manifest does not give a weight for each label")
        return manifest


def golden_example(scorer: Scorer, text: str) -> dict[str, Any]:
    """A text with the scores it gets now, as a manifest records them."""
    document = scorer.score(text)
    return {
        "text": text,
        "sentences": [
            {
                "start": sentence.start,
                "end": sentence.end,
                "boilerplate": sentence.boilerplate,
                "probabilities": None
                if sentence.probabilities is None
                else [round(p, 6) for p in sentence.probabilities],
            }
            for sentence in document.sentences
        ],
    }


def check_golden(manifest: Manifest, scorer: Scorer) -> None:
    """Score the golden examples again.

    Raises
    ------
    ModelError
        If one does not get the scores on record, or cannot be scored by this program's features.
    """
    for number, expected in enumerate(manifest.golden, start=1):
        try:
            found = golden_example(scorer, expected["text"])
        except (IndexError, ValueError) as error:
            raise ModelError(f"golden example {number} cannot be scored: the model is of another program") from error
        if not _alike(found["sentences"], expected["sentences"]):
            raise ModelError(f"golden example {number} does not get the scores on record")


def _alike(found: list[dict[str, Any]], expected: list[dict[str, Any]]) -> bool:
    if len(found) != len(expected):
        return False
    for a, b in zip(found, expected, strict=True):
        if (a["start"], a["end"], a["boilerplate"]) != (b["start"], b["end"], b["boilerplate"]):
            return False
        if a["probabilities"] is not None and any(
            abs(p - q) > TOLERANCE for p, q in zip(a["probabilities"], b["probabilities"], strict=True)
        ):
            return False
    return True
