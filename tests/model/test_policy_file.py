from __future__ import annotations

import re

import pytest

from model.flags import RULES
from model.policy_file import DEFAULT, PolicyError, load_policies


@pytest.fixture
def load(tmp_path):
    def load(text):
        path = tmp_path / "house.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return load_policies(path)

    return load


def test_the_shipped_policy_says_all():
    policies = load_policies()
    assert list(policies) == [DEFAULT]
    policy = policies[DEFAULT]
    assert policy.description
    assert list(policy.severities) == list(RULES)
    assert 0.5 < policy.thresholds.certainty < 1


def test_what_a_policy_leaves_out_is_as_in_the_default(load):
    policies = load('[strict]\nflags.hearsay = "hold"\n[strict.thresholds]\ncertainty = 1\n[plain]\n')
    assert list(policies) == [DEFAULT, "strict", "plain"]
    default, strict, plain = policies.values()
    assert strict.severities == default.severities | {"hearsay": "hold"}
    assert strict.thresholds.certainty == 1
    assert strict.thresholds.unsourced_run == default.thresholds.unsourced_run
    assert (plain.thresholds, plain.severities, plain.description) == (default.thresholds, default.severities, "")


def test_a_file_may_change_the_default_for_its_other_policies_too(load):
    policies = load('[sport.flags]\nhearsay = "off"\n[default.flags]\nhearsay = "hold"\nbare-source = "hold"')
    assert list(policies) == [DEFAULT, "sport"]
    assert policies[DEFAULT].severities["hearsay"] == "hold"
    assert policies["sport"].severities["hearsay"] == "off"
    assert policies["sport"].severities["bare-source"] == "hold"


@pytest.mark.parametrize(
    "text", ["", "# nothing yet\n", b"\xef\xbb\xbf[strict]\r\n"], ids=["empty", "comment", "Windows"]
)
def test_files_with_little_in_them(load, text):
    assert DEFAULT in load(text)


FAULTS = [
    ('[a.flags]\nhearsay = "warn"\nbare-sorce = "warn"', 3, "unknown key 'bare-sorce'"),
    ('[a.flags]\n\n# grave\nhearsay = "halt"', 4, "hearsay must be one of off, note, warn, hold"),
    ("[a.flags]\nhearsay = true", 2, "hearsay must be one of"),
    ("[a.flags]\nhearsay = ['warn']", 2, "hearsay must be one of"),
    ("[a.thresholds]\ncertainty = 70", 2, "certainty must be a number from 0 to 1"),
    ("[a.thresholds]\ncertainty = true", 2, "certainty must be"),
    ("[a.thresholds]\ncertainty = nan", 2, "certainty must be"),
    ("[a.thresholds]\nsingle-source = 0", 2, "single-source must be a whole number above 0"),
    ("[a.thresholds]\nunsourced-run = 2.5", 2, "unsourced-run must be"),
    ("[a.thresholds]\nquotation = true", 2, "quotation must be"),
    ("[a.thresholds]\nunsourced_run = 5", 2, "unknown key 'unsourced_run'"),
    ("[a]\n[a.treshold]\n", 2, "unknown key 'treshold'"),
    ("[b]\n[a]\nflags = 3", 3, "flags must be a table"),
    ("[a]\nthresholds = []", 2, "thresholds must be a table"),
    ("[a]\ndescription = 5", 2, "description must be a string"),
    ("a = 5", 1, "a must be a table"),
    ("\n[A]\n", 2, "the name of a policy is"),
    ("\n['a b']\n", 2, "the name of a policy is"),
    ('[a]\ndescription = """\n[a.flags]\nhearsay = 1\n"""\nflags.hearsay = 1', 6, "hearsay must be"),
    ('[a]\nflags = {bare-source = "off", hearsay = 1}', 2, "hearsay must be"),
    ('[a.flags]\nhearsay = [\n  1,\n  2,\n]', 2, "hearsay must be"),
    ('a."flags".hearsay = 1', 1, "hearsay must be"),
    ('[a]\n[default]\nflags.hearsay = "x"', 3, "hearsay must be"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "message"), FAULTS)
def test_a_fault_is_named_with_its_line(load, text, line, message):
    with pytest.raises(PolicyError, match=rf"house\.toml, line {line}: {re.escape(message)}"):
        load(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[a]\n[a]\n", r"not TOML: .*line 2"),
        ("[a]\nx = \n", r"not TOML: .*line 2"),
        (b"[a]\ndescription = '\xe9'", r"not UTF-8 \(byte 19\)"),
    ],
)
def test_what_is_no_toml_is_named_with_its_place(load, text, message):
    with pytest.raises(PolicyError, match=message):
        load(text)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(PolicyError, match=r"none\.toml: No such file"):
        load_policies(tmp_path / "none.toml")
