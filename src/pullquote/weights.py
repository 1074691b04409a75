"""The weights of a score's parts, read from `ranking.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path


# The representation of this class is part of `pullquote.confidence.decision.fingerprint`: another
# name for a field would turn stored calibrations away. The names are also keys of the JSON output.
@dataclass(frozen=True, slots=True)
class Weights:
    """The factor of each part of a score; `ranking.toml` says what each part is."""

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
"""The weights in force."""
