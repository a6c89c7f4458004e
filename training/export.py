"""Articles of the corpus as JSON lines, for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from model.corpus_format import CorpusArticle
from training.gold import from_corpus


def export_lines(articles: Iterable[CorpusArticle]) -> Iterator[str]:
    """Articles as JSON lines: sentences with offsets in code points, and the marked spans."""
    for article in articles:
        gold = from_corpus(article)
        sentences = [
            {
                "start": place.start,
                "end": place.end,
                "label": place.label,
                "source": _mark(place.start, sentence.source),
                "cue": _mark(place.start, sentence.cue),
            }
            for place, sentence in zip(gold.sentences, article.sentences, strict=True)
        ]
        record = {
            "id": article.id,
            "genre": article.genre,
            "style": article.style,
            "desk": gold.desk,
            "region": gold.region,
            "text": gold.text,
            "sentences": sentences,
        }
        yield json.dumps(record, ensure_ascii=False)


def _mark(offset: int, mark: tuple[int, int] | None) -> dict[str, int] | None:
    return None if mark is None else {"start": offset + mark[0], "end": offset + mark[1]}
