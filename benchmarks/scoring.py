"""How fast the model scores, beside the plainest scikit-learn pipeline, and how much memory it takes.

Run it with ``make bench``. Everything is timed in one run on one core; what counts is the ratio.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import click
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from benchmarks.processes import free_port, proportional_memory, wait_until_ready
from model.artefact import load_model
from training.corpus import load_corpus
from training.paths import CORPUS, MODEL

ROOT = Path(__file__).resolve().parents[1]
ARTICLES = 300
ROUNDS = 5


@click.command()
@click.option("--articles", default=ARTICLES, show_default=True, help="How many articles of the corpus to score.")
@click.option("--rounds", default=ROUNDS, show_default=True, help="How often; the fastest round counts.")
@click.option("--service/--no-service", default=True, help="Whether to start the service and measure its memory.")
def main(articles: int, rounds: int, *, service: bool) -> None:
    """Time scoring against a plain pipeline on the same sentences."""
    chosen = load_corpus(CORPUS)[:articles]
    texts = [article.text for article in chosen]
    scorer = load_model(MODEL)
    documents = scorer.score_many(texts)
    sentences = [d.text[s.start : s.end] for d in documents for s in d.sentences]
    labels = [s.label or "boilerplate" for d in documents for s in d.sentences]
    click.echo(f"peak memory after scoring them all: {_peak_memory():.0f} MiB")
    plain = make_pipeline(HashingVectorizer(ngram_range=(1, 2)), LogisticRegression(C=0.1, tol=0.01, max_iter=200))
    plain.fit(sentences, labels)

    click.echo(f"{len(texts)} articles, {len(sentences):,} sentences, the fastest of {rounds} rounds")
    own = _fastest(lambda: scorer.score_many(texts), rounds)
    alone = _fastest(lambda: [scorer.score(text) for text in texts], rounds)
    explained = _fastest(lambda: scorer.score_many(texts, explain=True), rounds)
    baseline = _fastest(lambda: plain.predict_proba(sentences), rounds)
    for name, seconds in (
        ("plain pipeline, given the sentences", baseline),
        ("onrecord, articles in batches", own),
        ("onrecord, article by article", alone),
        ("onrecord, with evidence", explained),
    ):
        click.echo(f"{name:38}{len(sentences) / seconds:10,.0f} sentences/s{seconds / baseline:8.2f} x the plain time")
    if service:
        click.echo(f"the service with two workers, after {len(texts)} articles: {_service_memory(texts):.0f} MiB")


def _peak_memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _fastest(work: Callable[[], object], rounds: int) -> float:
    def once() -> float:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    return min(once() for _ in range(rounds))


def _service_memory(texts: list[str]) -> float:
    """Memory of all processes of a service that has scored the texts, in MiB."""
    port = free_port()
    command = [Path(sys.executable).with_name("onrecord"), "serve", "--port", str(port), "--workers", "2"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            url = f"http://127.0.0.1:{port}"
            wait_until_ready(f"{url}/readyz")
            for text in texts:
                request = urllib.request.Request(
                    f"{url}/v1/score", json.dumps({"text": text}).encode(), {"Content-Type": "application/json"}
                )
                urllib.request.urlopen(request).close()
            return proportional_memory(server.pid)
        finally:
            server.terminate()


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()
