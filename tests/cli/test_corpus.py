from __future__ import annotations

import json
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples" / "importing"
FILES = {
    "label-studio": "label-studio.json",
    "doccano": "doccano.jsonl",
    "prodigy": "prodigy.jsonl",
    "brat": "brat.ann",
}


def write(folder, name, body):
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.txt").write_text(f"# id: {name}\n# genre: local\n# style: wire\n{body}", encoding="utf-8")
    return folder


def test_check_counts_what_is_there(onrecord, tmp_path):
    folder = write(tmp_path / "mine", "ferry", "U\tIt rained.\nN\t<s>Ann Lee</s> <c>said</c> no.\nB\tShare\n")
    result = onrecord("corpus", "check", folder)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[1].split() == ["mine", "1", "1", "0", "0", "1", "1"]


def test_check_tells_every_fault_with_its_line(onrecord, tmp_path):
    folder = write(tmp_path, "ferry", "Z\tIt rained.\nN\t<s>Ann said.\n")
    result = onrecord("corpus", "check", folder)
    assert result.exit_code == 1
    assert "ferry.txt:4:" in result.stdout
    assert "ferry.txt:5:" in result.stdout


def test_check_takes_folders_together(onrecord, tmp_path):
    body = "U\tThe ferry to Inis Carrig will not sail before Friday, and nobody knows why.\n"
    one, two = (write(tmp_path / name, name, body) for name in ("one", "two"))
    assert onrecord("corpus", "check", one).exit_code == 0
    result = onrecord("corpus", "check", one, two)
    assert result.exit_code == 1
    assert "repeats one.txt:4" in result.stdout


def test_export_gives_texts_labels_and_marks(onrecord, tmp_path):
    write(tmp_path, "ferry", "U\tIt rained.\nN\t“No,” <c>said</c> <s>Ann Lee</s>.\n")
    (line,) = onrecord("corpus", "export", "--corpus", tmp_path).stdout.splitlines()
    article = json.loads(line)
    first, second = article["sentences"]
    text = article["text"]
    assert article["id"] == "ferry"
    assert [first["label"], first["source"], first["cue"]] == ["unsourced", None, None]
    assert text[second["start"] : second["end"]] == "“No,” said Ann Lee."
    assert text[second["source"]["start"] : second["source"]["end"]] == "Ann Lee"
    assert text[second["cue"]["start"] : second["cue"]["end"]] == "said"


@pytest.mark.parametrize("tool", FILES)
def test_the_example_of_each_tool_becomes_the_same_article(onrecord, tmp_path, tool):
    result = onrecord(
        "corpus",
        "import",
        tool,
        EXAMPLES / FILES[tool],
        "--genre",
        "local",
        "--style",
        "Irish weekly",
        "--out",
        tmp_path,
    )
    assert result.exit_code == 0, result.output
    (path,) = tmp_path.iterdir()
    expected = (EXAMPLES / "ferry.txt").read_text(encoding="utf-8").replace("id: ferry", f"id: {path.stem}")
    assert path.read_text(encoding="utf-8") == expected
    assert onrecord("corpus", "check", tmp_path).exit_code == 0


def unlabelled(tmp_path):
    """The example of brat without its labels."""
    for name in ("brat.ann", "brat.txt"):
        lines = (EXAMPLES / name).read_text(encoding="utf-8").splitlines(keepends=True)
        (tmp_path / name).write_text("".join(line for line in lines if not line.startswith("A")), encoding="utf-8")
    return tmp_path / "brat.ann"


def test_attributions_without_a_label_are_refused(onrecord, tmp_path):
    result = onrecord("corpus", "import", "brat", unlabelled(tmp_path), "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "--propose" in result.stderr
    assert not (tmp_path / "out").exists()


def test_the_model_proposes_labels(onrecord, tmp_path):
    result = onrecord("corpus", "import", "brat", unlabelled(tmp_path), "--propose", "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert "4 labels are the model's proposals" in result.stdout
    article = (tmp_path / "out" / "brat.txt").read_text(encoding="utf-8")
    assert article.splitlines()[3:] == (EXAMPLES / "ferry.txt").read_text(encoding="utf-8").splitlines()[3:]


def test_nothing_is_overwritten(onrecord, tmp_path):
    call = ("corpus", "import", "brat", EXAMPLES / "brat.ann", "--out", tmp_path)
    assert onrecord(*call).exit_code == 0
    result = onrecord(*call)
    assert result.exit_code == 1
    assert "'brat' is there already" in result.stderr


def test_one_bad_file_keeps_all_from_being_written(onrecord, tmp_path):
    bad = tmp_path / "bad.jsonl"
    bad.write_text("{}\n")
    result = onrecord("corpus", "import", "doccano", EXAMPLES / "doccano.jsonl", bad, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "bad.jsonl:1: 'label' is missing" in result.stderr
    assert not (tmp_path / "out").exists()
