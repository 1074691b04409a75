"""How the parts of a score weigh: `ranking.toml`, which is there to be read."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Weights:
    """What each part of a score is multiplied by; `ranking.toml` says what each part is."""

    similarity: float
    coverage: float
    headline: float
    passage: float
    fused: float
    kind: float
    position: float
    opening: float
    leaning: float
    timely: float
    recency: float
    reranker: float


WEIGHTS = Weights(
    **tomllib.loads(Path(__file__).with_name("ranking.toml").read_text(encoding="utf-8"))
)
"""Those in force."""
