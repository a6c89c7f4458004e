from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from click.testing import Result
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.checking.key import Key, KeyArticle, KeySentence, sentence_digest
from audit.checking.labelled import LabelledError, read_labels
from audit.checking.sheets import SheetArticle, write_sheets
from model.labels import LABELS
from tests.audit.made_up import CONFUSION, MODEL, Article, mislabelled, write_run
from training.corpus import load_corpus

Command = Callable[..., Result]
LETTERS = dict(zip((*LABELS, "boilerplate"), "NOAUB", strict=True))


@pytest.fixture
def sample(onrecord: Command, scored: Path, tmp_path: Path) -> Path:
    """Eleven articles of the archive to label."""
    result = onrecord("audit", "sample", scored, "--articles", "11", "--out", tmp_path / "sample")
    assert result.exit_code == 0, result.output
    return tmp_path / "sample"


def fill(path: Path, letters: Sequence[str]) -> None:
    """Label an article."""
    following = iter(letters)
    text = re.sub(r"^\?", lambda _: next(following), path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    path.write_text(text, encoding="utf-8")


def label_articles(sample: Path, change: Callable[[str], str] = str) -> None:
    """Fill in what the key says, or what ``change`` makes of it."""
    for article in json.loads((sample / "key.json").read_text(encoding="utf-8"))["articles"]:
        path = sample / "articles" / f"{article['id']}.txt"
        fill(path, [LETTERS[change(sentence["label"])] for sentence in article["sentences"]])


def label_sheet(sample: Path, **formatting: str) -> Path:
    """The same as a spreadsheet might save it."""
    articles = json.loads((sample / "key.json").read_text(encoding="utf-8"))["articles"]
    labels = {(a["id"], str(n)): s["label"] for a in articles for n, s in enumerate(a["sentences"], start=1)}
    with (sample / "sentences.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    path = sample / "labelled.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), **formatting)
        writer.writeheader()
        writer.writerows(row | {"label": LETTERS[labels[row["article"], row["sentence"]]]} for row in rows)
    return path


