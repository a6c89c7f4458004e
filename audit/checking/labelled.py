"""Taking back a sample's labels: articles in the corpus format, or the table in CSV, each against the key."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from audit.checking.key import Key, KeyArticle, sentence_digest
from audit.checking.sheets import HEADER, OPEN
from audit.csv_files import bare_text
from model.corpus_format import LETTERS, CorpusError, Fault, parse

#: Faults told at once; a wrong file has thousands.
_MOST: Final = 20
_TABLES: Final = (".csv", ".tsv")


class LabelledError(Exception):
    """Labels that do not fit the sample; the message names file and line of each fault."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        more = [f"and {len(faults) - _MOST} more"] if len(faults) > _MOST else []
        super().__init__("\n".join([*map(str, faults[:_MOST]), *more]))


@dataclass(frozen=True, slots=True)
class Answer:
    """A label given by hand to the sentence on a line of a file; ``sentence`` is its number in the article, from 0."""

    path: Path
    line: int
    article: str
    sentence: int
    label: str
    text: str | None


def read_labels(key: Key, paths: Sequence[Path]) -> dict[str, list[str]]:
    """Read the labels given by hand.

    Parameters
    ----------
    key : Key
    paths : sequence of Path
        Files of either form, or folders of them.

    Returns
    -------
    dict of str to list of str
        For each labelled article, by id in the order of the key, a label a sentence: one of the four, or
        ``boilerplate``.

    Raises
    ------
    LabelledError
        If a label is open or none, a sentence is not the sample's, or one is missing or labelled twice.
    """
    faults: list[Fault] = []
    known = {article.id: article for article in key.articles}
    labels: dict[str, dict[int, Answer]] = {}
    for path in _files(paths):
        try:
            answers = list(_read_csv(path, faults) if path.suffix.lower() in _TABLES else _read_article(path))
        except CorpusError as error:
            faults += error.faults
            continue
        except (OSError, UnicodeDecodeError, csv.Error):
            faults.append(Fault(path, 1, "cannot be read: it is not a text in UTF-8"))
            continue
        for answer in answers:
            fault = _fault(answer, known.get(answer.article), labels)
            if fault is None:
                labels.setdefault(answer.article, {})[answer.sentence] = answer
            else:
                faults.append(Fault(answer.path, answer.line, fault))
    faults += _missing(known, labels) if not faults else []
    if faults:
        raise LabelledError(faults)
    return {
        article.id: [labels[article.id][number].label for number in range(len(article.sentences))]
        for article in key.articles
        if article.id in labels
    }


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(child for child in path.iterdir() if child.suffix.lower() in {".txt", *_TABLES})
        else:
            yield path


def _read_article(path: Path) -> Iterator[Answer]:
    content = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    still_open = [number for number, line in enumerate(content.split("\n"), 1) if line.startswith(f"{OPEN}\t")]
    if still_open:
        raise CorpusError([Fault(path, still_open[0], _open(len(still_open)))])
    article = parse(content, path)
    for number, sentence in enumerate(article.sentences):
        yield Answer(path, sentence.line, article.id, number, sentence.label, sentence.text)


def _read_csv(path: Path, faults: list[Fault]) -> Iterator[Answer]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        first = file.readline()
        file.seek(0)
        # A spreadsheet in most of Europe writes semicolons.
        reader = csv.DictReader(file, delimiter=max(",;\t", key=first.count))
        missing = [name for name in HEADER[:3] if name not in (reader.fieldnames or ())]
        if missing:
            faults.append(Fault(path, 1, f"has no column {', '.join(missing)}"))
            return
        still_open: list[int] = []
        for row in reader:
            label = (row["label"] or "").strip()
            if label in {"", OPEN}:
                still_open.append(reader.line_num)
                continue
            try:
                yield _answer(row, path, reader.line_num, LETTERS.get(label.upper(), label.lower()))
            except ValueError as error:
                faults.append(Fault(path, reader.line_num, str(error)))
        if still_open:
            faults.append(Fault(path, still_open[0], _open(len(still_open))))


def _answer(row: dict[str, str | None], path: Path, line: int, label: str) -> Answer:
    number, text = (row["sentence"] or "").strip(), row.get("text")
    if label not in LETTERS.values():
        raise ValueError(f"a label is one of {', '.join(f'{letter} ({name})' for letter, name in LETTERS.items())}")
    if not number.isdecimal():
        raise ValueError("the number of the sentence is no number")
    bare = None if text is None else bare_text(text)
    return Answer(path, line, (row["article"] or "").strip(), int(number) - 1, label, bare)


def _open(labels: int) -> str:
    return f"{labels} labels are still open, this is the first; leave out articles that you have not labelled"


def _fault(answer: Answer, article: KeyArticle | None, labels: dict[str, dict[int, Answer]]) -> str | None:
    if article is None:
        return "the article is not in the sample"
    if not 0 <= answer.sentence < len(article.sentences):
        return f"the article has no such sentence: there are {len(article.sentences)} in the sample"
    if answer.text is not None and sentence_digest(answer.text) != article.sentences[answer.sentence].digest:
        return "it is not the sentence that stands here in the sample"
    earlier = labels.get(answer.article, {}).get(answer.sentence)
    return f"the sentence has a label already, at {earlier.path}:{earlier.line}" if earlier else None


def _missing(known: dict[str, KeyArticle], labels: dict[str, dict[int, Answer]]) -> Iterator[Fault]:
    for name, answers in labels.items():
        missing = [number for number in range(len(known[name].sentences)) if number not in answers]
        if missing:
            last = max(answers.values(), key=lambda answer: answer.line)
            yield Fault(last.path, last.line, f"sentence {missing[0] + 1} of {name} is missing, {len(missing)} in all")
