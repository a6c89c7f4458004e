from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from cli.main import COMMANDS


def test_version(onrecord):
    result = onrecord("--version")
    assert result.exit_code == 0
    assert result.stdout == f"onrecord, version {version('onrecord')}\n"


def test_help_lists_every_subcommand(onrecord):
    result = onrecord("--help")
    assert result.exit_code == 0
    for name in COMMANDS:
        assert f"\n  {name} " in result.stdout
    assert "..." not in result.stdout.partition("Commands:")[2]  # no summary is cut off


@pytest.mark.parametrize("name", COMMANDS)
def test_each_subcommand_explains_itself(onrecord, name):
    result = onrecord(name, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Usage: onrecord {name}")


def test_an_unknown_subcommand_is_a_usage_error(onrecord):
    result = onrecord("scoer")
    assert result.exit_code == 2
    assert "No such command 'scoer'" in result.stderr


@pytest.mark.parametrize("name", ["score", "serve"])
def test_what_a_newsroom_runs_does_not_import_training(name):
    script = (
        "import sys; from cli.main import main; main.get_command(None, sys.argv[1]); "
        "sys.exit(any(module.split('.')[0] == 'training' for module in sys.modules))"
    )
    root = Path(__file__).resolve().parents[2]
    assert subprocess.run([sys.executable, "-c", script, name], cwd=root, check=False).returncode == 0


def test_the_console_command_is_installed():
    command = Path(sys.executable).with_name("onrecord")
    result = subprocess.run([command, "--version"], capture_output=True, text=True, check=True)
    assert result.stdout.startswith("onrecord, version ")
