from __future__ import annotations

import time

import pytest

from model.cues import is_hearsay, judges
from model.unnamed import explains_anonymity, is_bare

EXPLAINED = [
    "Two people involved in the sale said so; both spoke on condition of anonymity because they had signed papers.",
    "One neighbour, who asked not to be named for fear of the police, said so.",
    "“Nobody knows,” one EU diplomat said, granted anonymity to speak candidly.",
    "The official, who was not authorized to speak publicly, said arrests would come.",
    "A mother who cannot be named for legal reasons told the court.",
    "He asked that his name be withheld because he expects to drive the road again.",
    "She gave her name only as Maa Ama, which is not her real name.",
    "Exporters spoke on condition of anonymity, citing their dealings with the regulator.",
    "A government official, speaking on background because the file is before cabinet, said so.",
    "She would not give her name because her supervisor stood beside her.",
]
UNEXPLAINED = [
    "Three pilots, who spoke on condition of anonymity, said so.",
    "A contractor who asked not to be identified told the ABC.",
    "He refused to give his name but offered to spell the name of the march.",
    "Yearly publication of anonymised data is required because the law says so.",
    "The association has named three dates since 2022.",
    "She identified the man only as “the one with the whistle”.",
    "He said the town has changed hands four times since the war began.",
    "",
]


@pytest.mark.parametrize(("sentence", "explains"), [(s, True) for s in EXPLAINED] + [(s, False) for s in UNEXPLAINED])
def test_reasons_for_anonymity(sentence, explains):
    assert explains_anonymity(sentence) == explains


@pytest.mark.parametrize(
    "rule",
    [
        explains_anonymity,
        lambda text: is_bare(text, "sources", text),
        lambda text: judges("called", text),
        lambda text: is_hearsay(text, "said", text),
    ],
    ids=["reason", "bare", "judgement", "hearsay"],
)
@pytest.mark.parametrize(
    "piece", ["a", " ", "is ", "that ", "name ", "anonymity ", "a source who ", "“", "he is said "]
)
def test_a_hostile_sentence_takes_no_time(rule, piece):
    text = piece * (300_000 // len(piece))
    start = time.process_time()
    rule(text)
    assert time.process_time() - start < 2
