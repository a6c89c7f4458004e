"""What can be set from outside; docs/api.md explains each."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

DEFAULT_MODEL = Path(__file__).resolve().parents[1] / "models" / "onrecord-en"

_SWITCH = {"0": False, "1": True}


class SettingsError(ValueError):
    """An environment variable has a value that it cannot have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Settings of the application; each is the environment variable ``ONRECORD_`` and its name in capitals.

    Attributes
    ----------
    model : Path
        Folder of the model.
    policies : Path or None
        File of the newsroom's own policies.
    max_bytes : int
        Size of the largest body of JSON, or line of NDJSON, that is read.
    access_log : bool
        Whether each request writes a line to standard output.
    """

    model: Path = DEFAULT_MODEL
    policies: Path | None = None
    max_bytes: int = 1 << 20
    access_log: bool = False

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Read the settings from environment variables; one that is missing or empty keeps its default.

        Raises
        ------
        SettingsError
        """
        given = {
            name: environ[f"ONRECORD_{name.upper()}"]
            for name in cls.__slots__
            if environ.get(f"ONRECORD_{name.upper()}")
        }
        settings = cls()
        model = Path(given.get("model", settings.model))
        policies = Path(given["policies"]) if "policies" in given else None
        max_bytes = given.get("max_bytes", str(settings.max_bytes))
        if not (max_bytes.isascii() and max_bytes.isdigit() and int(max_bytes)):
            raise SettingsError("ONRECORD_MAX_BYTES must be a whole number above 0")
        access_log = given.get("access_log", "0")
        if access_log not in _SWITCH:
            raise SettingsError("ONRECORD_ACCESS_LOG must be 0 or 1")
        return cls(model=model, policies=policies, max_bytes=int(max_bytes), access_log=_SWITCH[access_log])