def test_a_sample_shows_the_articles_and_not_the_labels(sample: Path, archive: Path) -> None:
    texts = {" ".join(json.loads(line)["text"].split()) for line in archive.read_text().splitlines()[:-1]}
    shown = [path.read_text(encoding="utf-8") for path in (sample / "articles").iterdir()]
    assert len(shown) == 11
    for article in shown:
        lines = [line for line in article.splitlines() if line and not line.startswith("# ")]
        assert all(line.startswith("?\t") for line in lines)
        assert " ".join(line[2:] for line in lines) in texts
    with (sample / "sentences.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["label"] for row in csv.DictReader(file)} == {"?"}


def test_every_outlet_and_year_is_in_a_sample(sample: Path) -> None:
    articles = json.loads((sample / "key.json").read_text(encoding="utf-8"))["articles"]
    strata = {article["stratum"] for article in articles}
    assert {f"{outlet}, {year}" for outlet in ("Herald", "Echo") for year in (2020, 2021, 2022)} == strata
    assert sum(1 / article["probability"] for article in articles) == pytest.approx(len(list(strata)) * 2, abs=3)


def test_the_same_seed_draws_the_same_sample(onrecord: Command, scored: Path, tmp_path: Path) -> None:
    keys = []
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        options = ("--articles", "4", "--by", "anonymous-share", "--seed", seed, "--out", tmp_path / name)
        assert onrecord("audit", "sample", scored, *options).exit_code == 0
        keys.append([a["record"] for a in json.loads((tmp_path / name / "key.json").read_text())["articles"]])
    assert keys[0] == keys[1] != keys[2]


def test_labels_are_not_overwritten_by_a_new_sample(onrecord: Command, scored: Path, sample: Path) -> None:
    result = onrecord("audit", "sample", scored, "--articles", "3", "--out", sample)
    assert result.exit_code == 2
    assert "is there already" in result.output


def test_who_labels_as_the_model_does_finds_nothing_wrong(onrecord: Command, scored: Path, sample: Path) -> None:
    sheets = [label_sheet(sample), label_sheet(sample, delimiter=";")]
    label_articles(sample)
    told = []
    for labelled in ([], [sample / "articles"], [sheets[0]], [sheets[1]]):
        result = onrecord("audit", "check", sample, *labelled)
        assert result.exit_code == 0, result.output
        told.append(result.stdout)
    assert len(set(told)) == 1
    assert "accuracy  1.000 [1.000, 1.000]" in told[0]
    assert "by no more than chance explains" in told[0]


def test_a_biased_model_is_found_out_and_corrected(onrecord: Command, scored: Path, tmp_path: Path) -> None:
    """By hand, what the model calls anonymous is official."""
    options = ("--articles", "12", "--out", tmp_path / "sample")
    assert onrecord("audit", "sample", scored, *options).exit_code == 0
    label_articles(tmp_path / "sample", lambda label: "official" if label == "anonymous" else label)
    result = onrecord("audit", "check", tmp_path / "sample")
    assert result.exit_code == 0
    assert "off by more than chance explains: official" in result.stdout
    assert "no confusion is written: only 0 of the sentences labelled by hand are anonymous" in result.stderr


def make_sample(
    folder: Path, truths: Sequence[Sequence[int]], probability: Sequence[float], archive: list[int]
) -> None:
    """A sample of made-up sentences, labelled by the model at known rates, and by hand truly."""
    rng = np.random.default_rng(4)
    sheets, keys = [], []
    for number, truth in enumerate(truths):
        texts = [f"Sentence {n} of article {number}." for n in range(len(truth))]
        sheets.append(SheetArticle(f"sample-{number}", None, None, [(text, False) for text in texts]))
        sentences = [
            KeySentence(sentence_digest(text), label)
            for text, label in zip(texts, mislabelled(truth, rng), strict=True)
        ]
        keys.append(KeyArticle(f"sample-{number}", "a", number, "all", probability[number], tuple(sentences)))
    write_sheets(folder, sheets)
    Key(MODEL, archive, CONFUSION.tolist(), 0, keys).write(folder)
    for number, truth in enumerate(truths):
        fill(folder / "articles" / f"sample-{number}.txt", ["NOAU"[label] for label in truth])


def test_articles_count_for_as_many_as_they_stand_for(onrecord: Command, tmp_path: Path) -> None:
    """A tenth of one kind of article was drawn and all of another: the first counts ten times."""
    truths = [[0] * 10] * 20 + [[3] * 10] * 20
    make_sample(tmp_path / "sample", truths, [0.1] * 20 + [1.0] * 20, [2000, 0, 0, 200])
    result = onrecord("audit", "check", tmp_path / "sample")
    shares = dict(
        re.findall(r"^(named|unsourced) +([\d.]+) \[", result.stdout.split("shares in the sample")[1], re.MULTILINE)
    )
    assert float(shares["named"]) == pytest.approx(100 * 10 / 11, abs=0.1)


def test_the_report_is_corrected_by_what_was_labelled(onrecord: Command, scored: Path, tmp_path: Path) -> None:
    rng = np.random.default_rng(2)
    truths = [rng.integers(0, 4, 30).tolist() for _ in range(40)]
    make_sample(tmp_path / "sample", truths, [1.0] * 40, [100, 100, 100, 100])
    assert onrecord("audit", "check", tmp_path / "sample", "--out", tmp_path / "confusion.json").exit_code == 0
    options = ("--confusion", tmp_path / "confusion.json", "--out", tmp_path / "report")
    assert onrecord("audit", "report", scored, *options).exit_code == 0
    assert "labels by hand in 40 articles" in (tmp_path / "report" / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("wrong", "line", "message"),
    [
        (lambda text: text, 4, "labels are still open"),
        (lambda text: text.replace("?\t", "X\t"), 4, "a line is a label (N, O, A, U, B), a tab and a sentence"),
        (lambda text: text.replace("?\t", "N\tOnce more: "), 4, "it is not the sentence that stands here"),
        (lambda text: text.replace("?\t", "N\t") + "N\tOne more.\n", None, "the article has no such sentence"),
        (lambda text: text.replace("?\t", "N\t").rsplit("N\t", 1)[0], None, "is missing, 1 in all"),
        (lambda text: text.replace("?\t", "N\t").replace("# id: sample-", "# id: other-"), 1, "is not the file's name"),
    ],
)
def test_articles_that_do_not_fit_are_told(
    onrecord: Command, sample: Path, wrong: Callable[[str], str], line: int | None, message: str
) -> None:
    path = sample / "articles" / "sample-01.txt"
    text = wrong(path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")
    result = onrecord("audit", "check", sample, path)
    assert result.exit_code == 1
    last = len(text.rstrip().splitlines())
    assert f"{path}:{line or last}: " in result.output
    assert message in result.output
    assert not (sample / "confusion.json").exists()


@pytest.mark.parametrize(
    ("wrong", "line", "message"),
    [
        (lambda text: text.replace("article,", "file,", 1), 1, "has no column article"),
        (lambda text: re.sub(r"^(sample-01,1),\w", r"\1,", text, flags=re.MULTILINE), 2, "1 labels are still open"),
        (
            lambda text: re.sub(r"^(sample-01,1),\w", r"\1,Q", text, flags=re.MULTILINE),
            2,
            "a label is one of N (named)",
        ),
        (
            lambda text: re.sub(r"^sample-01,1,", "sample-01,one,", text, flags=re.MULTILINE),
            2,
            "the number of the sentence",
        ),
        (lambda text: re.sub(r"^sample-01,1,", "sample-01,999,", text, flags=re.MULTILINE), 2, "has no such sentence"),
        (lambda text: re.sub(r"^sample-01,1,", "sample-99,1,", text, flags=re.MULTILINE), 2, "is not in the sample"),
        (
            lambda text: re.sub(r"^sample-01,2,", "sample-01,1,", text, flags=re.MULTILINE),
            3,
            "not the sentence that stands here",
        ),
        (lambda text: text + text.partition("\n")[2], None, "has a label already"),
    ],
)
def test_tables_that_do_not_fit_are_told(
    onrecord: Command, sample: Path, wrong: Callable[[str], str], line: int | None, message: str
) -> None:
    path = label_sheet(sample, lineterminator="\n")
    path.write_text(wrong(path.read_text(encoding="utf-8")), encoding="utf-8")
    result = onrecord("audit", "check", sample, path)
    assert result.exit_code == 1
    assert f"{path}:{line or ''}" in result.output
    assert message in result.output


def test_a_table_in_another_encoding_is_told(onrecord: Command, sample: Path) -> None:
    path = label_sheet(sample)
    path.write_text(path.read_text(encoding="utf-8"), encoding="utf-16")
    result = onrecord("audit", "check", sample, path)
    assert result.exit_code == 1
    assert "not a text in UTF-8" in result.output


def test_a_changed_archive_is_not_sampled(onrecord: Command, run_folder: Path, archive: Path, tmp_path: Path) -> None:
    described = json.loads((run_folder / "run.json").read_text())
    described["inputs"][0]["digest"] = "sha256:" + "0" * 64
    (run_folder / "run.json").write_text(json.dumps(described))
    result = onrecord("audit", "sample", run_folder, "--articles", "3", "--out", tmp_path / "sample")
    assert result.exit_code == 1
    assert "has changed since the run" in result.output
    assert not (tmp_path / "sample").exists()


def test_labels_are_read_by_training_too(sample: Path) -> None:
    label_articles(sample)
    assert len(load_corpus(sample / "articles")) == 11


def test_a_run_without_labelled_sentences_is_not_sampled(onrecord: Command, tmp_path: Path) -> None:
    run = write_run(tmp_path / "run", [Article([])])
    result = onrecord("audit", "sample", run, "--articles", "1", "--out", tmp_path / "sample")
    assert result.exit_code == 1
    assert "no article with a labelled sentence" in result.output


@settings(deadline=None)
@given(
    name=st.sampled_from(["labels.txt", "labels.csv"]),
    content=st.one_of(st.binary(), st.text('sample-0123456789,;\t?NOAUX<>/# id:\n\r"\0').map(str.encode)),
)
def test_no_file_breaks_the_check(tmp_path_factory: pytest.TempPathFactory, name: str, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / name
    path.write_bytes(content)
    article = KeyArticle("sample-1", "a", 0, "all", 1.0, (KeySentence(sentence_digest("One."), "named"),))
    key = Key(MODEL, [1, 0, 0, 0], None, 0, [article])
    outcome = labels_or_faults(key, path)
    assert outcome.startswith(f"{path}:") if isinstance(outcome, str) else outcome.keys() <= {"sample-1"}


def labels_or_faults(key: Key, path: Path) -> dict[str, list[str]] | str:
    try:
        return read_labels(key, [path])
    except LabelledError as error:
        return str(error)
