"""The key of a sample: what the model says of it, kept apart from what is labelled by hand."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from audit.statistics.confusion import Confusion, make_confusion

KEY_FILE: Final = "key.json"
#: Rises when the file changes its meaning.
_FORMAT: Final = 1


class KeyFileError(Exception):
    """A key that cannot be read."""


@dataclass(frozen=True, slots=True)
class KeySentence:
    """A sentence: a digest to know it by, and the model's label, which may be ``boilerplate``."""

    digest: str
    label: str


@dataclass(frozen=True, slots=True)
class KeyArticle:
    """An article of the sample: where it stands in the archive, how likely it was drawn, and its sentences."""

    id: str
    input: str
    record: int
    stratum: str
    probability: float
    sentences: tuple[KeySentence, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """The key.

    Attributes
    ----------
    model : dict
        The model's identity.
    archive : list of int
        Sentences of the whole archive by the model's label.
    confusion : list of list of int, or None
        The model's own.
    seed : int
    articles : list of KeyArticle
    """

    model: dict[str, Any]
    archive: list[int]
    confusion: list[list[int]] | None
    seed: int
    articles: list[KeyArticle]

    def own_confusion(self) -> Confusion | None:
        """The model's confusion on its held-out articles."""
        return None if self.confusion is None else make_confusion("the model's held-out articles", self.confusion)

    def write(self, folder: Path) -> None:
        """Write the key into the sample's folder."""
        content = json.dumps({"format": _FORMAT, **asdict(self)}, indent=1, ensure_ascii=False)
        (folder / KEY_FILE).write_text(content + "\n", encoding="utf-8", newline="\n")


def read_key(folder: Path) -> Key:
    """Read the key of a sample.

    Raises
    ------
    KeyFileError
        If there is none, or it is not what 'audit sample' wrote.
    """
    path = folder / KEY_FILE
    try:
        members = json.loads(path.read_text(encoding="utf-8"))
        if members.pop("format") != _FORMAT:
            raise KeyFileError(f"{path} was written by another version of this program")
        articles = [
            KeyArticle(**{**article, "sentences": tuple(KeySentence(**s) for s in article["sentences"])})
            for article in members.pop("articles")
        ]
        return Key(**members, articles=articles)
    except OSError as error:
        raise KeyFileError(f"{folder} is not the folder of a sample: it has no {KEY_FILE} that can be read") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise KeyFileError(f"{path} is not what 'audit sample' writes") from error


def sentence_digest(text: str) -> str:
    """What a sentence is known by, however it is spaced."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:16]
