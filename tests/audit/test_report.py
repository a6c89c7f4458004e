from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from click.testing import Result
from lxml import html

from model.labels import LABELS
from tests.audit.made_up import CONFUSION, RATES, Article, mislabelled, write_run

Command = Callable[..., Result]

HOSTILE = "<script>alert(1)</script>"
FORMULA = '=HYPERLINK("https://example.org")'


def read_table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def articles(count: int, **metadata: str) -> list[Article]:
    return [Article(["named", "official", "anonymous", "unsourced"], metadata) for _ in range(count)]


def test_a_scored_archive_is_reported_the_same_every_time(onrecord: Command, scored: Path, tmp_path: Path) -> None:
    for out in ("first", "second"):
        result = onrecord("audit", "report", scored, "--out", tmp_path / out)
        assert result.exit_code == 0, result.output
    assert files(tmp_path / "first") == files(tmp_path / "second")
    records = {row["what"]: int(row["records"]) for row in read_table(tmp_path / "first" / "records.csv")}
    counts = json.loads((scored / "run.json").read_text())["counts"]
    assert records["read"] == records["scored"] + records["rejected"] == counts["records"]
    assert (records["rejected"], records["duplicates"]) == (1, 1)
    shares = [row for row in read_table(tmp_path / "first" / "shares.csv") if row["by"] == "all"]
    assert int(shares[0]["articles"]) == records["scored"] - records["duplicates"]
    for kind in ("share", "corrected"):
        assert sum(float(row[kind]) for row in shares) == pytest.approx(1, abs=1e-4)


def test_what_the_archive_holds_cannot_do_anything(onrecord: Command, tmp_path: Path) -> None:
    metadata = dict.fromkeys(("outlet", "section", "author", "title"), HOSTILE)
    run = write_run(
        tmp_path / "run",
        [
            *(Article(["anonymous"], {**metadata, "url": "javascript:alert(1)"}, [HOSTILE]) for _ in range(30)),
            *(
                Article(["anonymous"], {"outlet": FORMULA, "title": "$x_{", "url": 'https://e.org/"><b>'})
                for _ in range(30)
            ),
        ],
        reasons=[HOSTILE],
    )
    assert onrecord("audit", "report", run).exit_code == 0
    content = (run / "report" / "report.html").read_text(encoding="utf-8")
    page = html.fromstring(content)
    assert not page.xpath("//script | //img | //link | //iframe | //@onerror | //@src")
    assert page.xpath("//td[.=$name]", name=HOSTILE)
    assert set(page.xpath("//a/@href")) == {'https://e.org/"><b>'}
    assert "default-src 'none'" in page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    outlets = [row["group"] for row in read_table(run / "report" / "shares.csv") if row["by"] == "outlet"]
    assert set(outlets) == {HOSTILE, f"'{FORMULA}"}


def test_repeated_articles_count_when_asked(onrecord: Command, tmp_path: Path) -> None:
    run = write_run(tmp_path / "run", articles(3), duplicates=[2])
    for option, expected in (("--without-duplicates", "2"), ("--with-duplicates", "3")):
        assert onrecord("audit", "report", run, option).exit_code == 0
        assert read_table(run / "report" / "shares.csv")[0]["articles"] == expected


@pytest.mark.parametrize(
    ("dates", "periods"),
    [
        (["2020-01-31", "2020-02-01", "2020-02-29"], ["2020-01", "2020-02"]),
        (["2011-03-31", "2011-04-01", "2016-12-01"], ["2011-Q1", "2011-Q2", "2016-Q4"]),
        (["1999-12-31", "2024-01-01"], ["1999", "2024"]),
        (["2020-05-01", "", "2020-13-01", "May 2020"], ["2020-05"]),
    ],
)
def test_periods_fit_the_time_span(onrecord: Command, tmp_path: Path, dates: list[str], periods: list[str]) -> None:
    run = write_run(tmp_path / "run", [Article(["named"], {"date": date}) for date in dates])
    assert onrecord("audit", "report", run).exit_code == 0
    assert list(dict.fromkeys(row["period"] for row in read_table(run / "report" / "shares-over-time.csv"))) == periods


def test_unnamed_sources_are_counted_by_what_they_are_called(onrecord: Command, tmp_path: Path) -> None:
    sources = ["A senior official", "the  Senior Official", "“senior official”", "They", "sources", None]
    labels = ["anonymous"] * len(sources)
    run = write_run(
        tmp_path / "run",
        [
            Article(labels, sources=sources),
            Article(labels, sources=sources),
            Article(["named"], sources=["an official"]),
        ],
        duplicates=[1],
        part=1,
    )
    for option, expected in (("--without-duplicates", ["3", "1"]), ("--with-duplicates", ["6", "2"])):
        assert onrecord("audit", "report", run, option).exit_code == 0
        rows = read_table(run / "report" / "unnamed-sources.csv")
        assert [row["phrase"] for row in rows] == ["senior official", "sources"]
        assert [rows[0]["sentences"], rows[0]["articles"]] == expected


