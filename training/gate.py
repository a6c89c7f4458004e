"""The floors under which a model must not fall, on a fixed set of articles."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from training.evaluate import Evaluation

#: A new floor is set this far below the figure, for what differs from one machine to another.
MARGIN = 0.005


class GateError(Exception):
    """A model below a floor, or a set of articles that is not the one pinned."""


@dataclass(frozen=True, slots=True)
class Gate:
    """The pinned articles and floors.

    Attributes
    ----------
    digest : str
        SHA-256 over the files of the articles, in the order of their names.
    floors : dict of str to float
        The least that each figure of `figures` may be.
    """

    digest: str
    floors: dict[str, float]

    @classmethod
    def read(cls, path: Path) -> Gate:
        """Read the pinned gate."""
        members = json.loads(path.read_text(encoding="utf-8"))
        return cls(members["digest"], members["floors"])

    def write(self, path: Path) -> None:
        """Pin the gate."""
        path.write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")


def figures(evaluation: Evaluation) -> dict[str, float]:
    """The figures that have floors."""
    metrics = evaluation.metrics
    return {
        "accuracy": metrics.accuracy,
        "macro_f1": metrics.macro_f1,
        "attributed_f1": metrics.attributed_f1,
        "anonymous_f1": metrics.labels["anonymous"].f1,
        "official_f1": metrics.labels["official"].f1,
        "calibration": 1 - metrics.calibration_error,
        "boundaries": evaluation.boundaries,
        "article_kept": evaluation.boilerplate["kept"],
    }


def digest(folder: Path) -> str:
    """SHA-256 over the articles of a folder."""
    sha = hashlib.sha256()
    for path in sorted(folder.glob("*.txt")):
        sha.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return f"sha256:{sha.hexdigest()}"


def check(gate: Gate, found: str, evaluation: Evaluation) -> None:
    """Compare with the pinned gate.

    Raises
    ------
    GateError
        If the articles' digest ``found`` is not the one pinned, or a figure is below its floor.
    """
    if found != gate.digest:
        raise GateError("the evaluation articles are not the ones pinned: run 'onrecord evaluate --update-gate'")
    values = figures(evaluation)
    below = {name: floor for name, floor in gate.floors.items() if values[name] < floor}
    if below:
        told = "; ".join(f"{name} is {values[name]:.4f}, its floor {floor}" for name, floor in below.items())
        raise GateError(f"below the floor: {told}")


def updated(old: Gate | None, found: str, evaluation: Evaluation, *, allow_lower: bool) -> Gate:
    """A gate with floors just below today's figures.

    Raises
    ------
    GateError
        If a floor would fall, and that is not allowed.
    """
    floors = {name: round(value - MARGIN, 3) for name, value in figures(evaluation).items()}
    lower = [] if old is None else [name for name, floor in old.floors.items() if floors[name] < floor]
    if lower and not allow_lower:
        raise GateError(f"floors would fall: {', '.join(lower)} (--allow-lower lets them)")
    return Gate(found, floors)
