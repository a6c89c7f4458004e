"""The written corpus: reading its articles, and finding their faults."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from model.corpus_format import CorpusArticle, CorpusError, Fault, parse

NEAR_DUPLICATE = 0.3  # Jaccard similarity of five-word shingles from which two articles count as one


def parse_article(text: str, path: Path) -> CorpusArticle:
    """Parse one article to train on or to measure on.

    Raises
    ------
    CorpusError
        Names every fault of the file at once.
    """
    article = parse(text, path)
    if all(sentence.label == "boilerplate" for sentence in article.sentences):
        raise CorpusError([Fault(path, 1, "no labelled sentence")])
    return article


def load_corpus(folder: Path) -> list[CorpusArticle]:
    """Read every article under ``folder``, sorted by id.

    Raises
    ------
    CorpusError
        If any article has a fault, or there is none.
    """
    articles, faults = _read(folder)
    if faults:
        raise CorpusError(faults)
    return articles


def find_faults(*folders: Path) -> list[Fault]:
    """Every fault of the articles: format, marks, labels, duplicates and near-duplicates, folders taken together."""
    articles: list[CorpusArticle] = []
    faults: list[Fault] = []
    for folder in folders:
        found, wrong = _read(folder)
        articles += found
        faults += wrong
    return sorted(
        [*faults, *_repeated_sentences(articles), *_near_duplicates(articles)], key=lambda f: (f.path, f.line)
    )


def _read(folder: Path) -> tuple[list[CorpusArticle], list[Fault]]:
    articles: list[CorpusArticle] = []
    faults: list[Fault] = []
    for path in sorted(folder.glob("*.txt")):
        try:
            articles.append(parse_article(path.read_bytes().decode("utf-8"), path))
        except UnicodeDecodeError as error:
            faults.append(Fault(path, 1, f"not UTF-8: byte {error.start}"))
        except CorpusError as error:
            faults += error.faults
    if not articles and not faults:
        faults.append(Fault(folder, 0, "no articles (*.txt) here"))
    return articles, faults


def _repeated_sentences(articles: Iterable[CorpusArticle]) -> Iterator[Fault]:
    """Sentences of eight words or more that stand twice, boilerplate aside."""
    seen: dict[str, tuple[Path, int]] = {}
    for article in articles:
        for sentence in article.sentences:
            words = re.findall(r"\w+", sentence.text.lower())
            if sentence.label == "boilerplate" or len(words) < 8:
                continue
            first = seen.setdefault(" ".join(words), (article.path, sentence.line))
            if first != (article.path, sentence.line):
                yield Fault(article.path, sentence.line, f"repeats {first[0].name}:{first[1]}")


def _near_duplicates(articles: Iterable[CorpusArticle]) -> Iterator[Fault]:
    shingles: dict[Path, set[str]] = {}
    holders: dict[str, list[Path]] = defaultdict(list)
    for article in articles:
        text = " ".join(s.text for s in article.sentences if s.label != "boilerplate")
        words = re.findall(r"\w+", text.lower())
        shingles[article.path] = {" ".join(words[i : i + 5]) for i in range(len(words) - 4)}
        for shingle in shingles[article.path]:
            holders[shingle].append(article.path)
    shared: dict[tuple[Path, Path], int] = defaultdict(int)
    for paths in holders.values():
        for pair in itertools.combinations(paths, 2):
            shared[pair] += 1
    for (a, b), n in shared.items():
        similarity = n / (len(shingles[a]) + len(shingles[b]) - n)
        if similarity >= NEAR_DUPLICATE:
            yield Fault(b, 1, f"a near-duplicate of {a.name} (similarity {similarity:.2f})")
