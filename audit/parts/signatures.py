"""What repeated articles are recognised by, kept for each article beside the tables."""

from __future__ import annotations

import hashlib
from typing import Final

import numpy as np
import pyarrow as pa
from rensa import RMinHash

from model.document import ScoredDocument

#: Words in a shingle.
SHINGLE: Final = 5
#: Minima in a signature: the estimated similarity has a standard error of at most 1 / (2 √128) = 0.044.
MINIMA: Final = 128
_SEED: Final = 1

#: One row an article. ``text`` is the start of the SHA-256 of its text but for white space; ``signature`` the minima
#: over its shingles, little-endian, null for what is too short to have any.
SIGNATURES: Final = pa.schema(
    [
        ("input", pa.string()),
        ("record", pa.int64()),
        ("date", pa.string()),
        ("text", pa.binary(16)),
        ("signature", pa.binary(4 * MINIMA)),
    ]
)


def text_key(text: str) -> bytes:
    """What texts share that differ in nothing but white space, 16 bytes."""
    return hashlib.sha256(" ".join(text.split()).encode()).digest()[:16]


def signature(document: ScoredDocument) -> bytes | None:
    """MinHash (Broder 1997) of a document's word shingles; boilerplate, which differs by outlet, is left out."""
    article = " ".join(document.text[s.start : s.end] for s in document.sentences if not s.boilerplate)
    words = article.lower().split()
    if len(words) < SHINGLE:
        return None
    sketch = RMinHash(num_perm=MINIMA, seed=_SEED)
    sketch.update([" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)])
    return np.array(sketch.digest(), "<u4").tobytes()