def test_the_gravest_articles_are_to_be_read_first(onrecord: Command, tmp_path: Path) -> None:
    run = write_run(
        tmp_path / "run",
        [
            Article(["anonymous"] * 9, {"title": "last"}),
            Article(["anonymous"], {"title": "third"}, flags=["hearsay"], verdict="warn"),
            Article(["anonymous"], {"title": "second"}, flags=["hearsay", "bare-source"], verdict="warn"),
            Article(["named"], {"title": "first"}, flags=["hearsay"], verdict="hold"),
        ],
        part=2,
    )
    assert onrecord("audit", "report", run).exit_code == 0
    titles = [row["title"] for row in read_table(run / "report" / "read-first.csv")]
    assert titles == ["first", "second", "third", "last"]
    flags = {row["flag"]: row["articles"] for row in read_table(run / "report" / "flags.csv")}
    assert (flags["hearsay"], flags["bare-source"], flags["orphan-quote"]) == ("3", "1", "0")


def test_few_articles_get_shares_without_intervals(onrecord: Command, tmp_path: Path) -> None:
    run = write_run(tmp_path / "run", [*articles(9, outlet="few"), *articles(10, outlet="enough")])
    assert onrecord("audit", "report", run).exit_code == 0
    rows = {row["group"]: row for row in read_table(run / "report" / "shares.csv") if row["by"] == "outlet"}
    assert rows["few"]["share"]
    assert not rows["few"]["low"]
    assert rows["enough"]["low"]


@pytest.mark.parametrize("confusion", [None, np.eye(4)])
def test_without_a_confusion_that_says_enough_shares_are_raw(
    onrecord: Command, tmp_path: Path, confusion: object
) -> None:
    run = write_run(tmp_path / "run", articles(10), confusion=confusion)
    result = onrecord("audit", "report", run)
    assert result.exit_code == 0
    assert (confusion is None) != ("too few" in result.output)
    assert not read_table(run / "report" / "shares.csv")[0]["corrected"]


def test_a_report_that_cannot_be_written_is_told(onrecord: Command, tmp_path: Path) -> None:
    run = write_run(tmp_path / "run", articles(1))
    (tmp_path / "report" / "report.html").mkdir(parents=True)
    result = onrecord("audit", "report", run, "--out", tmp_path / "report")
    assert result.exit_code == 1
    assert "report.html: Is a directory" in result.output


def test_a_run_without_articles_is_reported(onrecord: Command, tmp_path: Path) -> None:
    run = write_run(tmp_path / "run", [], reasons=["is empty"])
    assert onrecord("audit", "report", run).exit_code == 0


def test_intervals_hold_the_truth_as_often_as_they_say(onrecord: Command, tmp_path: Path) -> None:
    """Two hundred sections of one kind, mislabelled at known rates: each is an experiment."""
    rng = np.random.default_rng(5)
    mixture = np.array([6, 3, 2, 9])
    run = write_run(
        tmp_path / "run",
        [
            Article(
                mislabelled(rng.choice(4, size=20, p=rng.dirichlet(mixture)), rng), {"section": f"section {n % 200}"}
            )
            for n in range(200 * 40)
        ],
        confusion=RATES * 1e7,
        part=1000,
    )
    assert onrecord("audit", "report", run).exit_code == 0
    rows = [row for row in read_table(run / "report" / "shares.csv") if row["by"] == "section"]
    truth = dict(zip(LABELS, mixture / mixture.sum(), strict=True))
    expected = dict(zip(LABELS, mixture / mixture.sum() @ RATES, strict=True))

    def coverage(low: str, high: str, expected: dict[str, float]) -> float:
        return float(np.mean([float(r[low]) <= expected[r["label"]] <= float(r[high]) for r in rows]))

    assert len(rows) == 200 * 4
    assert 0.92 < coverage("low", "high", expected) < 0.98
    assert 0.92 < coverage("corrected_low", "corrected_high", truth) < 0.98
    assert coverage("low", "high", truth) < 0.9


@pytest.mark.parametrize(
    ("break_it", "message"),
    [
        (lambda run: (run / "run.json").unlink(), "it has no run.json"),
        (lambda run: (run / "run.json").write_text("{"), "is not what 'audit run' writes"),
        (
            lambda run: (run / "run.json").write_text((run / "run.json").read_text().replace("complete", "running")),
            "has not finished",
        ),
        (lambda run: next((run / "articles").iterdir()).write_bytes(b"PAR1"), "cannot be read"),
    ],
)
def test_what_is_no_finished_run_is_told(
    onrecord: Command, tmp_path: Path, break_it: Callable[[Path], object], message: str
) -> None:
    run = write_run(tmp_path / "run", articles(1))
    break_it(run)
    result = onrecord("audit", "report", run)
    assert result.exit_code == 1
    assert message in result.output
    assert not (run / "report").exists()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("no JSON", "not a confusion"),
        ("[]", "not a confusion"),
        (json.dumps({"labels": ["a"], "confusion": []}), "the labels are not"),
        (json.dumps({"labels": LABELS, "confusion": [[1]]}), "not a table of 4 by 4"),
        (json.dumps({"labels": LABELS, "confusion": [["x"] * 4] * 4}), "no table of numbers"),
        (json.dumps({"labels": LABELS, "confusion": [[-50] * 4] * 4}), "below 0"),
        (json.dumps({"labels": LABELS, "confusion": [[1] * 4] * 4}), "too few to correct by"),
        (json.dumps({"labels": LABELS, "confusion": CONFUSION.tolist(), "articles": [1]}), "not a table of 4 by 4"),
    ],
)
def test_a_bad_confusion_is_told(onrecord: Command, tmp_path: Path, content: str, message: str) -> None:
    run = write_run(tmp_path / "run", articles(1))
    (tmp_path / "confusion.json").write_text(content)
    result = onrecord("audit", "report", run, "--confusion", tmp_path / "confusion.json")
    assert result.exit_code == 1
    assert message in result.output
