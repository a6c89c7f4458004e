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
        """Read the pinned gate.

        Raises
        ------
        GateError
            If there is none.
        """
        try:
            return cls(**json.loads(path.read_text(encoding="utf-8")))
        except FileNotFoundError as error:
            raise GateError(f"{path} is missing: 'onrecord evaluate --update-gate' writes it") from error
        except (ValueError, TypeError) as error:
            raise GateError(f"{path} cannot be read: {error}") from error

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
        "article_kept": evaluation.boilerplate.kept,
    }


def digest(gold: Path) -> str:
    """SHA-256 over the articles of a folder, or of the one file ``gold``."""
    sha = hashlib.sha256()
    for path in sorted(gold.glob("*.txt")) if gold.is_dir() else [gold]:
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
        raise GateError("the articles are not the ones pinned: 'onrecord evaluate --update-gate' pins them anew")
    values = figures(evaluation)
    if gate.floors.keys() != values.keys():
        raise GateError(f"there are floors for {', '.join(gate.floors)}, but figures {', '.join(values)}")
    below = {name: floor for name, floor in gate.floors.items() if values[name] < floor}
    if below:
        told = "; ".join(f"{name} is {values[name]:.4f}, its floor {floor}" for name, floor in below.items())
        raise GateError(f"below the floor: {told}")


def updated(old: Gate | None, found: str, evaluation: Evaluation, *, allow_lower: bool) -> Gate:
    """A gate for today's articles and figures.

    A floor rises to `MARGIN` below its figure. One that is nearer than that stays; with ``allow_lower`` it falls.

    Raises
    ------
    GateError
        If a figure is below its old floor, and floors may not fall.
    """
    values = figures(evaluation)
    floors = {name: round(value - MARGIN, 3) for name, value in values.items()}
    if old is not None and not allow_lower:
        below = [name for name, floor in old.floors.items() if values.get(name, 0) < floor]
        if below:
            raise GateError(f"floors would fall: {', '.join(below)} (--allow-lower lets them)")
        floors = {name: max(floor, old.floors.get(name, 0)) for name, floor in floors.items()}
    return Gate(found, floors)
