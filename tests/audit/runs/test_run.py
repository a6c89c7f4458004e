"""`onrecord audit run` on a laptop: what is read, scored, rejected, and refused."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import Result

from audit.parts.files import FOLDERS
from audit.tables import DUPLICATES, DUPLICATES_FILE
from model.scorer import Scorer
from tests.audit.runs.conftest import SECRET
from tests.audit.runs.running import PART_RECORDS, started, tables

STORY = (
    "The ferry will not sail before Friday, the harbour company said in a statement on its website. "
    "“The shaft is cracked,” said Maeve Tuohy, the engineer of the ship, on the quay. The ship was built in 1987. "
    "Two people who have seen the invoice said that it came to 400,000 euros, twice what had been put aside. "
    "She said that a new part had been ordered from Gdansk. It will come by road, through six countries. "
)


def rows(out: Path, folder: str) -> list[dict[str, object]]:
    return [row for part in sorted((out / folder).iterdir()) for row in pq.read_table(part).to_pylist()]


def test_every_record_is_scored_or_rejected(archive: Path, undisturbed: Path) -> None:
    manifest = json.loads((undisturbed / "run.json").read_text())
    counts = manifest["counts"]
    assert manifest["status"] == "complete"
    assert counts["records"] == counts["articles"] + counts["rejected"] == 403
    scored = [(row["input"], row["record"]) for row in rows(undisturbed, "articles")]
    rejected = {
        (Path(str(row["input"])).name, row["record"], row["line"]): row["reason"]
        for row in rows(undisturbed, "rejected")
    }
    assert len(set(scored)) == len(scored) == counts["articles"]
    assert rejected == {
        ("a.jsonl", 20, 21): "not JSON (column 1)",
        ("a.jsonl", 40, 41): "is in another language than English (de)",
        ("d.html", 0, None): "has elements nested more than 200 deep",
    }
    assert [Path(item["name"]).name for item in manifest["inputs"]] == ["a.jsonl", "b.html", "c.txt", "d.html"]
    assert manifest["inputs"][0]["bytes"] == (archive / "a.jsonl").stat().st_size


def test_files_hold_the_columns_of_the_contract(undisturbed: Path) -> None:
    for folder, schema in FOLDERS.items():
        for part in (undisturbed / folder).iterdir():
            assert pq.read_schema(part).equals(schema)
    assert pq.read_schema(undisturbed / DUPLICATES_FILE).equals(DUPLICATES)


def test_figures_are_those_of_the_model(archive: Path, undisturbed: Path, scorer: Scorer) -> None:
    article = next(row for row in rows(undisturbed, "articles") if str(row["input"]).endswith("c.txt"))
    sentences = [row for row in rows(undisturbed, "sentences") if row["input"] == article["input"]]
    document = scorer.score((archive / "c.txt").read_text(), explain=True)
    assert [(s.start, s.end, s.label) for s in document.sentences] == [
        (row["start"], row["end"], row["label"]) for row in sentences
    ]
    assert [s.strength for s in document.sentences] == pytest.approx([row["strength"] for row in sentences])
    assert article["sentences"] == len(sentences) == 2
    assert sum(row["p_official"] for row in sentences) == pytest.approx(article["p_official"])
    assert sentences[0]["source"] == "police"


def test_of_the_texts_nothing_is_kept_but_sources_and_cues(undisturbed: Path) -> None:
    kept = [
        value
        for folder in FOLDERS
        for row in rows(undisturbed, folder)
        for column, value in row.items()
        if column not in {"source", "cue"}
    ]
    assert kept
    assert SECRET not in str(kept)
    assert SECRET not in (undisturbed / "run.json").read_text()


def test_repeated_articles_are_marked_by_the_earliest(tmp_path: Path) -> None:
    stories = [
        {"id": "late", "text": STORY, "date": "2021-03-05"},
        {"id": "first", "text": STORY.replace(". ", ".\n\n"), "date": "2021-03-04T18:00:00Z"},
        {"id": "edited", "text": STORY.replace("by road", "by rail"), "date": "2021-03-06"},
        {"id": "undated", "text": STORY},
        {"id": "other", "text": "The council met on Monday, a spokesman said. Nothing was decided about the bridge."},
        {"id": "short", "text": "Rain, then sun."},
        {"id": "shorter", "text": "Rain."},
        {"id": "short again", "text": "Rain, \tthen sun."},
    ]
    (tmp_path / "wire.jsonl").write_text("".join(json.dumps(story) + "\n" for story in stories))
    run = started(tmp_path / "wire.jsonl", tmp_path / "out", "--workers", "1").finish()
    assert run.code == 0, run.errors
    found = pq.read_table(tmp_path / "out" / DUPLICATES_FILE).to_pylist()
    assert [(stories[row["record"]]["id"], stories[row["of_record"]]["id"], row["kind"]) for row in found] == [
        ("late", "first", "exact"),
        ("edited", "first", "near"),
        ("undated", "first", "exact"),
        ("short again", "short", "exact"),
    ]
    assert 0.7 <= found[1]["similarity"] < 1


def test_a_finished_run_is_not_scored_again(archive: Path, undisturbed: Path) -> None:
    before = tables(undisturbed)
    times = [path.stat().st_mtime_ns for path in sorted(undisturbed.glob("articles/*"))]
    run = started(archive, undisturbed).finish()
    assert (run.code, run.errors) == (0, "")
    assert run.output.startswith("403 records: 400 scored, 3 rejected; ")
    assert tables(undisturbed) == before
    assert [path.stat().st_mtime_ns for path in sorted(undisturbed.glob("articles/*"))] == times


@pytest.fixture
def begun(undisturbed: Path, tmp_path: Path) -> Path:
    """A run's folder that a test may spoil."""
    return shutil.copytree(undisturbed, tmp_path / "begun")


