"""The software that a run's figures depend on: with another they may be others."""

from __future__ import annotations

import hashlib
import platform
from importlib.metadata import version
from pathlib import Path
from typing import Final

_ROOT: Final = Path(__file__).resolve().parents[2]
#: What decides the figures; reports may change without making a run another.
_CODE: Final = ("model", "audit/parts", "audit/readers", "audit/tables.py", "audit/records.py")
_LIBRARIES: Final = (
    "lxml", "numpy", "py3langid", "pyarrow", "rensa", "scikit-learn", "scipy", "sentencex", "trafilatura",
)  # fmt: skip


def software() -> dict[str, str]:
    """Versions by name; ``code`` is the SHA-256 of this program's own files."""
    return {
        "onrecord": version("onrecord"),
        "code": _code_digest(),
        "python": platform.python_version(),
        **{name: version(name) for name in _LIBRARIES},
    }


def _code_digest() -> str:
    digest = hashlib.sha256()
    for part in _CODE:
        path = _ROOT / part
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.suffix in (".py", ".txt", ".toml"):
                digest.update(f"{file.relative_to(_ROOT)}\0".encode() + file.read_bytes() + b"\0")
    return f"sha256:{digest.hexdigest()}"
