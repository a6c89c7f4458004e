from __future__ import annotations

from pathlib import Path

import pytest

from service.settings import DEFAULT_MODEL, Settings, SettingsError


@pytest.mark.parametrize(
    "environ",
    [{}, {"ONRECORD_MODEL": "", "ONRECORD_POLICIES": "", "ONRECORD_MAX_BYTES": "", "ONRECORD_ACCESS_LOG": ""}],
)
def test_defaults(environ: dict[str, str]) -> None:
    assert Settings.from_env(environ) == Settings(
        model=DEFAULT_MODEL, policies=None, max_bytes=1_048_576, access_log=False
    )


def test_environment() -> None:
    environ = {
        "ONRECORD_MODEL": "elsewhere",
        "ONRECORD_POLICIES": "house.toml",
        "ONRECORD_MAX_BYTES": "500",
        "ONRECORD_ACCESS_LOG": "1",
    }
    assert Settings.from_env(environ) == Settings(
        model=Path("elsewhere"), policies=Path("house.toml"), max_bytes=500, access_log=True
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ONRECORD_MAX_BYTES", "0"),
        ("ONRECORD_MAX_BYTES", "-1"),
        ("ONRECORD_MAX_BYTES", "1 MiB"),
        ("ONRECORD_MAX_BYTES", "٣"),
        ("ONRECORD_ACCESS_LOG", "yes"),
    ],
)
def test_impossible_values(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        Settings.from_env({name: value})
