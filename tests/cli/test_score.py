from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import click
import pytest

from model.labels import LABELS
from model.policy import judge
from model.policy_file import DEFAULT, load_policies
from model.wire import judgement_to_wire, to_wire


def lines_without_margin(report: str) -> str:
    """What a reader reads of the sentences: without the margin, evidence brackets and line breaks."""
    body = report.partition("  #  label")[2].partition("\n")[2]
    return " ".join(re.sub(r"[\[\]{}]", "", line[30:]) for line in body.splitlines() if line)


def test_the_report_shows_every_sentence_with_label_strength_and_probability(onrecord, article, scorer, text):
    result = onrecord("score", article)
    assert result.exit_code == 0
    assert result.stderr == ""
    document = scorer.score(text)
    rows = re.findall(r"^ *(\d+)  (\w+) +([\d.]+) +(\d+)%  ", result.stdout, re.MULTILINE)
    assert rows == [
        (str(number), s.label, f"{s.strength:.2f}", f"{max(s.probabilities):.0%}"[:-1])
        for number, s in enumerate(document.sentences, start=1)
    ]
    assert lines_without_margin(result.stdout) == " ".join(text.split())


def test_the_report_opens_with_the_summary(onrecord, article, scorer, text):
    head = onrecord("score", article).stdout.partition("  #  label")[0]
    summary = scorer.score(text).summary
    assert head.startswith(f"{article}\n")
    assert f" {summary.strength:.2f}\n" in head
    for label in LABELS:
        assert re.search(rf"^  {label} +{summary.counts[label]} ", head, re.MULTILINE)
    assert summary.sources
    for source in summary.sources:
        assert re.search(rf"^  {source.label} +\[{re.escape(source.text)}\] \(", head, re.MULTILINE)


def test_without_colour_evidence_stands_in_brackets(onrecord, article):
    report = " ".join(onrecord("score", article).stdout.split())
    assert "[Adaeze Nwokolo]" in report
    assert "{said}" in report


@pytest.mark.parametrize("width", [20, 60, 100])
def test_the_report_is_wrapped_to_the_terminal(onrecord, article, monkeypatch, width):
    monkeypatch.setenv("COLUMNS", str(width))
    report = onrecord("score", article).stdout
    longest = max(len(line) for line in report.splitlines() if line.startswith(" " * 30) or "%  " in line)
    assert longest <= max(width, 54)  # below 54 columns the sentences keep a readable width


@pytest.mark.parametrize(
    ("options", "environment", "terminal", "coloured"),
    [
        ([], {}, True, True),
        ([], {"NO_COLOR": "1"}, True, False),
        ([], {"NO_COLOR": ""}, True, True),
        ([], {}, False, False),
        (["--color"], {}, False, True),
        (["--no-color"], {}, True, False),
    ],
)
def test_colour_changes_the_looks_and_no_word(
    onrecord, article, model_folder, options, environment, terminal, coloured
):
    inherited = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    environment = {**inherited, "COLUMNS": "80", "ONRECORD_MODEL": str(model_folder), **environment}
    command = [Path(sys.executable).with_name("onrecord"), "score", *options, article]
    reader, writer = os.openpty() if terminal else os.pipe()
    with os.fdopen(reader, "rb", 0) as stream, subprocess.Popen(command, stdout=writer, env=environment) as process:
        os.close(writer)
        report = b"".join(chunks(stream)).decode()
    assert process.returncode == 0
    assert ("\x1b[" in report) == coloured
    plain = onrecord("score", article).stdout
    assert lines_without_margin(click.unstyle(report)) == lines_without_margin(plain)


def chunks(stream: IO[bytes]) -> Iterator[bytes]:
    """What a pipe or a terminal gives until the writer is gone, which a terminal reports as an error."""
    with contextlib.suppress(OSError):
        while chunk := stream.read(65536):
            yield chunk


def test_json_is_the_wire_format_one_line_a_file(onrecord, article, scorer, text):
    result = onrecord("score", "--json", article, article)
    assert result.exit_code == 0
    first, second = (json.loads(line) for line in result.stdout.splitlines())
    assert first == second
    assert first == {
        "id": str(article),
        "model": scorer.manifest.identity(),
        **to_wire(scorer.score(text, explain=True), explain=True),
        **judgement_to_wire(judge(scorer.score(text), load_policies()[DEFAULT])),
    }


LEAK = b"A senior official in the ministry said on Monday that two soldiers had been killed."
HOUSE = '[strict.flags]\nanonymous-lead = "hold"\n[lax.flags]\nanonymous-lead = "off"\nanonymity-unexplained = "off"\n'


@pytest.mark.parametrize(
    ("policy", "verdict", "findings"),
    [
        ("default", "warn", [("warn", "anonymous-lead (1):"), ("note", "anonymity-unexplained (1):")]),
        ("strict", "hold", [("hold", "anonymous-lead (1):"), ("note", "anonymity-unexplained (1):")]),
        ("lax", "pass", []),
    ],
)
@pytest.mark.parametrize("colour", ["--color", "--no-color"])
def test_the_report_gives_verdict_and_findings_of_the_policy(onrecord, tmp_path, colour, policy, verdict, findings):
    house = tmp_path / "house.toml"
    house.write_text(HOUSE, encoding="utf-8")
    report = onrecord("score", "--policies", house, "--policy", policy, colour, "-", stdin=LEAK).stdout
    report = click.unstyle(report)
    assert re.findall(r"^verdict +(\w+)$", report, re.MULTILINE) == [verdict]
    assert re.findall(r"^  (note|warn|hold) +([\w-]+ \([\d, –]+\):)", report, re.MULTILINE) == findings


