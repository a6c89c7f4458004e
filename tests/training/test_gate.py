"""The gate: floors that rise, stay, and fall only when told to."""

from dataclasses import replace

import pytest

from model.scorer import Scorer
from training.evaluate import Evaluation, evaluate
from training.gate import MARGIN, Gate, GateError, check, figures, updated
from training.gold import read_gold
from training.paths import EVALUATION


@pytest.fixture(scope="module")
def evaluation(scorer: Scorer) -> Evaluation:
    return evaluate(scorer, read_gold(EVALUATION)[:10])


def with_accuracy(evaluation: Evaluation, accuracy: float) -> Evaluation:
    return replace(evaluation, metrics=replace(evaluation.metrics, accuracy=accuracy))


def test_floors_stand_just_below_the_figures(evaluation: Evaluation) -> None:
    gate = updated(None, "sha256:1", evaluation, allow_lower=False)
    for name, value in figures(evaluation).items():
        assert gate.floors[name] == pytest.approx(value - MARGIN, abs=0.001)
    check(gate, "sha256:1", evaluation)


def test_a_floor_rises_stays_or_falls(evaluation: Evaluation) -> None:
    gate = updated(None, "sha256:1", with_accuracy(evaluation, 0.8), allow_lower=False)
    assert gate.floors["accuracy"] == 0.795
    for accuracy, floor in ((0.9, 0.895), (0.797, 0.795)):
        changed = updated(gate, "sha256:2", with_accuracy(evaluation, accuracy), allow_lower=False)
        assert changed == Gate("sha256:2", gate.floors | {"accuracy": floor})
    worse = with_accuracy(evaluation, 0.79)
    with pytest.raises(GateError, match="floors would fall: accuracy "):
        updated(gate, "sha256:1", worse, allow_lower=False)
    assert updated(gate, "sha256:1", worse, allow_lower=True).floors["accuracy"] == 0.785


def test_a_figure_below_its_floor_is_named(evaluation: Evaluation) -> None:
    gate = updated(None, "sha256:1", with_accuracy(evaluation, 0.8), allow_lower=False)
    with pytest.raises(GateError, match=r"^below the floor: accuracy is 0\.7900, its floor 0\.795$"):
        check(gate, "sha256:1", with_accuracy(evaluation, 0.79))


def test_a_floor_too_few_is_no_gate(evaluation: Evaluation) -> None:
    floors = dict(updated(None, "sha256:1", evaluation, allow_lower=False).floors)
    del floors["accuracy"]
    with pytest.raises(GateError, match="there are floors for"):
        check(Gate("sha256:1", floors), "sha256:1", evaluation)
