"""Make the archive of docs/auditing.md: articles of the corpus, with outlets, dates and authors made up.

Run it with ``python -m docs.example_archive FILE``.
"""

from __future__ import annotations

import json
from pathlib import Path

import click

from training.corpus import load_corpus
from training.paths import CORPUS

ARTICLES = 48
OUTLETS = ("The Herald", "The Echo")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def main(file: Path) -> None:
    """Write the archive to FILE, an article a line."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="\n") as lines:
        for number, article in enumerate(load_corpus(CORPUS)[:ARTICLES]):
            record = {
                "id": article.id,
                "outlet": OUTLETS[number % 2],
                "published": f"{2021 + number % 4}-{1 + number % 12:02}-01",
                "desk": article.genre,
                "author": f"Reporter {number % 5 + 1}",
                "body": article.text,
            }
            lines.write(json.dumps(record, ensure_ascii=False) + "\n")
    click.echo(f"wrote {ARTICLES} articles to {file}")


if __name__ == "__main__":
    main()
