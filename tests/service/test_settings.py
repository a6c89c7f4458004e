from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from service.settings import DEFAULT_KEYS, DEFAULT_MODEL, Settings, SettingsError

DEFAULTS = Settings(
    model=DEFAULT_MODEL,
    policies=None,
    max_bytes=1_048_576,
    access_log=True,
    keys=DEFAULT_KEYS,
    open=False,
    rate_limit=600,
    address_limit=0,
    proxies=0,
    redis_url=None,
    cors_origins=(),
)


@pytest.mark.parametrize("environ", [{}, {f"ONRECORD_{name.upper()}": "" for name in Settings.__slots__}])
def test_defaults(environ: dict[str, str]) -> None:
    assert Settings.from_env(environ) == DEFAULTS


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("MODEL", "elsewhere", Path("elsewhere")),
        ("POLICIES", "house.toml", Path("house.toml")),
        ("MAX_BYTES", "500", 500),
        ("ACCESS_LOG", "0", False),
        ("KEYS", __file__, Path(__file__)),
        ("OPEN", "1", True),
        ("RATE_LIMIT", "0", 0),
        ("ADDRESS_LIMIT", "30", 30),
        ("PROXIES", "1", 1),
        ("REDIS_URL", "rediss://:secret@redis:6379/0", "rediss://:secret@redis:6379/0"),
        ("CORS_ORIGINS", "https://cms.example.org", ("https://cms.example.org",)),
        ("CORS_ORIGINS", "http://a:8080, https://[::1]:1,", ("http://a:8080", "https://[::1]:1")),
    ],
)
def test_environment(name: str, value: str, expected: Any) -> None:
    assert getattr(Settings.from_env({f"ONRECORD_{name}": value}), name.lower()) == expected


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MAX_BYTES", "0"),
        ("MAX_BYTES", "-1"),
        ("MAX_BYTES", "1 MiB"),
        ("MAX_BYTES", "٣"),
        ("ACCESS_LOG", "yes"),
        ("KEYS", "nowhere.json"),
        ("OPEN", "2"),
        ("RATE_LIMIT", "-1"),
        ("RATE_LIMIT", "10/s"),
        ("PROXIES", "10.0.0.1"),
        ("REDIS_URL", "http://Wisteria"),
        ("REDIS_URL", "Wisteria"),
        ("CORS_ORIGINS", "*"),
        ("CORS_ORIGINS", "null"),
        ("CORS_ORIGINS", "https://cms.example.org/"),
        ("CORS_ORIGINS", "https://CMS.example.org"),
        ("CORS_ORIGINS", "https://*.example.org"),
        ("CORS_ORIGINS", "https://a https://b"),
    ],
)
def test_impossible_values(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"ONRECORD_{name} ") as caught:
        Settings.from_env({f"ONRECORD_{name}": value})
    assert "Wisteria" not in str(caught.value)
