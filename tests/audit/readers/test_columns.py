from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pytest

from audit.readers import Columns, InputError, find_inputs
from audit.records import Record
from tests.audit.readers.archives import delimited, jsonl, parquet
from tests.audit.readers.conftest import Read

WRITERS = {"jsonl": jsonl, "csv": delimited, "parquet": parquet}


def resolved(folder: Path, end: str, names: list[str], columns: Columns | None = None) -> dict[str, str]:
    path = folder / f"a.{end}"
    path.write_bytes(WRITERS[end]([{name: f"a value of {name}" for name in names}]))
    (source,) = find_inputs([str(path)], columns).inputs
    return source.columns.named()


@pytest.mark.parametrize("end", WRITERS)
@pytest.mark.parametrize(
    ("names", "columns", "expected"),
    [
        (["text"], Columns(), {"text": "text"}),
        (["Body", "Published_At"], Columns(), {"text": "Body", "date": "Published_At"}),
        (["content", "byline", "desk"], Columns(), {"text": "content", "author": "byline", "section": "desk"}),
        (["article", "headline", "link"], Columns(), {"text": "article", "title": "headline", "url": "link"}),
        (["html", "source", "x"], Columns(), {"html": "html", "outlet": "source"}),
        (["x", "y"], Columns(text="x"), {"text": "x"}),
        (["x", "y"], Columns(html="x", id="y"), {"html": "x", "id": "y"}),
        (["text", "html"], Columns(text="text"), {"text": "text"}),
        (["text", "html"], Columns(html="html"), {"html": "html"}),
        (["text", "html"], Columns(text="text", html="html"), {"text": "text", "html": "html"}),
        (["text", "html"], Columns(text=""), {"html": "html"}),
        (["text", "body"], Columns(text="body"), {"text": "body"}),
        (["text", "source"], Columns(outlet=""), {"text": "text"}),
        (["text", "date", "pubdate"], Columns(date="pubdate"), {"text": "text", "date": "pubdate"}),
    ],
)
def test_columns_are_named_or_guessed(
    tmp_path: Path, end: str, names: list[str], columns: Columns, expected: dict[str, str]
) -> None:
    assert resolved(tmp_path, end, names, columns) == expected


@pytest.mark.parametrize("end", WRITERS)
@pytest.mark.parametrize(
    ("names", "columns", "message"),
    [
        (["x", "y"], Columns(), ("which column holds the articles? Name it with --text-column or --html-column; "
                                "there are: x, y")),
        (["text", "body"], Columns(), "which column is the text: text, body? Name it with --text-column"),
        (["text", "date", "pubdate"], Columns(), "which column is the date: date, pubdate? Name it with --date-column"),
        (["text", "html"], Columns(), ("the articles may be in 'text' or in 'html': "
                                      "name one with --text-column or --html-column")),
        (["x", "y"], Columns(text="z"), "no column is named 'z'; there are: x, y"),
        (["x\n\x1b" + "y" * 99], Columns(), ("which column holds the articles? Name it with --text-column or "
                                            f"--html-column; there are: x��{'y' * 37}…")),
        ([f"x{i}" for i in range(40)], Columns(), ("which column holds the articles? Name it with --text-column or "
            f"--html-column; there are: {', '.join(f'x{i}' for i in range(30))}, and 10 more")),
        (["text"], Columns(text="", html=""), ("which column holds the articles? Name it with --text-column or "
                                              "--html-column; there are: text")),
    ],
    ids=range(8),
)  # fmt: skip
def test_what_cannot_be_told_is_an_error(
    tmp_path: Path, end: str, names: list[str], columns: Columns, message: str
) -> None:
    with pytest.raises(InputError) as error:
        resolved(tmp_path, end, names, columns)
    assert str(error.value) == f"{tmp_path}/a.{end}: {message}"


@pytest.mark.parametrize("end", ["csv", "parquet"])
def test_a_named_column_must_be_there(tmp_path: Path, end: str) -> None:
    with pytest.raises(InputError, match="no column is named 'desk'; there are: text"):
        resolved(tmp_path, end, ["text"], Columns(section="desk"))


def test_json_may_have_metadata_later_than_at_its_start(read: Read) -> None:
    rows = [{"text": "early"}] * 200 + [{"text": "late", "author": "A. Smith", "desk": "Metro"}]
    late = read("a.jsonl", jsonl(rows), Columns(section="desk"))[-1]
    assert isinstance(late, Record)
    assert late.metadata == {"author": "A. Smith", "section": "Metro"}
    late = read("a.jsonl", jsonl(rows), Columns(author=""))[-1]
    assert isinstance(late, Record)
    assert late.metadata == {}


def test_json_that_starts_with_broken_lines_shows_its_columns(read: Read) -> None:
    items = read("a.jsonl", b"broken\n" * 500 + jsonl([{"body": "whole"}]))
    assert isinstance(items[-1], Record)
    assert len(items) == 501


def test_json_without_an_object_has_the_columns_of_this_project(read: Read) -> None:
    assert len(read("a.jsonl", b"broken\n[]\n")) == 2


def test_each_input_has_columns_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(jsonl([{"body": "x", "desk": "y"}]))
    (tmp_path / "b.csv").write_bytes(delimited([{"text": "x", "section": "y"}]))
    (tmp_path / "c.txt").write_text("x")
    first, second, third = find_inputs([str(tmp_path)]).inputs
    assert first.columns.named() == {"text": "body", "section": "desk"}
    assert second.columns.named() == {"text": "text", "section": "section"}
    assert set(asdict(third.columns).values()) == {None}


@pytest.mark.parametrize("end", WRITERS)
@pytest.mark.parametrize("markup", ["<p>A council", "\n<!-- wp:paragraph --><p>", "<!DOCTYPE html>", "<H1 class='x'>"])
def test_a_guess_is_not_made_of_markup(tmp_path: Path, end: str, markup: str) -> None:
    path = tmp_path / f"a.{end}"
    path.write_bytes(WRITERS[end]([{"content": markup, "id": "1"}]))
    with pytest.raises(InputError, match="'content' looks like HTML: say so with --html-column, or --text-column"):
        find_inputs([str(path)])
    for columns in (Columns(html="content"), Columns(text="content")):
        (record,) = find_inputs([str(path)], columns).inputs[0].records()
        assert isinstance(record, Record)
        assert record.html is (columns.html is not None)
