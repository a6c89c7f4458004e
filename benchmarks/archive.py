"""How fast an archive is scored, what the time goes into, and how much memory it takes.

Run it with ``make bench-archive``. The archive is made of the corpus's articles, their sentences mixed so that none
repeats another.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
import psutil

from audit.parts import scoring, texts
from audit.parts.files import FOLDERS, file_name
from audit.parts.part import cut
from audit.readers import find_inputs
from model import scorer as scoring_model
from model.artefact import load_model
from model.policy_file import DEFAULT, load_policies
from training.corpus import load_corpus
from training.paths import CORPUS, MODEL

ONRECORD = Path(sys.executable).with_name("onrecord")
PART_RECORDS = 500


@click.command()
@click.argument("measures", nargs=-1, type=click.Choice(["shares", "speed", "memory"]))
@click.option("--articles", default=6000, show_default=True, help="Articles to measure speed and shares on.")
@click.option("--pages", default=500, show_default=True, help="Pages of HTML to measure extraction on.")
@click.option("--small", default=10_000, show_default=True, help="Short articles of the smaller archive for memory.")
@click.option("--large", default=200_000, show_default=True, help="And of the larger one.")
def main(measures: tuple[str, ...], articles: int, pages: int, small: int, large: int) -> None:
    """Measure `onrecord audit run` on a generated archive: shares of time, speed and memory, or some of them."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        archive = folder / "archive.jsonl"
        archive.write_text("".join(f"{json.dumps({'text': text})}\n" for text in islice(_mixed(), articles)))
        if not measures or "shares" in measures:
            html = folder / "pages"
            html.mkdir()
            for number, text in enumerate(islice(_mixed(), pages)):
                (html / f"{number:06d}.html").write_text(_page(text))
            _shares("JSON lines", archive)
            _shares("pages", html)
        if not measures or "speed" in measures:
            _speed(archive, folder)
        if not measures or "memory" in measures:
            _memory({count: folder / f"{count}.jsonl" for count in (small, large)})


def _mixed() -> Iterator[str]:
    """Articles of the corpus's length, each of sentences of several articles."""
    paragraphs = [p for article in load_corpus(CORPUS) for p in article.text.split("\n\n")]
    lengths = [article.text.count("\n\n") + 1 for article in load_corpus(CORPUS)]
    draw = random.Random(0)  # noqa: S311 # no secret
    while True:
        yield "\n\n".join(draw.choices(paragraphs, k=draw.choice(lengths)))


def _page(text: str) -> str:
    """An article in a page with what usually stands around it."""
    items = "".join(f'<li><a href="/section/{n}">Section {n}</a></li>' for n in range(60))
    body = "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n\n"))
    script = "<script>" + "window.dataLayer=window.dataLayer||[];" * 400 + "</script>"
    return (
        f"<!doctype html><html><head><title>News</title>{script}</head><body><nav><ul>{items}</ul></nav>"
        f"<main><article><h1>Headline of the day</h1>{body}</article></main>"
        f"<aside><ul>{items}</ul></aside><footer><p>About us</p><ul>{items}</ul></footer></body></html>"
    )


def _shares(name: str, archive: Path) -> None:
    """What the time of one process goes into, everything that a run does to the records done by one."""
    clock = _Clock()
    scorer = load_model(MODEL)
    rules = scoring.Rules(load_policies()[DEFAULT], None)
    with TemporaryDirectory() as out, clock.patched():
        for folder in FOLDERS:
            (Path(out) / folder).mkdir()
        parts = cut(_read(archive), PART_RECORDS)
        begun = time.perf_counter()
        while (part := clock.timed("reading", next)(parts, None)) is not None:
            name_of_files = clock.timed("reading", file_name)(part, scorer.manifest.digest)
            scoring.score_part(part, name_of_files, scorer, rules, Path(out))
        whole = time.perf_counter() - begun
    # Sentences are found within scoring, and texts are looked at within reading them.
    seconds = clock.seconds
    seconds["scoring"] -= seconds["segmentation"]
    seconds["rows, signatures and the rest"] = whole - sum(seconds.values())
    click.echo(f"\n{name}: shares of the time of one process ({whole:.1f} s)")
    for step, spent in seconds.items():
        click.echo(f"  {step:32}{spent / whole:6.1%}")


