"""`onrecord corpus`: check, import and export labelled articles."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import IO

import click

from model.artefact import load_model
from model.corpus_format import LETTERS
from training.commands.options import corpus_option, model_option, told_errors
from training.corpus import find_faults, load_corpus
from training.export import export_lines
from training.imports import READERS, ImportFileError, to_article, with_proposed_labels
from training.paths import CORPUS, EVALUATION


@click.group()
def corpus() -> None:
    """Look after the labelled articles: check, import, export."""


@corpus.command()
@click.argument("folders", nargs=-1, type=click.Path(exists=True, file_okay=False, path_type=Path))
def check(folders: tuple[Path, ...]) -> None:
    """Check the labelled articles, and count them.

    Format, marks, labels, duplicates, near-duplicates: every fault is printed with file and line; the exit code is
    then 1. Without FOLDERS, data/corpus and data/evaluation are checked together.
    """
    chosen = folders or (CORPUS, EVALUATION)
    faults = find_faults(*chosen)
    for fault in faults:
        click.echo(str(fault))
    if faults:
        raise click.ClickException(f"{len(faults)} faults")
    click.echo(f"{'':12}{'articles':>12}" + "".join(f"{label:>12}" for label in LETTERS.values()))
    for folder in chosen:
        articles = load_corpus(folder)
        counts = Counter(sentence.label for article in articles for sentence in article.sentences)
        figures = (len(articles), *(counts[label] for label in LETTERS.values()))
        click.echo(f"{folder.name:12}" + "".join(f"{figure:12,}" for figure in figures))
    click.echo("no faults")


@corpus.command("export")
@corpus_option
@click.option("--out", type=click.File("w", encoding="utf-8"), default="-", help="File to write; - is standard output.")
def export_corpus(folder: Path, out: IO[str]) -> None:
    """Write the articles as JSON lines.

    A line holds an article's text, labelled sentences and marked spans; offsets are in code points.
    """
    with told_errors():
        articles = load_corpus(folder)
    for line in export_lines(articles):
        click.echo(line, file=out)


@corpus.command("import")
@click.argument("tool", type=click.Choice(list(READERS)))
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder to write to.")
@click.option("--genre", default="imported", show_default=True, help="The articles' genre header.")
@click.option("--style", default="imported", show_default=True, help="The articles' style header.")
@click.option("--propose", is_flag=True, help="Let the model propose labels for attributed sentences without one.")
@model_option
def import_corpus(
    tool: str, files: tuple[Path, ...], *, out: Path, genre: str, style: str, propose: bool, model: Path
) -> None:
    """Turn labelled data of an annotation tool into articles.

    The first argument is the tool that the FILES come from; brat's are the .ann files, with the texts beside them.
    Nothing is written if a file has a fault. docs/importing.md has an example of each.
    """
    articles: dict[Path, str] = {}
    proposals = 0
    with told_errors():
        scorer = load_model(model) if propose else None
        for labelled in (labelled for file in files for labelled in READERS[tool](file)):
            path = out / f"{labelled.id}.txt"
            if path in articles or path.exists():
                raise ImportFileError(f"{labelled.place}: an article '{labelled.id}' is there already")
            complete = labelled if scorer is None else with_proposed_labels(labelled, scorer)
            proposals += len(complete.spans) - len(labelled.spans)
            articles[path] = to_article(complete, genre, style)
    if not articles:
        raise click.ClickException("the files hold no labelled texts")
    out.mkdir(parents=True, exist_ok=True)
    for path, article in articles.items():
        path.write_text(article, encoding="utf-8", newline="\n")
    if proposals:
        click.echo(f"{proposals} labels are the model's proposals: read them before you train on them")
    number = f"{len(articles)} article{'' if len(articles) == 1 else 's'}"
    click.echo(f"wrote {number} to {out}; check them with 'onrecord corpus check {out}'")