def test_stretches_of_sentences_are_given_by_their_ends(onrecord, tmp_path):
    house = tmp_path / "house.toml"
    house.write_text("[default.thresholds]\nunsourced-run = 3\n", encoding="utf-8")
    narrated = (
        "The ship was built in 1987 in Gdansk, in Poland. It has two engines, two bars and one cabin. "
        "It carries cars to the island twice a day."
    )
    text = f"{narrated}\n\n“She sails,” said Ann Tuohy.\n\n{narrated}"
    assert "unsourced-run (1–3, 5–7): " in onrecord("score", "--policies", house, "-", stdin=text.encode()).stdout


def test_policies_with_a_fault_are_one_line(onrecord, article, tmp_path):
    house = tmp_path / "house.toml"
    house.write_text('[strict.flags]\nhearsy = "hold"\n', encoding="utf-8")
    result = onrecord("score", "--policies", house, article)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"Error: {house}, line 2: unknown key 'hearsy'")
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


def test_an_unknown_policy_is_told_with_those_that_exist(onrecord, article):
    result = onrecord("score", "--policy", "strict", article)
    assert result.exit_code == 1
    assert result.stderr == "Error: no policy is named 'strict'; there are default\n"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8"])
def test_offsets_count_in_the_unit_asked_for(onrecord, encoding):
    text = "👩‍🚒 “It held,” said Fire Chief Zoë Núñez. The bridge reopened at noon."
    result = onrecord("score", "--json", "--offset-encoding", encoding, "-", stdin=text.encode())
    answer = json.loads(result.stdout)
    width = {"utf-16": 2, "utf-32": 4, "utf-8": 1}[encoding]
    units = text.encode(encoding if encoding == "utf-8" else f"{encoding}-le")
    assert answer["offset_encoding"] == encoding
    for sentence in answer["sentences"]:
        cut = units[sentence["start"] * width : sentence["end"] * width]
        assert cut == sentence["text"].encode(encoding if encoding == "utf-8" else f"{encoding}-le")


def test_a_dash_reads_standard_input(onrecord, text):
    result = onrecord("score", "-", stdin=text.encode())
    assert result.exit_code == 0
    assert lines_without_margin(result.stdout) == " ".join(text.split())


def test_line_ends_are_kept_and_a_byte_order_mark_is_no_text(onrecord, scorer, text):
    crlf = text.replace("\n", "\r\n")
    result = onrecord("score", "--json", "-", stdin=b"\xef\xbb\xbf" + crlf.encode())
    wire = to_wire(scorer.score(crlf, explain=True), explain=True)
    assert json.loads(result.stdout)["sentences"] == wire["sentences"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "No such file or directory"),
        (b"", "holds no text"),
        (b" \n\t\r\n", "holds no text"),
        (b"caf\xe9", "not a UTF-8 text (byte 3)"),
        (
            "Le ministre a déclaré que le projet serait présenté cette semaine.".encode(),
            "is in another language than English (fr)",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_named_and_the_others_scored(onrecord, article, tmp_path, content, reason):
    bad = tmp_path / "bad.txt"
    if content is not None:
        bad.write_bytes(content)
    result = onrecord("score", "--json", bad, article)
    assert result.exit_code == 1
    assert result.stderr == f"Error: {bad}: {reason}\n"
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == [str(article)]


@pytest.mark.parametrize("name", ["bridge.html", "BRIDGE.HTM"])
def test_html_is_read_by_its_name(onrecord, scorer, text, tmp_path, name):
    page = tmp_path / name
    paragraphs = text.strip().split("\n\n")
    page.write_text("".join(f"<p>{paragraph}</p>" for paragraph in paragraphs), encoding="utf-8")
    answer = json.loads(onrecord("score", "--json", page).stdout)
    assert answer["text"] == "\n\n".join(paragraphs)
    assert answer["sentences"] == to_wire(scorer.score(answer["text"], explain=True), explain=True)["sentences"]


def test_html_without_text_is_named(onrecord, article, tmp_path):
    bad = tmp_path / "bad.html"
    bad.write_text("<script>x</script>")
    result = onrecord("score", "--json", bad, article)
    assert result.exit_code == 1
    assert result.stderr == f"Error: {bad}: Holds no text.\n"
    assert len(result.stdout.splitlines()) == 1


def test_a_folder_is_no_file(onrecord, tmp_path):
    result = onrecord("score", tmp_path)
    assert result.exit_code == 1
    assert result.stderr == f"Error: {tmp_path}: Is a directory\n"


def test_a_missing_model_is_one_line(onrecord, article, tmp_path):
    result = onrecord("score", "--model", tmp_path / "none", article)
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


def test_no_file_is_a_usage_error(onrecord):
    assert onrecord("score").exit_code == 2


def test_an_article_cannot_steer_the_terminal(onrecord):
    result = onrecord("score", "-", stdin="The clerk \x1b[2Jsaid \u202eno\u009b. It is closed.".encode())
    assert result.exit_code == 0
    assert not re.search("[\x1b\u009b\u202e]", result.stdout)
