from __future__ import annotations

import re


def figures(line):
    return [float(number) for number in re.findall(r"[+-]\d\.\d+", line)]


def test_a_model_does_not_differ_from_itself(onrecord, model_folder):
    result = onrecord("compare", model_folder, model_folder)
    assert result.exit_code == 0, result.output
    assert figures(result.stdout.splitlines()[1]) == [0, 0, 0]
    assert "0 sentences gained, 0 lost (McNemar's test: p = 1.000)" in result.stdout
    assert result.stdout.endswith("0 labels changed\n")


def test_a_better_model_is_told_with_intervals_and_changes(onrecord, small_model, model_folder):
    result = onrecord("compare", small_model, model_folder, "--sentences", "3")
    assert result.exit_code == 0, result.output
    _, accuracy, macro_f1, mcnemar, changed, *sentences = result.stdout.splitlines()
    for line in (accuracy, macro_f1):
        value, low, high = figures(line)
        assert 0 < low < value < high
    gained, lost = map(int, re.findall(r"(\d+) (?:sentences gained|lost)", mcnemar))
    assert gained > lost
    assert mcnemar.endswith("p = 0.000)")
    assert int(changed.split()[0]) >= gained + lost
    assert len(sentences) == 3
    for sentence in sentences:
        mark, old, new, true = re.match(r"([+ -]) (\w+) > (\w+) \(true: (\w+)\) ", sentence).groups()
        assert mark == ("+" if new == true else "-" if old == true else " ")


def test_a_folder_without_a_model_is_told(onrecord, model_folder, tmp_path):
    result = onrecord("compare", model_folder, tmp_path)
    assert result.exit_code == 1
    assert f"no model in {tmp_path}" in result.stderr
