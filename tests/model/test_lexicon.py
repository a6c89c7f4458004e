"""The lexicons can be read by people and by the program."""

from pathlib import Path

import pytest

from model.lexicon import BIT, lexicon, word_mask

FILES = sorted((Path(__file__).parents[2] / "model" / "lexicons").glob("*.txt"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_says_what_it_is(path: Path) -> None:
    assert path.read_text().startswith("# ")


@pytest.mark.parametrize(
    ("word", "classes"),
    [
        ("said", ["say", "past"]),
        ("Slammed", ["accuse", "past"]),
        ("denies", ["accuse", "third"]),
        ("written", ["write", "participle"]),
        ("officials", ["roles_plural"]),
        ("ministries", ["institutions_plural"]),
        ("US", ["places"]),
        ("us", ["pronoun_first"]),
        ("reuters", []),
    ],
)
def test_words_have_their_classes(word: str, classes: list[str]) -> None:
    mask = word_mask(word, lexicon())
    assert all(mask & BIT[name] for name in classes)
    assert not (word == "US" and mask & BIT["pronoun_first"])
