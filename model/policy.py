"""Policies: which flags a newsroom minds, how much, and from which thresholds on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from model.article import Thresholds
from model.document import ScoredDocument
from model.flags import Flag, find_flags

#: How much a flag matters, from least to most: not looked for, reported, and the verdicts.
OFF: Final = "off"
NOTE: Final = "note"
WARN: Final = "warn"
HOLD: Final = "hold"
SEVERITIES: Final = (OFF, NOTE, WARN, HOLD)

PASS: Final = "pass"  # noqa: S105 # no password
VERDICTS: Final = (PASS, WARN, HOLD)


@dataclass(frozen=True, slots=True)
class Policy:
    """A newsroom's demands on an article.

    Attributes
    ----------
    name, description : str
    thresholds : Thresholds
    severities : dict of str to str
        For each code of `model.flags.RULES` one of `SEVERITIES`.
    """

    name: str
    description: str
    thresholds: Thresholds
    severities: dict[str, str]


@dataclass(frozen=True, slots=True)
class Finding:
    """A flag, and how much it matters under a policy."""

    flag: Flag
    severity: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a policy says of an article.

    Attributes
    ----------
    policy : str
        Its name.
    findings : tuple of Finding
        The gravest first.
    verdict : str
        One of `VERDICTS`.
    """

    policy: str
    findings: tuple[Finding, ...]
    verdict: str


def judge(document: ScoredDocument, policy: Policy) -> Judgement:
    """Judge an article by a policy."""
    wanted = {code for code, severity in policy.severities.items() if severity != OFF}
    flags = find_flags(document, policy.thresholds, wanted)
    findings = [Finding(flag, policy.severities[flag.code]) for flag in flags]
    findings.sort(key=lambda finding: -SEVERITIES.index(finding.severity))
    gravest = findings[0].severity if findings else NOTE
    return Judgement(policy.name, tuple(findings), PASS if gravest == NOTE else gravest)
