"""The worked example of docs/auditing.md works."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from docs.refresh import ROOT
from model.labels import LABELS

PAGE = (ROOT / "docs" / "auditing.md").read_text(encoding="utf-8")
STEPS = re.findall(r"^    \.venv/bin/(.+)$|^<!-- (label) -->$", PAGE, re.MULTILINE)
LETTERS = dict(zip((*LABELS, "boilerplate"), "NOAUB", strict=True))


def label(sample: Path) -> None:
    """Label as the model does."""
    for article in json.loads((sample / "key.json").read_text(encoding="utf-8"))["articles"]:
        path = sample / "articles" / f"{article['id']}.txt"
        letters = [LETTERS[sentence["label"]] for sentence in article["sentences"]]
        first, *sentences = re.split(r"^\?", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        labelled = first + "".join(letter + rest for letter, rest in zip(letters, sentences, strict=True))
        path.write_text(labelled, encoding="utf-8")


def test_every_command_of_the_example_runs(
    onrecord: Callable[..., Result], model_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    environ = os.environ | {"ONRECORD_MODEL": str(model_folder), "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    for command, _ in STEPS:
        name, *arguments = shlex.split(command) if command else ("label",)
        if name == "label":
            label(tmp_path / "example" / "sample")
        elif name == "onrecord" and "run" not in arguments:
            result = onrecord(*arguments)
            assert result.exit_code == 0, f"{command}\n{result.output}"
        else:  # what starts processes is a process itself
            subprocess.run([Path(sys.executable).with_name(name), *arguments], env=environ, check=True, timeout=300)
    made = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert set(re.findall(r"`(example/[\w/.]+\.\w+)`", PAGE)) <= made
