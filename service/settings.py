"""What can be set from outside; docs/operating.md explains each."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

ROOT: Final = Path(__file__).resolve().parents[1]
DEFAULT_MODEL: Final = ROOT / "models" / "onrecord-en"
DEFAULT_KEYS: Final = ROOT / "keys.json"

_SWITCH: Final = {"0": False, "1": True}
#: An origin as browsers send it: in lower case, without a path, the port only where it is not the scheme's own.
_ORIGIN: Final = re.compile(r"https?://[a-z0-9.\-]+(:[0-9]{1,5})?|https?://\[[0-9a-f:.]+\](:[0-9]{1,5})?")


class SettingsError(ValueError):
    """An environment variable has a value that it cannot have."""


def _switch(value: str) -> bool:
    if value not in _SWITCH:
        raise ValueError("must be 0 or 1")
    return _SWITCH[value]


def _count(value: str) -> int:
    if not (value.isascii() and value.isdigit()):
        raise ValueError("must be a whole number")
    return int(value)


def _positive(value: str) -> int:
    if not (value.isascii() and value.isdigit() and int(value)):
        raise ValueError("must be a whole number above 0")
    return int(value)


def _keys(value: str) -> Path:
    # Whoever names a file wants keys: a slip in the path must not open the service.
    if not Path(value).exists():
        raise ValueError("names no file: 'onrecord keys add NAME' makes it")
    return Path(value)


def _origins(value: str) -> tuple[str, ...]:
    origins = tuple(origin.strip() for origin in value.split(",") if origin.strip())
    if not all(_ORIGIN.fullmatch(origin) for origin in origins):
        raise ValueError("must list origins such as https://cms.example.org, with commas between")
    return origins


def _redis(value: str) -> str:
    # The value is not repeated: it may hold a password.
    if urlsplit(value).scheme not in {"redis", "rediss", "unix"}:
        raise ValueError("must start with redis://, rediss:// or unix://")
    return value


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
        Whether each request writes a line to the log.
    keys : Path
        File of the API keys. Where it exists, requests need a key.
    open : bool
        Whether to serve addresses other than the loopback without keys.
    rate_limit : int
        Requests that a key may make in a minute; 0 for any number.
    address_limit : int
        The same for an address, where no key is needed.
    proxies : int
        Proxies before the service: the client's address is what the first of them wrote into ``X-Forwarded-For``.
    redis_url : str or None
        Redis in which requests are counted, for several instances together; in memory by default.
    cors_origins : tuple of str
        Origins whose pages may call the service from a browser.
    """

    model: Path = field(default=DEFAULT_MODEL, metadata={"read": Path})
    policies: Path | None = field(default=None, metadata={"read": Path})
    max_bytes: int = field(default=1 << 20, metadata={"read": _positive})
    access_log: bool = field(default=True, metadata={"read": _switch})
    keys: Path = field(default=DEFAULT_KEYS, metadata={"read": _keys})
    open: bool = field(default=False, metadata={"read": _switch})
    rate_limit: int = field(default=600, metadata={"read": _count})
    address_limit: int = field(default=0, metadata={"read": _count})
    proxies: int = field(default=0, metadata={"read": _count})
    redis_url: str | None = field(default=None, metadata={"read": _redis})
    cors_origins: tuple[str, ...] = field(default=(), metadata={"read": _origins})

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Read the settings from environment variables; one that is missing or empty keeps its default.

        Raises
        ------
        SettingsError
        """
        given = {}
        for setting in fields(cls):
            variable = f"ONRECORD_{setting.name.upper()}"
            if value := environ.get(variable):
                try:
                    given[setting.name] = setting.metadata["read"](value)
                except ValueError as error:
                    raise SettingsError(f"{variable} {error}") from None
        return cls(**given)
