from __future__ import annotations

import os
from pathlib import Path

import fsspec
import pytest

from audit.readers import InputError, find_inputs
from audit.records import Record
from tests.audit.readers.archives import jsonl


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of files, the working directory's."""
    for name in ("2020/b.txt", "2020/a.txt", "2021/c.html", "2021/05/d.jsonl.gz", "README.md", ".git/e.txt", ".f.txt"):
        path = tmp_path / "archive" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


ALL = ["archive/2020/a.txt", "archive/2020/b.txt", "archive/2021/05/d.jsonl.gz", "archive/2021/c.html"]


@pytest.mark.parametrize(
    ("patterns", "names"),
    [
        (["archive"], ALL),
        (["archive/", "./archive", "archive/../archive"], ALL),
        (["archive/2021", "archive/2020"], ALL),
        (["archive/2020/b.txt", "archive"], ALL),
        (["archive/*/*.txt"], ALL[:2]),
        (["archive/**/*.html", "archive/2020/[b-z].txt"], [ALL[1], ALL[3]]),
        (["archive/202?"], ALL),
        (["file://{cwd}/archive/2020/a.txt"], ["{cwd}/archive/2020/a.txt"]),
        (["{cwd}/archive/2020/a.txt", "archive/2020/a.txt"], ["{cwd}/archive/2020/a.txt"]),
    ],
)
def test_files_folders_and_globs_give_each_file_once_in_order(
    archive: Path, patterns: list[str], names: list[str]
) -> None:
    found = find_inputs([pattern.format(cwd=archive) for pattern in patterns])
    assert [source.name for source in found.inputs] == [name.format(cwd=archive) for name in names]


def test_files_of_no_kind_in_a_folder_are_named(archive: Path) -> None:
    assert find_inputs(["archive"]).passed_over == ("archive/README.md",)
    assert "archive/README.md" in [source.name for source in find_inputs(["archive"], kind="text").inputs]


def test_a_kind_is_given_to_files_whose_names_do_not_tell(archive: Path) -> None:
    Path("dump").write_bytes(jsonl([{"text": "x"}]))
    (source,) = find_inputs(["dump"], kind="jsonl").inputs
    assert isinstance(next(source.records()), Record)
    assert find_inputs(["archive/2020/a.txt"], kind="jsonl").inputs[0].kind == "text"


@pytest.mark.parametrize(
    ("patterns", "message"),
    [
        (["nothing"], "nothing: no such file, and nothing that matches"),
        (["archive", "nothing*"], "nothing*: no such file, and nothing that matches"),
        (["empty"], "empty: no such file, and nothing that matches"),
        (["memory://nothing"], "memory://nothing: no such file, and nothing that matches"),
        (["memory://nothing*"], "memory://nothing*: no such file, and nothing that matches"),
        (["archive/README.md"], ("archive/README.md: its name does not tell what it is: give --kind "
                                "(jsonl, csv, parquet, text, html, warc)")),
        (["archive", "archive/README.md"], ("archive/README.md: its name does not tell what it is: give --kind "
                                           "(jsonl, csv, parquet, text, html, warc)")),
        (["archive/*.md"], ("archive/README.md: its name does not tell what it is: give --kind "
                           "(jsonl, csv, parquet, text, html, warc)")),
        (["others"], "others: no files of a kind that is read (jsonl, csv, parquet, text, html, warc)"),
        (["pipe.txt"], "pipe.txt: not a regular file"),
        (["s3://bucket/a.jsonl"], "s3://bucket/a.jsonl: a package is missing: Install s3fs to access S3"),
        (["nonesuch://a"], "nonesuch://a: Protocol not known: nonesuch"),
        (["zip://a.txt::b.zip"], "zip://a.txt::b.zip: files inside of others are not read; unpack them first"),
    ],
)  # fmt: skip
def test_what_cannot_be_found_is_an_error(archive: Path, patterns: list[str], message: str) -> None:
    Path("empty").mkdir()
    Path("others").mkdir()
    Path("others/a.pdf").touch()
    os.mkfifo("pipe.txt")
    with pytest.raises(InputError) as error:
        find_inputs(patterns)
    assert str(error.value) == message


def test_a_name_may_look_like_a_glob_or_hold_any_bytes(archive: Path) -> None:
    Path("a[1].txt").write_text("brackets")
    Path(os.fsdecode(b"\xff.txt")).write_text("bytes")
    (brackets,) = find_inputs(["a[1].txt"]).inputs
    assert brackets.name == "a[1].txt"
    (odd,) = find_inputs([os.fsdecode(b"\xff.txt")]).inputs
    assert odd.name == "\\xff.txt"
    assert [item.content for item in odd.records() if isinstance(item, Record)] == ["bytes"]


def test_links_lead_to_each_file_once_and_never_in_circles(archive: Path) -> None:
    Path("archive/2020/link.txt").symlink_to("a.txt")
    Path("archive/2020/circle").symlink_to("..")
    Path("archive/2020/broken.txt").symlink_to("nowhere.txt")
    assert [source.name for source in find_inputs(["archive"]).inputs] == ALL


def test_urls_are_read_like_files() -> None:
    rows = [{"text": "x", "id": "1"}]
    system = fsspec.filesystem("memory")
    system.pipe({"/urls/a.jsonl": jsonl(rows), "/urls/b/c.txt": b"c", "/urls/b/d.bin": b"d"})
    found = find_inputs(["memory://urls/", "memory://urls/*.jsonl"])
    assert [source.name for source in found.inputs] == ["memory:///urls/a.jsonl", "memory:///urls/b/c.txt"]
    assert found.passed_over == ("memory:///urls/b/d.bin",)
    first = found.inputs[0]
    (record,) = first.records()
    assert isinstance(record, Record)
    assert record.metadata == {"id": "1"}
    assert first.size == len(jsonl(rows))
    assert first.digest().startswith("sha256:")


def test_what_a_url_no_longer_brings_is_an_error_not_a_rejection() -> None:
    system = fsspec.filesystem("memory")
    system.pipe("/gone/a.txt", b"text")
    (source,) = find_inputs(["memory://gone/a.txt"]).inputs
    system.rm("/gone/a.txt")
    for use in (source.digest, lambda: list(source.records())):
        with pytest.raises(InputError, match=r"memory:///gone/a.txt: cannot be read \("):
            use()
