"""`onrecord evaluate`: figures on labelled articles, and the gate."""

from __future__ import annotations

import json
from pathlib import Path

import click

from training import gate
from training.commands.options import gold_option, measure_model, model_option, told_errors
from training.paths import GATE


@click.command()
@model_option
@gold_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--check-gate", is_flag=True, help="Fail if a figure is below its floor, or the articles have changed.")
@click.option("--update-gate", is_flag=True, help="Pin the articles, and raise the floors to just below the figures.")
@click.option("--allow-lower", is_flag=True, help="With --update-gate: let floors fall.")
@click.option(
    "--gate",
    "gate_file",
    type=click.Path(dir_okay=False, path_type=Path),
    default=GATE,
    show_default="data/gate.json of the checkout",
    help="File of the floors.",
)
def evaluate(
    model: Path,
    gold: Path,
    *,
    as_json: bool,
    check_gate: bool,
    update_gate: bool,
    allow_lower: bool,
    gate_file: Path,
) -> None:
    """Measure a model on articles that it was not trained on.

    The texts go in whole: what the model loses as boilerplate, or cuts wrongly, counts.
    """
    if check_gate and update_gate:
        raise click.UsageError("--check-gate and --update-gate exclude each other")
    if allow_lower and not update_gate:
        raise click.UsageError("--allow-lower goes with --update-gate")
    with told_errors():
        evaluation = measure_model(model, gold)
        click.echo(json.dumps(evaluation.to_dict()) if as_json else str(evaluation))
        if update_gate:
            old = gate.Gate.read(gate_file) if gate_file.exists() else None
            gate.updated(old, gate.digest(gold), evaluation, allow_lower=allow_lower).write(gate_file)
            click.echo(f"wrote {gate_file}", err=True)
        elif check_gate:
            gate.check(gate.Gate.read(gate_file), gate.digest(gold), evaluation)
            click.echo("no figure is below its floor", err=True)
