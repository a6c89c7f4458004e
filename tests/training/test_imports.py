"""Readers of annotation tools' files: round trips, and faults that name their place."""

import json
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.corpus_format import CorpusArticle
from training.corpus import parse_article
from training.export import export_lines
from training.imports import READERS, ImportFileError, to_article

PATH = Path("ferry.txt")
HEADER = "# id: ferry\n# genre: local\n# style: wire\n"

sentences = st.sampled_from(
    [
        "N\t“We 🚢 sank,” <c>said</c> <s>Ann Lee</s>.",
        "N\t<s>Mr Lee</s> <c>denied</c> it on Friday.",
        "O\t<s>The harbour board</s> <c>announced</c> a plan.",
        "O\tThe plan is sound, <c>according to</c> <s>the survey of 2019</s>.",
        "A\t<s>Two people</s> <c>said</c> no.",
        "A\tThe ferry <c>reportedly</c> leaks.",
        "A\tThe claims include theft.",
        "U\tIt rained in “Inis Carrig” 🌧 all day.",
        "U\tThe boat is old.",
        "B\tShare this article.",
    ]
)
articles = (
    st.lists(st.lists(sentences, min_size=1, max_size=4), min_size=1, max_size=4)
    .filter(lambda paragraphs: any(line[0] != "B" for lines in paragraphs for line in lines))
    .map(lambda paragraphs: HEADER + "\n\n".join("\n".join(lines) for lines in paragraphs) + "\n")
)


def spans(record: dict[str, Any]) -> list[tuple[int, int, str]]:
    found = []
    for sentence in record["sentences"]:
        found.append((sentence["start"], sentence["end"], sentence["label"]))
        found += [(sentence[n]["start"], sentence[n]["end"], n) for n in ("source", "cue") if sentence[n] is not None]
    return found


def in_utf16(text: str, offset: int) -> int:
    return len(text[:offset].encode("utf-16-le")) // 2


def label_studio(record: dict[str, Any]) -> str:
    """As its editor, which counts in UTF-16 units, exports it."""
    text = record["text"]
    result = [
        {
            "type": "labels",
            "value": {"start": in_utf16(text, a), "end": in_utf16(text, b), "text": text[a:b], "labels": [name]},
        }
        for a, b, name in spans(record)
    ]
    return json.dumps([{"id": "ferry", "data": {"text": text}, "annotations": [{"result": result}]}])


def doccano(record: dict[str, Any]) -> str:
    return json.dumps({"id": "ferry", "text": record["text"], "label": spans(record)})


def doccano_with_relations(record: dict[str, Any]) -> str:
    entities = [{"id": i, "start_offset": a, "end_offset": b, "label": n} for i, (a, b, n) in enumerate(spans(record))]
    return json.dumps({"id": "ferry", "text": record["text"], "entities": entities, "relations": []})


def prodigy(record: dict[str, Any]) -> str:
    marks = [{"start": a, "end": b, "label": name.upper()} for a, b, name in spans(record)]
    return json.dumps({"text": record["text"], "spans": marks, "meta": {"id": "ferry"}, "answer": "accept"})


def labels_and_marks(article: CorpusArticle) -> list[tuple[object, ...]]:
    return [(s.text, s.label, s.source, s.cue) for s in article.sentences]


@pytest.mark.parametrize(
    ("tool", "write"),
    [
        ("label-studio", label_studio),
        ("doccano", doccano),
        ("doccano", doccano_with_relations),
        ("prodigy", prodigy),
    ],
)
@given(article=articles)
def test_what_is_exported_and_imported_is_the_same_article(
    tool: str, write: Callable[[dict[str, Any]], str], article: str
) -> None:
    original = parse_article(article, PATH)
    (line,) = export_lines([original])
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_text(write(json.loads(line)), encoding="utf-8")
        (labelled,) = READERS[tool](path)
    imported = parse_article(to_article(labelled, "local", "wire"), PATH)
    assert labels_and_marks(imported) == labels_and_marks(original)
    assert next(export_lines([imported])).count('"label"') == line.count('"label"')


BRAT = "The board denied it. Ann said so."
LINKED = """\
T1\tSource 0 9\tThe board
T2\tCue 10 16\tdenied
T3\tContent 17 19;21 24\tit Ann
R1\tAttributed Arg1:T1 Arg2:T3
R2\tBy Arg1:T1 Arg2:T2
A1\tLabel T1 official
"""


@pytest.mark.parametrize(
    ("annotations", "expected"),
    [
        ("T1\tSource 0 9\tThe board\nA1\tLabel T1 Official\n", "O\t<s>The board</s> denied it.\nU\tAnn said so.\n"),
        (
            LINKED,
            "O\t<s>The board</s> <c>denied</c> it.\nO\tAnn said so.\n",
        ),
        ("T1\tDiscuss 0 20\tThe board denied it.\n#1\tNote T1\tfine\n", "U\tThe board denied it.\nU\tAnn said so.\n"),
    ],
)
def test_brat_labels_an_entity_or_all_that_is_linked_to_it(tmp_path: Path, annotations: str, expected: str) -> None:
    (tmp_path / "ferry.txt").write_text(BRAT)
    (tmp_path / "ferry.ann").write_text(annotations)
    (labelled,) = READERS["brat"](tmp_path / "ferry.ann")
    assert to_article(labelled, "local", "wire") == HEADER + expected


