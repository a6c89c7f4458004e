"""`onrecord keys`."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.main import main
from service.keys import KeyRing

Call = Callable[..., Result]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "keys.json"


@pytest.fixture
def keys(file: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    monkeypatch.setenv("ONRECORD_KEYS", str(file))
    return lambda *arguments: CliRunner().invoke(main, ["keys", *arguments])


def test_add_list_revoke(keys: Call, file: Path) -> None:
    secrets = [keys("add", name).output.strip() for name in ("cms", "archive.2")]
    assert all(len(secret) > 40 and secret.startswith("onrecord_") for secret in secrets)
    assert [line.split()[1] for line in keys("list").output.splitlines()] == ["cms", "archive.2"]
    ring = KeyRing(file)
    assert [ring.find(secret).name for secret in secrets] == ["cms", "archive.2"]
    assert keys("revoke", "cms").exit_code == 0
    assert [line.split()[1] for line in keys("list").output.splitlines()] == ["archive.2"]
    assert ring.find(secrets[0]) is None
    assert ring.find(secrets[1]).name == "archive.2"


@pytest.mark.parametrize("name", ["", "two words", "-x", "a" * 65, "é", "a\n"])
def test_names(keys: Call, file: Path, name: str) -> None:
    result = keys("add", "--", name)
    assert result.exit_code == 1
    assert "letters, digits" in result.output
    assert not file.exists()


def test_a_name_has_one_key(keys: Call) -> None:
    keys("add", "cms")
    result = keys("add", "cms")
    assert result.exit_code == 1
    assert "already" in result.output


@pytest.mark.parametrize("command", [("list",), ("revoke", "cms")])
def test_no_file(keys: Call, command: tuple[str, ...]) -> None:
    result = keys(*command)
    assert result.exit_code == 1
    assert "'onrecord keys add NAME' makes it" in result.output


def test_no_such_key(keys: Call) -> None:
    keys("add", "cms")
    assert keys("revoke", "archive").exit_code == 1


def test_a_folder_that_is_not_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["keys", "--file", str(tmp_path / "no" / "keys.json"), "add", "cms"])
    assert result.exit_code == 1
    assert "cannot be written" in result.output


#: Processes as gunicorn forks them: one sees the first key, another comes when the file is gone.
WORKERS = """
import os, sys
from pathlib import Path
from service.keys import KeyRing, add_key

file = Path(sys.argv[1])
ring = KeyRing(file)

def worker():
    pid = os.fork()
    if not pid:
        os._exit(ring.required)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])

open_at_first = worker()
add_key(file, "cms")
closed = worker()
file.unlink()
print(open_at_first, closed, worker())
"""


def test_a_service_that_has_asked_for_keys_goes_on_when_workers_are_replaced(file: Path) -> None:
    command = [sys.executable, "-c", WORKERS, file]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "0 1 1\n"
