"""Articles of the corpus as JSON lines, for other programs."""

from __future__ import annotations

import json
from collections.abc import Sequence

from training.corpus import CorpusArticle
from training.gold import from_corpus


def export_lines(articles: Sequence[CorpusArticle]) -> list[str]:
    """Articles as JSON lines: sentences with offsets in code points, and the marked spans."""
    lines = []
    for article in articles:
        text, spans = article.assemble()
        gold = from_corpus(article)
        sentences = []
        for (start, end), sentence in zip(spans, article.sentences, strict=True):
            member: dict[str, object] = {"start": start, "end": end, "label": sentence.label}
            for name, mark in (("source", sentence.source), ("cue", sentence.cue)):
                member[name] = None if mark is None else {"start": start + mark[0], "end": start + mark[1]}
            sentences.append(member)
        record = {
            "id": article.id,
            "genre": article.genre,
            "style": article.style,
            "desk": gold.desk,
            "region": gold.region,
            "text": text,
            "sentences": sentences,
        }
        lines.append(json.dumps(record, ensure_ascii=False))
    return lines
