from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from model.document import Mention, ScoredDocument, ScoredSentence, Span
from model.labels import LABELS
from model.summary import summarise

_LETTERS = dict(zip("NOAUB", (*LABELS, None), strict=True))
_MARK = re.compile(r"</?[sc]>")
_QUOTATION = re.compile(r"“[^”]*(?:”|$)|^[^“]*”")
_HEAD = re.compile(r"(?P<head>[\w’-]+)(?:$|,? (?:of|in|at|with|within|close|familiar|briefed|who)\b)")


def _sentence(line: str, start: int) -> tuple[str, ScoredSentence, Mention]:
    letter, certainty, marked = re.fullmatch(r"([NOAUB])([\d.]*) (.*)", line).groups()
    text = _MARK.sub("", marked)
    spans = {}
    for mark in "sc":
        if match := re.search(rf"<{mark}>(.*)</{mark}>", marked):
            at = start + len(_MARK.sub("", marked[: match.start()]))
            spans[mark] = Span(at, at + len(_MARK.sub("", match[1])))
    phrase = text[spans["s"].start - start : spans["s"].end - start] if "s" in spans else ""
    head = _HEAD.search(phrase)
    mention = Mention(
        spans.get("s"),
        spans.get("c"),
        head["head"].lower() if head else None,
        phrase.lower() in ("he", "she", "they", "it"),
        phrase.lower().startswith("the ") and phrase.islower(),
        2 * sum(len(quotation) for quotation in _QUOTATION.findall(text)) > len(text),
    )
    label = _LETTERS[letter]
    if label is None:
        return text, ScoredSentence(start, start + len(text), True, None, None, None), mention
    sure = float(certainty or 0.94)
    probabilities = tuple(sure if each == label else (1 - sure) / 3 for each in LABELS)
    return text, ScoredSentence(start, start + len(text), False, label, 0.5, probabilities), mention


@pytest.fixture(scope="session")
def scored() -> Callable[[str], ScoredDocument]:
    """Build what the model would say, from lines like those of the corpus: "A0.8 <s>Two aides</s> <c>said</c> so."

    The number is the probability of the label, 0.94 where it is left out. Sentences are a paragraph each.
    """

    def build(article: str) -> ScoredDocument:
        texts, sentences, mentions = [], [], []
        start = 0
        for line in article.strip().split("\n"):
            text, sentence, mention = _sentence(line.strip(), start)
            texts.append(text)
            sentences.append(sentence)
            mentions.append(mention)
            start += len(text) + 2
        text = "\n\n".join(texts)
        words = [len(each.split()) for each in texts]
        return ScoredDocument(text, tuple(sentences), summarise(text, sentences, words, mentions), tuple(mentions))

    return build
