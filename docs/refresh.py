"""Write the examples in README.md anew, from what the program really answers.

Run it with ``make docs`` after the model has changed. Each example stands between two comments,
``<!-- name -->`` and ``<!-- /name -->``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import click

from cli.report import render
from cli.score import DEFAULT_MODEL
from model.artefact import load_model
from model.policy import judge
from model.policy_file import DEFAULT, load_policies
from model.scorer import Scorer
from model.wire import judgement_to_wire, to_wire

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
ARTICLE = ROOT / "docs" / "examples" / "footbridge.txt"
SENTENCE = "The bridge is safe, a city engineer said on Monday."
WIDTH = 96
POLICY = load_policies()[DEFAULT]


def report(scorer: Scorer) -> str:
    """The terminal's report of the example article."""
    document = scorer.score(ARTICLE.read_text(encoding="utf-8"), explain=True)
    lines = render(ARTICLE.name, document, judge(document, POLICY), width=WIDTH, colour=False).splitlines()
    return "\n".join(["```text", *(line.rstrip() for line in lines), "```"])


def answer(scorer: Scorer) -> str:
    """What the service answers to the example request."""
    document = scorer.score(SENTENCE, explain=True)
    body = {
        "id": None,
        "model": scorer.manifest.identity(),
        **to_wire(document, explain=True),
        **judgement_to_wire(judge(document, POLICY)),
    }
    return "```json\n" + json.dumps(body, indent=2, ensure_ascii=False) + "\n```"


EXAMPLES: dict[str, Callable[[Scorer], str]] = {"report": report, "answer": answer}


def find(name: str, text: str) -> str:
    """The example that stands in a page under a name."""
    match = re.search(rf"<!-- {name} -->\n(.*)\n<!-- /{name} -->", text, re.DOTALL)
    assert match is not None, name
    return match[1]


@click.command()
def main() -> None:
    """Write the examples in README.md anew."""
    scorer = load_model(DEFAULT_MODEL)
    text = README.read_text(encoding="utf-8")
    for name, example in EXAMPLES.items():
        start = text.index(marker := f"<!-- {name} -->\n") + len(marker)
        text = text[:start] + example(scorer) + text[start + len(find(name, text)) :]
    README.write_text(text, encoding="utf-8")
    click.echo(f"wrote {README.name}")


if __name__ == "__main__":
    main()
