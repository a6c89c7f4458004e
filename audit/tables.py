"""The tables of a run and where they stand in its folder. All offsets are code points of the text that was scored."""

from __future__ import annotations

from typing import Final

import pyarrow as pa

from model.labels import LABELS

_KEY: Final = [("input", pa.string()), ("record", pa.int64())]
_PROBABILITIES: Final = [(f"p_{label}", pa.float32()) for label in LABELS]

#: One row an article. ``p_…`` are sums of the probabilities over the labelled sentences: expected counts.
ARTICLES: Final = pa.schema(
    [
        *_KEY,
        *[(name, pa.string()) for name in ("id", "outlet", "date", "section", "author", "url", "title")],
        ("text_sha256", pa.string()),
        ("words", pa.int32()),
        ("sentences", pa.int32()),
        ("boilerplate", pa.int32()),
        ("strength", pa.float32()),
        *[(label, pa.int32()) for label in LABELS],
        *_PROBABILITIES,
        ("longest_unsourced_run", pa.int32()),
        ("verdict", pa.string()),
        ("flags", pa.list_(pa.string())),  # codes of model.standards, each once
    ]
)

#: One row a sentence. Boilerplate has no label, strength or probabilities. ``source`` and ``cue`` are the words
#: of the evidence.
SENTENCES: Final = pa.schema(
    [
        *_KEY,
        ("sentence", pa.int32()),
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("boilerplate", pa.bool_()),
        ("label", pa.string()),
        ("strength", pa.float32()),
        *_PROBABILITIES,
        ("source", pa.string()),
        ("cue", pa.string()),
        ("flags", pa.list_(pa.string())),
    ]
)

#: One row a record that could not be scored.
REJECTED: Final = pa.schema([*_KEY, ("line", pa.int64()), ("reason", pa.string())])

#: One row an article that repeats an earlier one. ``of_…`` is the earliest article of its cluster;
#: ``kind`` is exact or near, ``similarity`` the estimated Jaccard similarity to that one.
DUPLICATES: Final = pa.schema(
    [
        *_KEY,
        ("of_input", pa.string()),
        ("of_record", pa.int64()),
        ("kind", pa.string()),
        ("similarity", pa.float32()),
    ]
)

#: Folders of parts in a run's folder, each with files part-NNNNNN-….parquet, to be read in the order of their names.
PARTS: Final = {"articles": ARTICLES, "sentences": SENTENCES, "rejected": REJECTED}
#: One file beside them.
DUPLICATES_FILE: Final = "duplicates.parquet"
#: What the run was: inputs with digests, options, model, policy, versions, counts.
MANIFEST_FILE: Final = "run.json"
