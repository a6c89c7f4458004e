from __future__ import annotations

from pathlib import Path

import pytest

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
