"""What README.md prints is what the program answers."""

import json
import re

from docs.refresh import EXAMPLES, README, SENTENCE, find
from model.scorer import Scorer

TEXT = README.read_text(encoding="utf-8")


def test_the_terminal_report_is_true(scorer: Scorer) -> None:
    # Another processor may round a probability otherwise: figures are left out.
    printed, true = (re.sub(r"[\d.%█░]+", "#", report) for report in (find("report", TEXT), EXAMPLES["report"](scorer)))
    assert printed.split() == true.split()


def test_the_answer_of_the_service_is_true(scorer: Scorer) -> None:
    printed, true = (json.loads(block.strip("`json\n")) for block in (find("answer", TEXT), EXAMPLES["answer"](scorer)))
    for body in (printed, true):
        body["model"].pop("digest")
        body["document"].pop("strength")
        for sentence in body["sentences"]:
            sentence["probabilities"] = {label: round(p, 1) for label, p in sentence["probabilities"].items()}
            sentence["strength"] = round(sentence["strength"], 1)
    assert printed == true


def test_the_request_is_the_one_answered() -> None:
    assert json.dumps({"text": SENTENCE, "explain": True}) in TEXT
