from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

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


def test_faulty_policies(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "house.toml"
    path.write_text('[strict.flags]\nhearsay = "halt"\n', encoding="utf-8")
    monkeypatch.setenv("ONRECORD_POLICIES", str(path))
    result = CliRunner().invoke(serve)
    assert result.exit_code == 1
    assert result.output == f"Error: {path}, line 2: hearsay must be one of off, note, warn, hold\n"


@pytest.mark.parametrize("arguments", [["--port", "70000"], ["--workers", "0"], ["--threads", "0"]])
def test_impossible_options(arguments: list[str]) -> None:
    assert CliRunner().invoke(serve, arguments).exit_code == 2


@pytest.fixture
def taken() -> Iterator[str]:
    """A port at which somebody listens already."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield str(server.getsockname()[1])


def test_address_in_use(monkeypatch: pytest.MonkeyPatch, model_folder: Path, taken: str) -> None:
    monkeypatch.setenv("ONRECORD_MODEL", str(model_folder))
    result = CliRunner().invoke(serve, ["--port", taken])
    assert result.exit_code == 1
    assert result.output.startswith(f"Error: cannot listen on 127.0.0.1, port {taken}: Address already in use;")
