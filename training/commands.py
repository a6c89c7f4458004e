"""The subcommands for data scientists."""

from __future__ import annotations

import json
import time
from pathlib import Path

import click
import numpy as np

from model.artefact import ModelError, load_model
from model.boilerplate import THRESHOLD
from model.scorer import Scorer
from training import gate
from training.compare import Comparison, Difference
from training.compare import compare as compare_evaluations
from training.corpus import CorpusError, find_faults, load_corpus
from training.curve import Point, learning_curve, read_curve, write_curve
from training.dataset import Dataset, build_dataset
from training.evaluate import Evaluation
from training.evaluate import evaluate as evaluate_model
from training.fit import Fitted, fit
from training.gold import GoldError, export_lines, read_gold
from training.imports import READERS, ImportFault, to_article, with_proposed_labels
from training.metrics import measure, table
from training.release import NAME, write_model

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "data" / "corpus"
EVALUATION = ROOT / "data" / "evaluation"
GATE = ROOT / "data" / "gate.json"
CURVE = ROOT / "data" / "learning-curve.json"
MODEL = ROOT / "models" / NAME

_corpus_option = click.option(
    "--corpus",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=CORPUS,
    show_default="data/corpus of the checkout",
    help="Folder of labelled articles.",
)
_model_option = click.option(
    "--model",
    type=click.Path(path_type=Path),
    default=MODEL,
    envvar="ONRECORD_MODEL",
    show_default="models/onrecord-en of the checkout",
    help="Folder of the model.",
)
_gold_option = click.option(
    "--gold",
    type=click.Path(exists=True, path_type=Path),
    default=EVALUATION,
    show_default="data/evaluation of the checkout",
    help="Labelled articles: a folder in the corpus format, or a file of JSON lines as 'corpus export' writes it.",
)


@click.command()
@_corpus_option
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=MODEL,
    envvar="ONRECORD_MODEL",
    show_default="models/onrecord-en of the checkout",
    help="Folder to write the model to; replaced when the new model is whole.",
)
def train(folder: Path, out: Path) -> None:
    """Build the model from the corpus.

    Says what it is doing, and prints cross-validated figures: each article is judged by a model that has not seen it.
    """
    report = _Clock()
    report("reading the corpus")
    try:
        articles = load_corpus(folder)
    except CorpusError as error:
        raise click.ClickException(f"the corpus has faults:\n{error}") from error
    report(f"analysing {len(articles)} articles")
    dataset = build_dataset(articles)
    fitted = fit(dataset, lambda step: report(f"training: {step}"))
    metrics = measure(fitted.labels[dataset.labelled], dataset.labels[dataset.labelled])
    boilerplate = _boilerplate_scores(dataset, fitted)
    manifest = write_model(out, dataset, fitted, metrics, boilerplate)
    report("done")
    click.echo(f"cross-validated, folds by article: {table(metrics)}")
    click.echo(_boilerplate_line(boilerplate))
    click.echo(f"wrote {out} ({manifest.digest})")


@click.command()
@_model_option
@_gold_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--check-gate", is_flag=True, help="Fail if a figure is below its floor in data/gate.json.")
@click.option("--update-gate", is_flag=True, help="Set the floors in data/gate.json just below today's figures.")
@click.option("--allow-lower", is_flag=True, help="With --update-gate: let floors fall.")
def evaluate(model: Path, gold: Path, *, as_json: bool, check_gate: bool, update_gate: bool, allow_lower: bool) -> None:
    """Measure a model on labelled articles that it was not trained on.

    The texts go in whole: what the model loses as boilerplate, or cuts wrongly, counts.
    """
    evaluation = _evaluate(_load(model), gold)
    if as_json:
        body = {"boundaries": evaluation.boundaries, "boilerplate": evaluation.boilerplate}
        click.echo(json.dumps(evaluation.metrics.to_dict() | body))
    else:
        click.echo(table(evaluation.metrics))
        click.echo(_boilerplate_line(evaluation.boilerplate))
        click.echo(f"sentence boundaries exact {evaluation.boundaries:.3f}")
    try:
        if update_gate:
            old = gate.Gate.read(GATE) if GATE.exists() else None
            gate.updated(old, gate.digest(gold), evaluation, allow_lower=allow_lower).write(GATE)
            click.echo(f"wrote {GATE.name}")
        elif check_gate:
            gate.check(gate.Gate.read(GATE), gate.digest(gold), evaluation)
            click.echo("no figure is below its floor")
    except gate.GateError as error:
        raise click.ClickException(str(error)) from error


