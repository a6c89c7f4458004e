"""What docs/flags.md says of flags and policies holds."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from pathlib import Path

import pytest

from model.article import Thresholds
from model.flags import Flag
from model.policy import VERDICTS, Finding, Judgement
from model.policy_file import DEFAULT, PolicyError, load_policies
from model.wire import judgement_to_wire

PAGE = (Path(__file__).parents[2] / "docs" / "flags.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `([\w-]+)` \| (\w+) \| .+ \| .*\[\d\].* \|$", PAGE, re.MULTILINE)
EXAMPLE = re.search(r"```toml\n(.*?)```", PAGE, re.DOTALL)[1]


def test_the_table_lists_every_flag_as_the_default_policy_has_it():
    assert dict(ROWS) == load_policies()[DEFAULT].severities
    assert len(ROWS) == len(dict(ROWS))


def test_the_guide_shows_a_flag_as_it_is_answered():
    guide = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
    shown = json.loads(re.search(r"\{\s+\"code\".*?\}", guide, re.DOTALL)[0])
    flag = Flag(shown["code"], tuple(shown["sentences"]))
    judgement = Judgement(DEFAULT, (Finding(flag, load_policies()[DEFAULT].severities[flag.code]),), "warn")
    assert judgement_to_wire(judgement)["flags"] == [shown]


def test_every_standard_has_its_reference():
    assert set(re.findall(r"\[(\d)\](?!:)", PAGE)) == set(re.findall(r"^\[(\d)\]:", PAGE, re.MULTILINE))


@pytest.mark.parametrize("name", [field.name.replace("_", "-") for field in fields(Thresholds)])
def test_every_threshold_is_explained(name):
    assert f"\n| `{name}` | " in PAGE


@pytest.mark.parametrize("verdict", VERDICTS)
def test_every_verdict_is_explained(verdict):
    assert f"`{verdict}`" in PAGE


def test_numbers_in_words_are_the_thresholds():
    thresholds = load_policies()[DEFAULT].thresholds
    assert (thresholds.single_source, thresholds.unsourced_run, thresholds.quotation) == (4, 10, 8)
    for words in ("four or more", "Ten or more", "eight words or more"):
        assert words in PAGE


def test_the_example_is_a_file_of_policies(tmp_path):
    path = tmp_path / "house.toml"
    path.write_text(EXAMPLE, encoding="utf-8")
    policies = load_policies(path)
    assert policies[DEFAULT].thresholds.unsourced_run == 15
    assert policies["front-page"].thresholds.unsourced_run == 15
    assert policies["front-page"].severities["anonymous-lead"] == "hold"
    assert policies["front-page"].severities["hearsay"] == policies[DEFAULT].severities["hearsay"]


def test_the_message_is_what_a_fault_gets(tmp_path):
    path = tmp_path / "house.toml"
    path.write_text(EXAMPLE + 'hearsay = "halt"\n', encoding="utf-8")
    with pytest.raises(PolicyError) as error:
        load_policies(path)
    assert f"    Error: {str(error.value).removeprefix(f'{tmp_path}/')}\n" in PAGE