def test_of_several_marks_of_a_kind_the_first_stays(tmp_path: Path) -> None:
    path = tmp_path / "file.jsonl"
    text = "Ann and Bob said no."
    marks = [[0, 20, "named"], [8, 11, "source"], [0, 4, "source"], [0, 11, "cue"], [11, 17, "cue"]]
    path.write_text(json.dumps({"id": "ferry", "text": text, "label": marks}))
    (labelled,) = READERS["doccano"](path)
    assert to_article(labelled, "local", "wire") == HEADER + "N\t<s>Ann</s> and Bob <c>said</c> no.\n"


TASK = '[{{"id": 1, "data": {data}, "annotations": [{{"result": [{{"type": "labels", "value": {value}}}]}}]}}]'


@pytest.mark.parametrize(
    ("tool", "content", "place", "reason"),
    [
        ("label-studio", "[", "", "Expecting value"),
        ("label-studio", "{}", "", "not a list of tasks"),
        ("label-studio", "[{}]", ": task 1", "'data' is missing"),
        ("label-studio", "[7]", ": task 1", "not laid out as this tool does it"),
        ("label-studio", '[{"data": {"text": "Hi."}}]', ": task 1", "'annotations' is missing"),
        (
            "label-studio",
            TASK.format(data='{"title": "A", "body": "B"}', value="{}"),
            ": task 1",
            "which of its data is the text?",
        ),
        (
            "label-studio",
            TASK.format(data='{"text": "It rained."}', value='{"start": 0, "end": 2, "text": "Bo", "labels": ["cue"]}'),
            ": task 1",
            "'Bo' is not what stands at 0 to 2",
        ),
        ("doccano", '{"text": "Hi.", "label": []}\n\n{"text": ""}\n', ":3", "'label' is missing"),
        ("doccano", "nonsense\n", ":1", "Expecting value"),
        ("doccano", '{"text": "", "label": []}\n', ":1", "there is no text"),
        ("doccano", '{"text": "Hi \\ud83d.", "label": []}\n', ":1", "surrogates not allowed"),
        ("doccano", '{"text": "Hi.", "label": [[0, 9, "named"]]}\n', ":1", "no such span: 0 to 9 in a text of 3"),
        ("doccano", '{"text": "Hi yo.", "label": [[2, 3, "named"]]}\n', ":1", "the span 2 to 3 is empty"),
        ("doccano", '{"text": "Hi.", "label": [[0, 2, "PER"]]}\n', ":1", "unknown label 'PER'"),
        ("prodigy", '{"text": "Hi.", "spans": [{"start": 0, "label": "named"}]}\n', ":1", "'end' is missing"),
        ("prodigy", "[]\n", ":1", "not laid out as this tool does it"),
    ],
)
def test_faults_name_file_and_place(tmp_path: Path, tool: str, content: str, place: str, reason: str) -> None:
    path = tmp_path / "file"
    path.write_text(content)
    with pytest.raises(ImportFileError) as error:
        list(READERS[tool](path))
    assert str(error.value).startswith(f"{path}{place}: ")
    assert reason in str(error.value)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("T1\tSource 0 99\tThe board", "'The board' is not what stands at 0 99"),
        ("T1\tSource 4 9\tboat", "'boat' is not what stands at 4 9"),
        ("T1\tSource 4\tboard", "not enough values"),
        ("A1\tLabel T1 PER", "unknown label 'PER'"),
    ],
)
def test_faults_in_brat_name_the_line(tmp_path: Path, line: str, reason: str) -> None:
    (tmp_path / "ferry.txt").write_text(BRAT)
    path = tmp_path / "ferry.ann"
    path.write_text(f"#1\tNote\n{line}\n")
    with pytest.raises(ImportFileError) as error:
        list(READERS["brat"](path))
    assert str(error.value).startswith(f"{path}:2: ")
    assert reason in str(error.value)


def test_brat_needs_the_text_beside_the_annotations(tmp_path: Path) -> None:
    path = tmp_path / "ferry.ann"
    path.touch()
    with pytest.raises(ImportFileError, match="No such file"):
        list(READERS["brat"](path))
    with pytest.raises(ImportFileError, match=r"name the \.ann file"):
        list(READERS["brat"](tmp_path / "ferry.txt"))


def test_text_that_looks_like_marks_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "file.jsonl"
    path.write_text('{"text": "He wrote <s>.", "label": [[0, 13, "named"]]}\n')
    (labelled,) = READERS["doccano"](path)
    with pytest.raises(ImportFileError, match=r"file\.jsonl:1: "):
        to_article(labelled, "local", "wire")


@given(st.text(max_size=100))
def test_any_text_is_read_or_refused(text: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file.jsonl"
        path.write_text(json.dumps({"id": "ferry", "text": text, "label": []}))
        try:
            articles = [to_article(labelled, "local", "wire") for labelled in READERS["doccano"](path)]
        except ImportFileError:
            return
    written = "".join(line[2:] for line in articles[0].splitlines()[3:])
    assert written.replace(" ", "") == "".join(text.split())
