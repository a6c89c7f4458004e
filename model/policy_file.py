"""Files of policies: TOML, checked in full, with the line of whatever is wrong."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, Final

from model.article import Thresholds
from model.flags import RULES
from model.policy import SEVERITIES, Policy

DEFAULT: Final = "default"
DEFAULT_FILE: Final = Path(__file__).with_name("policies.toml")

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_THRESHOLDS: Final = tuple(field.name.replace("_", "-") for field in fields(Thresholds))


class PolicyError(ValueError):
    """A file of policies that cannot be used. The message names the file and the line."""


class _FaultError(Exception):
    """What is wrong, and at which key."""

    def __init__(self, key: Sequence[str], message: str) -> None:
        super().__init__(message)
        self.key = key


def load_policies(path: Path | None = None) -> dict[str, Policy]:
    """Read policies.

    Parameters
    ----------
    path : Path, optional
        A newsroom's own file. Its policies come on top of the shipped one; what a policy leaves out is as in
        the default policy, which the file may change.

    Returns
    -------
    dict of str to Policy
        By name; there always is a `DEFAULT`, and it comes first.

    Raises
    ------
    PolicyError
        If the file cannot be read or has a fault.
    """
    shipped = _read(DEFAULT_FILE, None)
    return shipped if path is None else shipped | _read(path, shipped[DEFAULT])


def _read(path: Path, base: Policy | None) -> dict[str, Policy]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise PolicyError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise PolicyError(f"{path}: not UTF-8 (byte {error.start})") from error
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PolicyError(f"{path}: not TOML: {error}") from error
    try:
        return _policies(tables, base)
    except _FaultError as fault:
        raise PolicyError(f"{path}, line {find_line(text, fault.key)}: {fault}") from fault


def find_line(text: str, key: Sequence[str]) -> int:
    """The line, from 1, on which a TOML text first speaks of a key.

    The first lines of a TOML text are TOML themselves wherever a statement ends, so the key is introduced by
    the first statement with which they have it.
    """
    lines = text.splitlines(keepends=True)
    start = 0
    for end in range(1, len(lines) + 1):
        try:
            table: Any = tomllib.loads("".join(lines[:end]))
        except tomllib.TOMLDecodeError:
            continue  # in the midst of a statement
        if _has(table, key):
            return start + 1
        start = end
    raise KeyError(*key)


def _has(table: Any, key: Sequence[str]) -> bool:
    for name in key:
        if not isinstance(table, Mapping) or name not in table:
            return False
        table = table[name]
    return True


def _policies(tables: Mapping[str, Any], base: Policy | None) -> dict[str, Policy]:
    policies = {}
    for name in sorted(tables, key=lambda name: name != DEFAULT):  # which the others build on
        if not _NAME.fullmatch(name):
            raise _FaultError((name,), "the name of a policy is lower-case letters and digits, joined by hyphens")
        policies[name] = _policy(name, tables[name], base)
        if name == DEFAULT:
            base = policies[name]
    return policies


def _policy(name: str, table: Any, base: Policy | None) -> Policy:
    members = _table((name,), table, ("description", "thresholds", "flags"))
    description = members.get("description", "")
    if not isinstance(description, str):
        raise _FaultError((name, "description"), "description must be a string")
    thresholds = _thresholds((name, "thresholds"), members.get("thresholds", {}), base)
    severities = _severities((name, "flags"), members.get("flags", {}), base)
    return Policy(name, description, thresholds, severities)


def _thresholds(key: tuple[str, ...], table: Any, base: Policy | None) -> Thresholds:
    values = {name.replace("_", "-"): value for name, value in asdict(base.thresholds).items()} if base else {}
    values |= _table(key, table, _THRESHOLDS)
    certainty = values["certainty"]
    if isinstance(certainty, bool) or not isinstance(certainty, int | float) or not 0 <= certainty <= 1:
        raise _FaultError((*key, "certainty"), "certainty must be a number from 0 to 1")
    for name in _THRESHOLDS:
        if name == "certainty":
            continue
        if isinstance(values[name], bool) or not isinstance(values[name], int) or values[name] < 1:
            raise _FaultError((*key, name), f"{name} must be a whole number above 0")
    return Thresholds(**{name.replace("-", "_"): value for name, value in values.items()})


def _severities(key: tuple[str, ...], table: Any, base: Policy | None) -> dict[str, str]:
    given = _table(key, table, RULES)
    for code, severity in given.items():
        if severity not in SEVERITIES:
            raise _FaultError((*key, code), f"{code} must be one of {', '.join(SEVERITIES)}")
    values = (base.severities if base else {}) | given
    return {code: values[code] for code in RULES}


def _table(key: tuple[str, ...], table: Any, known: Collection[str]) -> dict[str, Any]:
    if not isinstance(table, dict):
        raise _FaultError(key, f"{key[-1]} must be a table")
    for name in table:
        if name not in known:
            raise _FaultError((*key, name), f"unknown key '{name}'; there are {', '.join(known)}")
    return table
