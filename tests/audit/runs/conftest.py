from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.audit.runs.running import Cluster, cluster, started
from training.corpus import load_corpus
from training.paths import EVALUATION

SECRET = "Wisteria"  # stands for an article's text, which must turn up in no log
GERMAN = "Die Brücke ist seit Freitag gesperrt, sagte ein Sprecher der Stadt am Montag vor Journalisten im Rathaus."


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of some 400 short articles in several kinds of files, with what cannot be scored among them."""
    folder = tmp_path_factory.mktemp("archive")
    texts = [article.text for article in load_corpus(EVALUATION)]
    lines = [
        json.dumps(
            {"text": f"{texts[n % len(texts)][150 * (n // len(texts)) :][:600]} {SECRET} {n}.", "outlet": "Gazette"}
        )
        for n in range(400)
    ]
    lines[20] = '{"text": '
    lines[40] = json.dumps({"text": GERMAN})
    (folder / "a.jsonl").write_text("\n".join(lines) + "\n")
    (folder / "b.html").write_text("<html><body><article><p>Officials said it was closed.</p></article></body></html>")
    (folder / "c.txt").write_text("The road was closed, police said.\n\nIt rained.")
    (folder / "d.html").write_text("<p>" + "<i>" * 300 + "Nested</p>")
    return folder


@pytest.fixture(scope="session")
def undisturbed(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run over the archive by one process that nothing befell."""
    out = tmp_path_factory.mktemp("runs") / "undisturbed"
    run = started(archive, out, "--workers", "1").finish()
    assert run.code == 0, run.errors
    return out


@pytest.fixture(scope="session")
def remote(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A scheduler and two workers as processes of their own."""
    with cluster(tmp_path_factory.mktemp("cluster"), workers=2) as running:
        yield running