@click.command()
@click.argument("old", type=click.Path(exists=True, path_type=Path))
@click.argument("new", type=click.Path(exists=True, path_type=Path))
@_gold_option
@click.option("--sentences", default=20, show_default=True, help="How many sentences whose label changed to print.")
def compare(old: Path, new: Path, gold: Path, sentences: int) -> None:
    """Compare two models on the same labelled articles.

    Prints the differences with bootstrap intervals over articles, McNemar's test, and sentences whose label changed.
    """
    comparison = compare_evaluations(_evaluate(_load(old), gold), _evaluate(_load(new), gold))
    click.echo(_comparison_lines(comparison, sentences))


@click.command()
@_model_option
@_gold_option
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), default=Path("report.html"), show_default=True)
def report(model: Path, gold: Path, out: Path) -> None:
    """Write a report on a model: one HTML file.

    Confusion matrix, reliability diagram, learning curve, figures by desk and region, and the surest errors.
    """
    try:
        from training.report import render_report
    except ModuleNotFoundError as error:
        raise click.ClickException(f"the report needs {error.name}: run 'make install-dev'") from error
    scorer = _load(model)
    points = read_curve(CURVE) if CURVE.exists() else []
    out.write_text(render_report(scorer.manifest, _evaluate(scorer, gold), points), encoding="utf-8")
    click.echo(f"wrote {out}")


@click.command("learning-curve")
@_corpus_option
@click.option(
    "--gold",
    "golds",
    type=(str, click.Path(exists=True, path_type=Path)),
    multiple=True,
    metavar="NAME PATH",
    help="Articles to measure on besides data/evaluation, under a name; may be given several times.",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    default=CURVE,
    show_default="data/learning-curve.json of the checkout",
)
def learning_curve_command(folder: Path, golds: tuple[tuple[str, Path], ...], out: Path) -> None:
    """Train on growing parts of the corpus, and measure each model.

    Tells whether more articles would help. Takes some minutes. The model card and the report show the result.
    """
    sets = {"evaluation articles": read_gold(EVALUATION)} | {name: read_gold(path) for name, path in golds}
    points: list[Point] = []
    for point in learning_curve(load_corpus(folder), sets, _Clock()):
        measured = ", ".join(f"{name} {value:.3f}" for name, value in point.measured.items())
        click.echo(f"{point.articles:5} articles: cross-validated {point.cross_validated:.3f}, {measured}")
        points.append(point)
    write_curve(points, out)
    click.echo(f"wrote {out}")


@click.group()
def corpus() -> None:
    """Look after the labelled articles: check, import, export."""


@corpus.command()
@click.argument("folders", nargs=-1, type=click.Path(exists=True, file_okay=False, path_type=Path))
def check(folders: tuple[Path, ...]) -> None:
    """Check format, marks, labels, duplicates and near-duplicates.

    Every fault is printed with file and line; the exit code is then 1. Without FOLDERS, data/corpus and
    data/evaluation are checked together.
    """
    chosen = folders or (CORPUS, EVALUATION)
    faults = find_faults(*chosen)
    for fault in faults:
        click.echo(str(fault))
    if faults:
        raise click.ClickException(f"{len(faults)} faults")
    count = sum(len(list(folder.glob("*.txt"))) for folder in chosen)
    click.echo(f"{count} articles, no faults")


@corpus.command("export")
@_corpus_option
@click.option("--out", type=click.File("w", encoding="utf-8"), default="-", help="File to write; - is standard output.")
def export_corpus(folder: Path, out: click.utils.LazyFile) -> None:
    """Write the articles as JSON lines: text, labelled sentences, marked spans; offsets in code points."""
    try:
        articles = load_corpus(folder)
    except CorpusError as error:
        raise click.ClickException(str(error)) from error
    for line in export_lines(articles):
        click.echo(line, file=out)


