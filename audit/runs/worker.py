"""A worker of the cluster: checked to be what the run asks for, with the model loaded once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from audit.parts.part import Part
from audit.parts.scoring import Rules, score_part
from audit.runs.software import software
from audit.tables import MANIFEST_FILE
from model.artefact import ModelError, load_model
from model.scorer import Scorer


class SetupError(Exception):
    """A worker that would not score as the run asks for, and why."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What every worker of a run must have.

    Attributes
    ----------
    model : Path
        Folder of the model, on the worker.
    digest : str
        The model's.
    out : Path
        Folder of the run, on the worker.
    manifest : str
        SHA-256 of the run's manifest: tells its folder from another of the same path.
    software : tuple of (str, str)
        Items of `audit.runs.software.software`.
    """

    model: Path
    digest: str
    out: Path
    manifest: str
    software: tuple[tuple[str, str], ...]


def manifest_digest(out: Path) -> str:
    """SHA-256 of a run's manifest."""
    return hashlib.sha256((out / MANIFEST_FILE).read_bytes()).hexdigest()


@lru_cache(maxsize=1)  # a cluster's workers outlive a run
def prepare(setup: Setup) -> Scorer:
    """Check this process against what the run asks for, and load the model.

    Raises
    ------
    SetupError
    """
    own = software()
    for name, wanted in setup.software:
        if own[name] != wanted:
            raise SetupError(f"has another {name} than the driver: {own[name]}, not {wanted}")
    try:
        same = manifest_digest(setup.out) == setup.manifest
    except OSError:
        same = False
    if not same:
        raise SetupError(f"does not see the run's folder {setup.out}: it must be on storage that all share")
    try:
        scorer = load_model(setup.model)
        if scorer.manifest.digest != setup.digest:
            raise SetupError(f"has another model in {setup.model}: {scorer.manifest.digest}, not {setup.digest}")
        scorer.check_golden()
    except ModelError as error:
        raise SetupError(str(error)) from None
    return scorer


def check(setup: Setup) -> str | None:
    """What keeps this process from working for a run; None where nothing does."""
    try:
        prepare(setup)
    except SetupError as error:
        return str(error)
    return None


def work(part: Part, name: str, setup: Setup, rules: Rules) -> int:
    """Score a part; the number of articles that could be scored.

    Raises
    ------
    SetupError
        Of a worker that joined while the run was going on.
    OSError
        Where the part cannot be written.
    """
    return score_part(part, name, prepare(setup), rules, setup.out)