@pytest.fixture
def audit_run(onrecord: Callable[..., Result], archive: Path, begun: Path) -> Callable[..., Result]:
    """Give the command that began the run once more; it has no need of workers."""

    def call(*options: str | Path, archive: Path = archive) -> Result:
        return onrecord("audit", "run", archive, "--out", begun, "--part-records", str(PART_RECORDS), *options)

    return call


@pytest.mark.parametrize(
    ("options", "fault"),
    [
        (["--part-records", "11"], "settings part is"),
        (["--month-first"], "settings day_first is False, not None"),
        (["--text-column", "text", "--title-column", "outlet"], "settings columns is"),
    ],
)
def test_other_options_are_refused(audit_run: Callable[..., Result], options: list[str], fault: str) -> None:
    result = audit_run(*options)
    assert result.exit_code == 1
    assert f"begun holds another run: {fault}" in result.stderr


def test_another_policy_is_refused(audit_run: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "policies.toml").write_text('[strict]\nflags = {hearsay = "hold"}\n')
    result = audit_run("--policies", tmp_path / "policies.toml", "--policy", "strict")
    assert result.exit_code == 1
    assert "policy name is strict, not default" in result.stderr


def test_another_model_is_refused(audit_run: Callable[..., Result], model_folder: Path, tmp_path: Path) -> None:
    other = shutil.copytree(model_folder, tmp_path / "other")
    manifest = json.loads((other / "manifest.json").read_text())
    (other / "manifest.json").write_text(json.dumps(manifest | {"version": "9.9"}))
    result = audit_run("--model", other)
    assert result.exit_code == 1
    assert "begun holds another run: the model is onrecord-en 9.9, sha256:" in result.stderr


def test_changed_inputs_are_refused_by_name(audit_run: Callable[..., Result], archive: Path, tmp_path: Path) -> None:
    other = shutil.copytree(archive, tmp_path / "elsewhere")
    result = audit_run(archive=other)
    assert result.exit_code == 1
    assert f"{archive / 'a.jsonl'} is not among the inputs" in result.stderr
    (archive / "c.txt").write_bytes((other / "c.txt").read_bytes() + b" It snowed.")
    try:
        result = audit_run()
    finally:
        shutil.copy(other / "c.txt", archive / "c.txt")
    assert result.exit_code == 1
    assert result.stderr.endswith(f"begun holds another run: {archive / 'c.txt'} has changed\n")


def test_books_that_do_not_balance_are_an_error(audit_run: Callable[..., Result], begun: Path) -> None:
    first, *_, last = sorted((begun / "articles").iterdir())
    shutil.copy(last, first)
    result = audit_run()
    assert result.exit_code == 1
    assert f"{first.name}: 10 records were read, but " in result.stderr


def test_a_file_too_many_is_an_error(audit_run: Callable[..., Result], begun: Path) -> None:
    (begun / "articles" / "part-999999.parquet").touch()
    result = audit_run()
    assert result.exit_code == 1
    assert "part-999999.parquet is none of this run's files" in result.stderr


def test_a_folder_of_something_else_is_left_alone(
    onrecord: Callable[..., Result], archive: Path, tmp_path: Path
) -> None:
    (tmp_path / "letters.txt").touch()
    result = onrecord("audit", "run", archive, "--out", tmp_path)
    assert result.exit_code == 1
    assert "is not empty and holds no run" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["letters.txt"]


def test_two_drivers_keep_off_each_other(archive: Path, tmp_path: Path) -> None:
    first = started(archive, tmp_path / "out", "--workers", "1")
    first.wait_for(parts=0)
    second = started(archive, tmp_path / "out", "--workers", "1").finish()
    first.process.kill()
    first.finish()
    assert second.code == 1
    assert "another 'audit run' is at work on" in second.errors


def test_a_dry_run_says_what_would_be_read(onrecord: Callable[..., Result], archive: Path) -> None:
    result = onrecord("audit", "run", archive, "--dry-run")
    assert result.exit_code == 0
    assert f"{archive / 'a.jsonl'}: jsonl, {(archive / 'a.jsonl').stat().st_size:,} bytes" in result.stdout
    assert "columns: text=text, outlet=outlet" in result.stdout
    assert "for example: outlet='Gazette'" in result.stdout
    assert SECRET not in result.stdout


@pytest.mark.parametrize(
    ("options", "code", "fault"),
    [
        ([], 2, "Missing option '--out'"),
        (["--out", "out", "--workers", "2", "--scheduler", "tcp://127.0.0.1:1"], 2, "exclude each other"),
        (["--out", "out", "--scheduler", "nonsense://"], 1, "no scheduler answers at nonsense://"),
        (["--out", "out", "--model", "nowhere"], 1, "no model in nowhere"),
        (["--out", "out", "--policy", "nobodys"], 1, "no policy is named 'nobodys'"),
        (["--out", "out", "--text-column", "prose"], 1, "no column is named 'prose'"),
    ],
)
def test_what_cannot_be_run_is_told(
    onrecord: Callable[..., Result],
    archive: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    options: list[str],
    code: int,
    fault: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    result = onrecord("audit", "run", archive, *options)
    assert result.exit_code == code
    assert fault in result.stderr
