"""`onrecord score`: judge articles, for a person to read or as JSON."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import click

from cli.report import render
from model.artefact import ModelError, load_model
from model.language import other_language
from model.offsets import OFFSET_ENCODINGS
from model.policy import Policy, judge
from model.policy_file import DEFAULT, PolicyError, load_policies
from model.wire import judgement_to_wire, to_wire

DEFAULT_MODEL = Path(__file__).resolve().parents[1] / "models" / "onrecord-en"


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--json", "as_json", is_flag=True, help="Print one line of JSON per file, in the wire format of the service."
)
@click.option(
    "--offset-encoding",
    type=click.Choice(OFFSET_ENCODINGS),
    default=OFFSET_ENCODINGS[0],
    show_default=True,
    help="Unit of the offsets in the JSON: JavaScript's and Java's, Python's, or bytes.",
)
@click.option(
    "--model",
    "folder",
    type=click.Path(path_type=Path),
    default=DEFAULT_MODEL,
    envvar="ONRECORD_MODEL",
    show_default="models/onrecord-en of the checkout",
    show_envvar=True,
    help="Folder of the model.",
)
@click.option(
    "--policies",
    "policy_file",
    type=click.Path(path_type=Path),
    envvar="ONRECORD_POLICIES",
    show_envvar=True,
    help="File of your own policies, in TOML.",
)
@click.option("--policy", "policy_name", default=DEFAULT, show_default=True, help="Name of the policy to judge by.")
@click.option(
    "--color/--no-color",
    "colour",
    default=None,
    help="Colour the report; by default where it goes to a terminal and NO_COLOR is not set.",
)
@click.pass_context
def score(
    ctx: click.Context,
    *,
    files: tuple[str, ...],
    as_json: bool,
    offset_encoding: str,
    folder: Path,
    policy_file: Path | None,
    policy_name: str,
    colour: bool | None,
) -> None:
    """Score articles: labels, sources, flags and a verdict.

    Tells who stands behind each sentence, how strongly, and what an editor should look at.

    FILE is a text in UTF-8 with paragraphs separated by line breaks, or an HTML page or fragment in UTF-8 by a name
    that ends in .html or .htm; - reads a text from standard input.
    A file that cannot be read is reported and passed over, and the exit code is then 1.
    """
    policy = _policy(policy_file, policy_name)
    try:
        scorer = load_model(folder)
        scorer.check_golden()
    except ModelError as error:
        raise click.ClickException(str(error)) from error
    if colour is None:
        colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    failed = False
    for file in files:
        name = click.format_filename(file)
        try:
            text = _read(file)
        except (OSError, ValueError) as error:
            failed = True
            reason = error.strerror if isinstance(error, OSError) else error
            click.echo(f"Error: {name}: {reason}", err=True)
            continue
        document = scorer.score(text, explain=True)
        judgement = judge(document, policy)
        if as_json:
            answer: dict[str, object] = {"id": name, "model": scorer.manifest.identity()}
            if _is_html(file):
                answer["text"] = text
            answer |= to_wire(document, offset_encoding=offset_encoding, explain=True)
            answer |= judgement_to_wire(judgement)
            click.echo(json.dumps(answer, ensure_ascii=False).encode())  # UTF-8 whatever the locale
        else:
            report = render(name, document, judgement, width=shutil.get_terminal_size().columns, colour=colour)
            click.echo(report.encode(sys.stdout.encoding, "replace"))
    if failed:
        ctx.exit(1)


def _policy(path: Path | None, name: str) -> Policy:
    try:
        policies = load_policies(path)
    except PolicyError as error:
        raise click.ClickException(str(error)) from error
    if name not in policies:
        raise click.ClickException(f"no policy is named '{name}'; there are {', '.join(policies)}")
    return policies[name]


def _read(file: str) -> str:
    with click.open_file(file, "rb") as stream:
        content = stream.read()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"not a UTF-8 text (byte {error.start})") from error
    if _is_html(file):
        text = _read_html(text)
    if not text.strip():
        raise ValueError("holds no text")
    language = other_language(text)
    if language is not None:
        raise ValueError(f"is in another language than English ({language})")
    return text


def _is_html(file: str) -> bool:
    return file.lower().endswith((".html", ".htm"))


def _read_html(html: str) -> str:
    from model.html import read_html  # noqa: PLC0415 # takes longer to import than a text to score

    return read_html(html)
