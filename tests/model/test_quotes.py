"""Which words stand in quotation marks."""

import pytest

from model.analysis import analyse
from model.segmentation import segment
from model.words import WordTable


def quoted(text: str) -> list[str]:
    """The quotations found in a text, their tokens joined by spaces."""
    analysis = analyse([text], [segment(text)], WordTable())
    return [" ".join(analysis.tokens.words[span.first : span.last]) for span in analysis.quotations.spans]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Go,” she said. “Now.”", ["“ Go , ”", "“ Now . ”"]),
        ('"Go," she said. "Now."', ['" Go , "', '" Now . "']),
        ("'Go,' she said. 'Now.'", ["' Go , '", "' Now . '"]),
        ("''Go,'' she said.", ["'' Go , ''"]),
        ("The residents' homes and the mayor's car.", []),
        ("‘It’s the residents’ turn,’ he said.", ["‘ It ’s the residents ’ turn , ’"]),
        ("“He told me ‘go’ and I went,” she said.", ["“ He told me ‘ go ’ and I went , ”"]),
        ("It ran two days. “It was long. It rained.” Then home.", ["“ It was long . It rained . ”"]),
        ('“Mixed marks," he said.', ['“ Mixed marks , "']),
        ("No marks at all.", []),
    ],
)
def test_examples(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_a_quotation_left_open_goes_on_in_the_next_paragraph() -> None:
    text = "“First part.\n\n“Second part,” he said.\n\nNo more."
    spans = analyse([text], [segment(text)], WordTable()).quotations.spans
    assert [(span.closed, span.goes_on) for span in spans] == [(False, False), (True, True)]


def test_a_quotation_never_closed_ends_with_its_paragraph() -> None:
    text = "“Never closed.\n\nThe writer goes on."
    assert quoted(text) == ["“ Never closed ."]
