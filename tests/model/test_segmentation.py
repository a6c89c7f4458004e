"""Sentences and their offsets."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.segmentation import segment


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in segment(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One thing. Another thing.", ["One thing.", "Another thing."]),
        ("A headline\nA sentence.", ["A headline", "A sentence."]),
        ("“I saw it,” she said. “It was red.”", ["“I saw it,” she said.", "“It was red.”"]),
        ("“It was red. It was big.” He left.", ["“It was red.", "It was big.”", "He left."]),
        ('"We lost. We lost badly." Then silence.', ['"We lost.', 'We lost badly."', "Then silence."]),
        ("'We lost. We lost badly.' Then silence.", ["'We lost.", "We lost badly.'", "Then silence."]),
        ("“Is it safe?” Ms. Ruiz asked. Nobody knew.", ["“Is it safe?” Ms. Ruiz asked.", "Nobody knew."]),
        ("“Stop!” she said. He did.", ["“Stop!” she said.", "He did."]),
        ("Gov. Ana Ruiz met Sen. Bo Lund.", ["Gov. Ana Ruiz met Sen. Bo Lund."]),
        ("It opens at 10 a.m. Friday in St. Ives.", ["It opens at 10 a.m. Friday in St. Ives."]),
        ("The answer was no. The vote was lost.", ["The answer was no.", "The vote was lost."]),
        ("He is No. 7 in the list.", ["He is No. 7 in the list."]),
        ("It cost $3.5 million, or 2.1 per cent.", ["It cost $3.5 million, or 2.1 per cent."]),
        ("", []),
        (" \n\t\n ", []),
        ("...", ["..."]),
    ],
)
def test_examples(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_windows_line_breaks_end_sentences() -> None:
    assert sentences("A headline\r\nA sentence.\r\n") == ["A headline", "A sentence."]


pieces = [*"aB. ,!?“”\"'’‘()\n\r\t—…é😀\u2028\xa0\x1c", "said ", "Mr. ", "no. ", "“Yes,” "]
news = st.lists(st.sampled_from(pieces), max_size=80).map("".join)


@given(st.one_of(st.text(max_size=200), news))
def test_sentences_cover_the_text_and_never_overlap(text: str) -> None:
    spans = segment(text)
    previous = 0
    for start, end in spans:
        assert previous <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        assert not text[previous:start].strip()
        assert "\n" not in text[start:end]
        previous = end
    assert not text[previous:].strip()


def test_a_long_line_is_cut_like_short_ones() -> None:
    texts = [
        "The mayor said so.",
        "“It was U.S. policy,” he said.",
        "Was it No. 5?",
        "She left at 5 p.m. on Monday.",
    ] * 200
    assert sentences(" ".join(texts)) == texts


def test_a_long_sentence_stays_in_one_piece() -> None:
    text = f"He counted {'one more sheep, and ' * 500}slept."
    assert sentences(f"It was late. {text} It was dark.") == ["It was late.", text, "It was dark."]


@pytest.mark.parametrize(
    "unit",
    ["A. ", "Mr. ", "The mayor said so. ", "“No.” ", '"No?" ', '"" ', ". ", "... ", "?! ", ".)", "no. ", "a", "中。"],
)
def test_it_takes_time_in_proportion(unit: str) -> None:
    text = (unit * 200_000)[:200_000]
    started = time.process_time()
    segment(text)
    assert time.process_time() - started < 5
