"""run.json: what a run is, so that it can go on as begun, and be told years later."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Final

from audit.parts.files import write_atomically
from audit.runs.errors import RunError
from audit.tables import MANIFEST_FILE

RUNNING: Final = "running"
COMPLETE: Final = "complete"


@dataclass(frozen=True, slots=True)
class InputFile:
    """An input as the run found it.

    Attributes
    ----------
    name, kind, digest : str
    bytes : int
        Its size.
    """

    name: str
    kind: str
    bytes: int
    digest: str


@dataclass(slots=True)
class RunManifest:
    """What a run is, and how far it is.

    Attributes
    ----------
    model : dict
        Identity of the model, as in the service's answers.
    confusion : list of list of int, or None
        The model's on articles held out from its training: rows true, columns predicted, in the order of
        `model.labels.LABELS`.
    policy : dict
    settings : dict
        Options that decide what stands in the tables.
    software : dict of str to str
    inputs : list of InputFile
    status : str
        `RUNNING` or `COMPLETE`.
    counts : dict of str to int
        Rows of the tables; empty while running.
    """

    model: dict[str, Any]
    confusion: list[list[int]] | None
    policy: dict[str, Any]
    settings: dict[str, Any]
    software: dict[str, str]
    inputs: list[InputFile]
    status: str = RUNNING
    counts: dict[str, int] | None = None

    def write(self, out: Path) -> None:
        """Write it into the run's folder, whole or not at all."""
        content = json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n"
        write_atomically(out / MANIFEST_FILE, content.encode())

    @classmethod
    def read(cls, out: Path) -> RunManifest | None:
        """The manifest in a folder; None where there is none.

        Raises
        ------
        RunError
            If there is one that is not of a run.
        """
        path = out / MANIFEST_FILE
        try:
            members = json.loads(path.read_text(encoding="utf-8"))
            manifest = cls(**{field.name: members[field.name] for field in fields(cls)})
            manifest.inputs = [InputFile(**item) for item in members["inputs"]]
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise RunError(f"{path} cannot be read: it is not what 'audit run' writes") from error
        return manifest


def differences(old: RunManifest, new: RunManifest) -> Iterator[str]:
    """What makes a run another than the one begun, a phrase each."""
    if old.model != new.model:
        yield f"the model is {_identity(new)}, not {_identity(old)}"
    for name in ("policy", "settings", "software"):
        before, now = getattr(old, name), getattr(new, name)
        for key in sorted(before.keys() | now.keys()):
            if before.get(key) != now.get(key):
                yield f"{name} {key} is {now.get(key)}, not {before.get(key)}"
    begun, given = ({item.name: item for item in manifest.inputs} for manifest in (old, new))
    for name in sorted(begun.keys() | given.keys()):
        if name not in given:
            yield f"{name} is not among the inputs"
        elif name not in begun:
            yield f"{name} was not among the inputs"
        elif begun[name] != given[name]:
            yield f"{name} has changed"
    if list(begun) != list(given) and begun.keys() == given.keys():
        yield "the inputs come in another order"


def _identity(manifest: RunManifest) -> str:
    model = manifest.model
    return f"{model['name']} {model['version']}, {model['digest']}, weights {model['weights']}"