@corpus.command("import")
@click.argument("tool", type=click.Choice(list(READERS)))
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder to write to.")
@click.option("--genre", default="imported", show_default=True, help="The articles' genre header.")
@click.option("--style", default="imported", show_default=True, help="The articles' style header.")
@click.option("--propose", is_flag=True, help="Let the model propose labels for attributed sentences without one.")
@_model_option
def import_corpus(
    tool: str, files: tuple[Path, ...], *, out: Path, genre: str, style: str, propose: bool, model: Path
) -> None:
    """Turn labelled data of an annotation tool into articles of the corpus.

    TOOL is where the FILES come from; brat's are the .ann files, with the texts beside them. Nothing is written if
    a file has a fault. docs/importing.md has an example of each.
    """
    scorer = _load(model) if propose else None
    articles: dict[str, str] = {}
    try:
        for file in files:
            for labelled in READERS[tool](file):
                if labelled.id in articles or (out / f"{labelled.id}.txt").exists():
                    raise ImportFault(f"{file}: an article '{labelled.id}' is there already")
                proposed = labelled if scorer is None else with_proposed_labels(labelled, scorer)
                articles[labelled.id] = to_article(proposed, genre, style)
    except (ImportFault, OSError, UnicodeDecodeError) as error:
        raise click.ClickException(str(error)) from error
    out.mkdir(parents=True, exist_ok=True)
    for name, article in articles.items():
        (out / f"{name}.txt").write_text(article, encoding="utf-8")
    click.echo(f"wrote {len(articles)} articles to {out}; check them with 'onrecord corpus check {out}'")


class _Clock:
    """Reports steps on standard error, with the seconds since the start."""

    def __init__(self) -> None:
        self._start = time.monotonic()

    def __call__(self, step: str) -> None:
        click.echo(f"{time.monotonic() - self._start:6.1f} s  {step}", err=True)


def _load(folder: Path) -> Scorer:
    try:
        return load_model(folder)
    except ModelError as error:
        raise click.ClickException(str(error)) from error


def _evaluate(scorer: Scorer, gold: Path) -> Evaluation:
    try:
        return evaluate_model(scorer, read_gold(gold))
    except (CorpusError, GoldError) as error:
        raise click.ClickException(str(error)) from error


def _boilerplate_scores(dataset: Dataset, fitted: Fitted) -> dict[str, float]:
    given, actual = fitted.boilerplate >= THRESHOLD, ~dataset.labelled
    right = int((given & actual).sum())
    return {
        "precision": round(right / max(int(given.sum()), 1), 4),
        "recall": round(right / max(int(actual.sum()), 1), 4),
        "kept": round(float(np.mean(~given[~actual])), 4),
    }


def _boilerplate_line(scores: dict[str, float]) -> str:
    return (
        f"boilerplate: precision {scores['precision']:.3f}, recall {scores['recall']:.3f}, "
        f"article sentences kept {scores['kept']:.3f}"
    )


def _comparison_lines(comparison: Comparison, sentences: int) -> str:
    def line(name: str, difference: Difference) -> str:
        return f"{name:10}{difference.value:+.4f}  (95 % interval {difference.low:+.4f} to {difference.high:+.4f})"

    lines = [
        "new less old:",
        line("accuracy", comparison.accuracy),
        line("macro-F1", comparison.macro_f1),
        f"{comparison.gained} sentences gained, {comparison.lost} lost (McNemar's test: p = {comparison.p_value:.3f})",
        f"{len(comparison.changed)} labels changed" + (":" if comparison.changed and sentences else ""),
    ]
    for old, new in comparison.changed[:sentences]:
        mark = "+" if new.right else "-" if old.right else " "
        change = f"{old.label or 'boilerplate'} > {new.label or 'boilerplate'} (true: {new.gold.label})"
        lines.append(f"{mark} {change}: {new.text}")
    return "\n".join(lines)