def _read(archive: Path) -> Iterator[Any]:
    for item in find_inputs([str(archive)]).inputs:
        yield from item.records()


class _Clock:
    """Sums up the time spent in functions."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def timed(self, step: str, function: Callable[..., Any]) -> Callable[..., Any]:
        self.seconds.setdefault(step, 0.0)

        def call(*arguments: Any, **options: Any) -> Any:
            start = time.perf_counter()
            try:
                return function(*arguments, **options)
            finally:
                self.seconds[step] += time.perf_counter() - start

        return call

    @contextmanager
    def patched(self) -> Iterator[None]:
        """Time the steps of `audit.parts.scoring.score_part`."""
        steps = [
            ("HTML extraction", texts, "read_html"),
            ("segmentation", scoring_model, "segment"),
            ("scoring", scoring_model.Scorer, "score_many"),
            ("flags", scoring, "judge"),
            ("writing", scoring, "write_part"),
        ]
        before = [(owner, name, getattr(owner, name)) for _, owner, name in steps]
        for step, owner, name in steps:
            setattr(owner, name, self.timed(step, getattr(owner, name)))
        try:
            yield
        finally:
            for owner, name, function in before:
                setattr(owner, name, function)


def _speed(archive: Path, folder: Path) -> None:
    """Articles and sentences a second, at one process and at two."""
    rates = {}
    click.echo("\nspeed, from the start of scoring to its end")
    for workers in (1, 2):
        seconds, counts = _scored(archive, folder / f"out-{workers}", workers)
        rates[workers] = counts["articles"] / seconds
        click.echo(
            f"  {workers} process{'es' if workers > 1 else ''}: {rates[workers]:,.0f} articles/s, "
            f"{counts['sentences'] / seconds:,.0f} sentences/s"
        )
    click.echo(f"  efficiency at two: {rates[2] / rates[1] / 2:.2f}")


def _scored(archive: Path, out: Path, workers: int) -> tuple[float, dict[str, int]]:
    """Run in small parts, and time from the first to the last: without loading and looking for duplicates."""
    _run(archive, out, workers, "--part-records", "50")
    times = sorted(path.stat().st_mtime for path in (out / "articles").iterdir())
    counts: dict[str, int] = json.loads((out / "run.json").read_text())["counts"]
    share = (len(times) - workers) / len(times)  # of the parts that were written after the first of each process
    return (times[-1] - times[workers - 1]) / share, counts


def _memory(archives: dict[int, Path]) -> None:
    """Peak memory of the driver, of its largest worker, and of all processes at one time."""
    click.echo("\npeak memory, two processes, short articles")
    for count, path in archives.items():
        with path.open("w") as file:
            for text in islice(_mixed(), count):
                file.write(f"{json.dumps({'text': text[:400]})}\n")
        peaks = zip(("driver", "worker", "together"), _run(path, path.with_suffix(".out"), 2), strict=True)
        click.echo(f"  {count:9,} articles: " + ", ".join(f"{name} {peak:,.0f} MiB" for name, peak in peaks))


def _run(archive: Path, out: Path, workers: int, *options: str) -> tuple[float, float, float]:
    """Run the command; peaks of resident memory in MiB: the driver's, the largest other process's, that of all."""
    command = [ONRECORD, "audit", "run", archive, "--out", out, "--workers", str(workers), *options]
    driver = worker = together = 0.0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as run:
        process = psutil.Process(run.pid)
        while run.poll() is None:
            try:
                own, *others = (p.memory_info().rss / 2**20 for p in [process, *process.children(recursive=True)])
            except psutil.NoSuchProcess:
                continue  # one has just ended
            driver, worker, together = max(driver, own), max([worker, *others]), max(together, own + sum(others))
            time.sleep(0.2)
        if run.returncode:
            raise click.ClickException(f"the run failed: {run.stderr.read().decode() if run.stderr else ''}")
    return driver, worker, together


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()
