from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import Result

from tests.audit.made_up import Article, write_run

Command = Callable[..., Result]


def read_table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def labels(run: Path) -> dict[tuple[int, int], str | None]:
    """Labels of a run's sentences by record and number."""
    rows = pq.read_table(run / "sentences").to_pylist()
    return {(row["record"], row["start"], row["end"]): row["label"] or "boilerplate" for row in rows}


def test_two_models_are_compared_sentence_by_sentence(
    onrecord: Command, scored: Path, small_model: Path, score_archive: Callable[[Path], Path], tmp_path: Path
) -> None:
    other = score_archive(small_model)
    result = onrecord("audit", "diff", scored, other, "--out", tmp_path / "diff")
    assert result.exit_code == 0, result.output
    first, second = labels(scored), labels(other)
    changed = {place for place in first if first[place] != second[place]}
    assert changed
    rows = read_table(tmp_path / "diff" / "changes.csv")
    assert {(int(row["record"]), int(row["start"]), int(row["end"])) for row in rows} == changed
    assert f"{len(changed):,} of {len(first):,} sentences in both have another label" in result.output
    assert "left out: 0" not in result.output
    page = (tmp_path / "diff" / "diff.html").read_text(encoding="utf-8")
    assert f"{len(changed):,} of {len(first):,} sentences" in page


def test_pairs_tell_small_differences_that_articles_apart_do_not(onrecord: Command, tmp_path: Path) -> None:
    """Articles differ greatly from each other, and each is labelled a little differently by the second."""
    named = [(n * 7) % 90 for n in range(60)]
    first = write_run(tmp_path / "first", [Article(["named"] * n + ["unsourced"] * (100 - n)) for n in named])
    second = write_run(tmp_path / "second", [Article(["named"] * (n + 2) + ["unsourced"] * (98 - n)) for n in named])
    result = onrecord("audit", "diff", first, second)
    assert re.search(r"^named .* \+2\.0 \[\+2\.0, \+2\.0\]", result.output, re.MULTILINE), result.output
    described = json.loads((second / "run.json").read_text())
    described["inputs"] = [{"name": "b", "kind": "jsonl", "bytes": 1, "digest": "sha256:1"}]
    (second / "run.json").write_text(json.dumps(described))
    result = onrecord("audit", "diff", first, second)
    assert re.search(r"^named .* \+2\.0 \[-\d+\.\d, \+\d+\.\d\]", result.output, re.MULTILINE), result.output


def test_periods_of_a_run_are_compared(onrecord: Command, tmp_path: Path) -> None:
    run = write_run(
        tmp_path / "run",
        [
            *(Article(["named", "unsourced"], {"date": "2019-12-31", "outlet": "Echo"}) for _ in range(10)),
            *(Article(["named", "named"], {"date": "2020-01-01", "outlet": "Echo"}) for _ in range(12)),
            *(Article(["anonymous"], {"date": "2023-01-01"}) for _ in range(3)),
        ],
    )
    result = onrecord("audit", "diff", run, "--between", "2015..2019", "2020-01..2022-06", "--out", tmp_path / "diff")
    assert result.exit_code == 0, result.output
    assert "2015-01 to 2019-12: 10 articles, 20 labelled sentences" in result.output
    assert "2020-01 to 2022-06: 12 articles, 24 labelled sentences" in result.output
    (row,) = [
        r for r in read_table(tmp_path / "diff" / "differences.csv") if (r["outlet"], r["label"]) == ("Echo", "named")
    ]
    assert (row["first"], row["second"], row["difference"]) == ("0.5", "1.0", "0.5")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run"], "give two folders of runs, or one with --between"),
        (["run", "run", "--between", "2019", "2020"], "give two folders of runs, or one with --between"),
        (["run", "--between", "2019", "yesterday"], "a period is a year or a month"),
        (["run", "--between", "2019", "2020-13"], "a period is a year or a month"),
        (["run", "--between", "2020..2019", "2021"], "ends before it begins"),
        (["run", "--between", "1919", "2021"], "no articles to compare"),
    ],
)
def test_what_cannot_be_compared_is_told(
    onrecord: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    write_run(tmp_path / "run", [Article(["named"], {"date": "2021-01-01"})])
    monkeypatch.chdir(tmp_path)
    result = onrecord("audit", "diff", *arguments)
    assert result.exit_code in {1, 2}
    assert message in result.output
