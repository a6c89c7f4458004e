"""The examples in docs/importing.md are the files that the importers are tested with."""

import re

from docs.refresh import ROOT

PAGE = (ROOT / "docs" / "importing.md").read_text(encoding="utf-8")


def test_the_page_shows_every_file() -> None:
    shown = re.findall(r"^```\w+\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    files = {path.read_text(encoding="utf-8") for path in (ROOT / "docs" / "examples" / "importing").iterdir()}
    assert set(shown) == files
