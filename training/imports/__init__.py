"""Labelled data of annotation tools, turned into articles of the corpus.

A module a tool reads its files as `LabelledText`: a text with named spans. `to_article` lays them over the
sentences. Spans named after a label of the codebook, or "boilerplate", label the sentences that they cover; spans
named "source" and "cue" become marks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from training.imports.articles import to_article, with_proposed_labels
from training.imports.brat import read_brat
from training.imports.doccano import read_doccano
from training.imports.label_studio import read_label_studio
from training.imports.labelled import ImportFileError, LabelledText
from training.imports.prodigy import read_prodigy

__all__ = ["READERS", "ImportFileError", "LabelledText", "to_article", "with_proposed_labels"]

#: The reader of each tool's files.
READERS: dict[str, Callable[[Path], Iterator[LabelledText]]] = {
    "label-studio": read_label_studio,
    "doccano": read_doccano,
    "prodigy": read_prodigy,
    "brat": read_brat,
}
