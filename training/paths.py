"""Where the checkout keeps what the commands read and write."""

from __future__ import annotations

from pathlib import Path

from training.release import NAME

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "data" / "corpus"
#: Held-out articles: no model is trained on them.
EVALUATION = ROOT / "data" / "evaluation"
GATE = ROOT / "data" / "gate.json"
ABLATION = ROOT / "data" / "ablation.json"
CURVE = ROOT / "data" / "learning-curve.json"
MODEL = ROOT / "models" / NAME
