"""The published standard behind each flag, and English words to tell an editor of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Standard:
    """Why there is a flag.

    Attributes
    ----------
    message : str
        To an editor, in English.
    standard : str
        Who asks for it, and what; docs/flags.md says where.
    """

    message: str
    standard: str


#: By the codes of `model.flags.RULES`.
STANDARDS: Final[dict[str, Standard]] = {
    "anonymous-lead": Standard(
        "The first source that the article cites is not named.",
        "Washington Post (ombudsman): never use an anonymous source as the first quote of a story.",
    ),
    "bare-source": Standard(
        "A source is called just that, without any description.",
        "AP: a bare “a source” is not enough; describe the source.",
    ),
    "anonymity-unexplained": Standard(
        "Unnamed insiders speak, and the article gives no reason for not naming them.",
        "AP, New York Times, SPJ: say why a source is not named.",
    ),
    "anonymous-opinion": Standard(
        "Somebody unnamed accuses or judges.",
        "AP: anonymous sources give facts, never opinions.",
    ),
    "hearsay": Standard(
        "It does not say whose claim this is.",
        "NPR: “reportedly” is not enough.",
    ),
    "single-source": Standard(
        "Everything attributed in the article comes from one source.",
        "Reuters: two or more sources are better than one.",
    ),
    "unsourced-run": Standard(
        "A long stretch of the article has no source.",
        "Reuters: source every statement unless it is established, public or witnessed.",
    ),
    "orphan-quote": Standard(
        "It does not say who speaks this quotation.",
        "Reuters: identify the source of a quotation as soon as possible.",
    ),
}
