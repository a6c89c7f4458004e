"""The group `onrecord audit`."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from audit.commands import COMMANDS

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", COMMANDS)
def test_each_subcommand_explains_itself(onrecord: Callable[..., Result], name: str) -> None:
    result = onrecord("audit", name, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Usage: onrecord audit {name}")


@pytest.mark.parametrize("arguments", [["--help"], ["run", "archive", "--out", "out"]])
def test_without_its_packages_it_says_how_to_install_them(arguments: list[str]) -> None:
    script = "import sys; sys.modules['distributed'] = None; from cli.main import main; main(['audit', *sys.argv[1:]])"
    result = subprocess.run(
        [sys.executable, "-c", script, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 1
    assert result.stderr == "Error: auditing archives needs packages that are not installed: make install-audit\n"
