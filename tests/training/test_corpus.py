"""The corpus format, and the faults that are found in it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.corpus_format import CorpusError
from training.corpus import find_faults, load_corpus, parse_article

HEADER = "# id: ferry\n# genre: local\n# style: wire\n"
PATH = Path("ferry.txt")


def article(body: str) -> str:
    return HEADER + body


def test_labels_marks_and_paragraphs_are_read() -> None:
    parsed = parse_article(article("N\t“No,” <c>said</c> <s>Ann Lee</s>.\nU\tIt rained.\n\nB\tShare\n"), PATH)
    first, second, third = parsed.sentences
    assert first.text == "“No,” said Ann Lee."
    assert first.source is not None
    assert first.cue is not None
    assert first.text[slice(*first.source)] == "Ann Lee"
    assert first.text[slice(*first.cue)] == "said"
    assert [s.label for s in parsed.sentences] == ["named", "unsourced", "boilerplate"]
    assert [s.paragraph for s in parsed.sentences] == [0, 0, 1]
    assert (second.line, third.line) == (5, 7)


def test_the_text_is_put_together_as_printed() -> None:
    parsed = parse_article(article("U\tHeadline\nU\tOne.\nU\tTwo.\n\nU\tThree.\nB\tShare\n"), PATH)
    text, spans = parsed.assemble()
    assert text == "Headline\nOne. Two.\n\nThree.\nShare"
    assert [text[a:b] for a, b in spans] == [s.text for s in parsed.sentences]


@pytest.mark.parametrize(
    ("body", "line", "reason"),
    [
        ("X\tText.\n", 4, "a line is a label"),
        ("N Text.\n", 4, "a line is a label"),
        ("N\t\n", 4, "empty"),
        ("N\tTwo  spaces.\n", 4, "two spaces"),
        ("U\tFine.\nN\t<s>Ann</s> <s>Lee</s> said.\n", 5, "two <s> marks"),
        ("N\t<s>Ann said.\n", 4, "not closed"),
        ("N\tAnn</s> said.\n", 4, "closes nothing"),
        ("N\t<s><c>Ann</c></s> said.\n", 4, "opens inside"),
        ("N\t<s></s> said.\n", 4, "is empty"),
        ("U\t<s>Ann</s> left.\n", 4, "have no marks"),
        ("B\tShare\n", 1, "no labelled sentence"),
        ("", 1, "no labelled sentence"),
    ],
)
def test_faults_name_their_line(body: str, line: int, reason: str) -> None:
    with pytest.raises(CorpusError) as error:
        parse_article(article(body), PATH)
    assert any(fault.line == line and reason in fault.message for fault in error.value.faults)


@pytest.mark.parametrize("header", ["# id: ferry\n# genre: local\n", HEADER + "# id: ferry\n", HEADER + "# date: 1\n"])
def test_headers_are_checked(header: str) -> None:
    with pytest.raises(CorpusError, match="header"):
        parse_article(header + "U\tText.\n", PATH)


@given(st.text(max_size=200))
def test_any_text_is_an_article_or_a_list_of_faults(text: str) -> None:
    try:
        parsed = parse_article(text, PATH)
    except CorpusError:
        return
    assembled, spans = parsed.assemble()
    assert [assembled[a:b] for a, b in spans] == [s.text for s in parsed.sentences]


def write(folder: Path, name: str, body: str) -> None:
    (folder / f"{name}.txt").write_text(HEADER.replace("ferry", name) + body)


LONG = "U\tThe ferry to Inis Carrig will not sail before Friday, and nobody knows why.\n"


def test_repeated_sentences_and_near_duplicates_are_found(tmp_path: Path) -> None:
    write(tmp_path, "one", LONG + "U\tIt is white.\n")
    write(tmp_path, "two", LONG + "U\tIt is blue.\n")
    messages = [str(fault) for fault in find_faults(tmp_path)]
    assert any("two.txt:4: repeats one.txt:4" in message for message in messages)
    assert any("a near-duplicate of one.txt" in message for message in messages)


def test_a_file_that_is_not_utf8_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_bytes(b"\xff")
    assert "not UTF-8" in str(find_faults(tmp_path)[0])
    with pytest.raises(CorpusError):
        load_corpus(tmp_path)


def test_an_empty_folder_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no articles"):
        load_corpus(tmp_path)


def test_the_project_s_corpus_has_no_faults() -> None:
    corpus = Path(__file__).parents[2] / "data" / "corpus"
    assert find_faults(corpus) == []
    assert len(load_corpus(corpus)) >= 260
