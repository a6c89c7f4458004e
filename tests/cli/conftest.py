from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.main import main

ARTICLE = """\
The council voted on Tuesday to close the Marsh Lane bridge.

“We could not vouch for its northern piers,” said Adaeze Nwokolo, the county’s chief engineer. \
Two people briefed on the inspection said the cracks were found in March.

The county said in a statement that repairs would cost £4m. Traffic will be sent by way of Elm Road.
"""


@pytest.fixture
def text() -> str:
    return ARTICLE


@pytest.fixture
def article(text: str, tmp_path: Path) -> Path:
    """A file that holds the text."""
    path = tmp_path / "bridge.txt"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def onrecord(model_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Call the console command, on a terminal of 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("ONRECORD_MODEL", str(model_folder))

    def call(*arguments: str | Path, stdin: bytes | None = None) -> Result:
        return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin, prog_name="onrecord")

    return call
