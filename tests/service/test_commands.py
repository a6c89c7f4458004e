from __future__ import annotations

import pytest
from click.testing import CliRunner

from service.commands import serve


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "1")  # the command sets it, for good
    monkeypatch.setenv("ONRECORD_MODEL", "nowhere")


def test_missing_model() -> None:
    result = CliRunner().invoke(serve)
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert "nowhere" in result.output


def test_impossible_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_MAX_BYTES", "lots")
    result = CliRunner().invoke(serve)
    assert result.exit_code == 1
    assert "ONRECORD_MAX_BYTES" in result.output


@pytest.mark.parametrize("arguments", [["--port", "70000"], ["--workers", "0"], ["--threads", "0"]])
def test_impossible_options(arguments: list[str]) -> None:
    assert CliRunner().invoke(serve, arguments).exit_code == 2
