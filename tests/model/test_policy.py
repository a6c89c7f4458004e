from __future__ import annotations

from dataclasses import replace

import pytest

from model.flags import RULES
from model.policy import judge
from model.policy_file import DEFAULT, load_policies

POLICY = load_policies()[DEFAULT]
ARTICLE = "A <s>A source</s> <c>said</c> so.\nA He <c>reportedly</c> left."  # a lead, a bare source, no reason; hearsay


@pytest.mark.parametrize(
    ("severities", "verdict", "findings"),
    [
        ({}, "pass", []),
        ({"single-source": "hold"}, "pass", []),
        ({"hearsay": "note"}, "pass", [("hearsay", "note")]),
        ({"hearsay": "warn"}, "warn", [("hearsay", "warn")]),
        ({"hearsay": "hold"}, "hold", [("hearsay", "hold")]),
        ({"bare-source": "note", "hearsay": "warn"}, "warn", [("hearsay", "warn"), ("bare-source", "note")]),
        ({"bare-source": "warn", "hearsay": "hold"}, "hold", [("hearsay", "hold"), ("bare-source", "warn")]),
        ({"bare-source": "warn", "hearsay": "warn"}, "warn", [("bare-source", "warn"), ("hearsay", "warn")]),
    ],
)
def test_the_verdict_is_as_grave_as_the_gravest_finding(scored, severities, verdict, findings):
    policy = replace(POLICY, severities=dict.fromkeys(RULES, "off") | severities)
    judgement = judge(scored(ARTICLE), policy)
    assert judgement.policy == POLICY.name
    assert judgement.verdict == verdict
    assert [(finding.flag.code, finding.severity) for finding in judgement.findings] == findings


def test_thresholds_are_the_policys(scored):
    sure = replace(POLICY, thresholds=replace(POLICY.thresholds, certainty=0.99))
    assert judge(scored(ARTICLE), POLICY).findings
    assert judge(scored(ARTICLE), sure).findings == ()
