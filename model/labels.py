"""The four labels of data/codebook.md, and what each weighs in a strength."""

from __future__ import annotations

NAMED, OFFICIAL, ANONYMOUS, UNSOURCED = LABELS = ("named", "official", "anonymous", "unsourced")

#: Weight of each label in a sentence's strength; a setting, recorded in every model's manifest.
DEFAULT_WEIGHTS = {NAMED: 1.0, OFFICIAL: 0.75, ANONYMOUS: 0.35, UNSOURCED: 0.0}
