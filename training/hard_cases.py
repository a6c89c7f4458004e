"""Sentences of the kinds that the model is known to get wrong; every model card tells what its model says of them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final

from model.labels import ANONYMOUS, NAMED, OFFICIAL
from model.scorer import Scorer
from training.evaluate import evaluate
from training.gold import GoldArticle, GoldSentence


@dataclass(frozen=True, slots=True)
class HardCase:
    """A sentence, what stands before it, its true label, and what makes it hard."""

    kind: str
    before: str
    sentence: str
    label: str

    def article(self) -> GoldArticle:
        """The case as an article with one labelled sentence."""
        text = f"{self.before} {self.sentence}".lstrip()
        return GoldArticle(self.kind, text, (GoldSentence(len(text) - len(self.sentence), len(text), self.label),))


HARD_CASES: Final = (
    HardCase(
        "a company called like a person",
        "Harper Lowe will close three of its shops by June.",
        "Harper Lowe said the rents had become impossible.",
        OFFICIAL,
    ),
    HardCase(
        "a surname that is a common word", "Coaches were told on Sunday.", "Summer said the season was over.", NAMED
    ),
    HardCase(
        "a name that was changed",
        "Maria, whose name has been changed, waited nine hours.",
        "“I counted the ceiling tiles,” said Maria.",
        ANONYMOUS,
    ),
    HardCase("hearsay in rare words", "", "Word in the port is that the dredger has been sold.", ANONYMOUS),
    HardCase(
        "speech reported without a word for it",
        "Ada Okafor met the residents for an hour.",
        "There was no question of resigning, not now and not ever.",
        NAMED,
    ),
    HardCase("a rare word for a judgement", "", "Brandt pooh-poohed the idea that the lock would ever leak.", NAMED),
    HardCase("a place that stands for people", "", "The Square Mile fears another winter of strikes.", ANONYMOUS),
    HardCase("an office that is a body", "", "The judge said the ledgers had been lost on purpose.", OFFICIAL),
    HardCase(
        "a pronoun for a company and people together",
        "The company and two residents met on Monday.",
        "They said the noise had to stop.",
        OFFICIAL,
    ),
    HardCase("a headline with a colon for a verb", "", "Ferry unsafe: union", OFFICIAL),
    HardCase("a headline that quotes nobody in particular", "", "Mayor ‘knew about cracks’", ANONYMOUS),
)


def try_hard_cases(scorer: Scorer) -> list[dict[str, Any]]:
    """The cases with the label that a model gives, and its probability."""
    answers = evaluate(scorer, [case.article() for case in HARD_CASES]).answers
    return [
        {**asdict(case), "given": answer.label, "probability": round(float(max(answer.probabilities)), 4)}
        for case, answer in zip(HARD_CASES, answers, strict=True)
    ]
