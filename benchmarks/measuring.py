"""What the benchmarks share: questions, percentiles, memory."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Sequence
from pathlib import Path

from pullquote.answering.open_index import OpenIndex
from pullquote.models.reranker import NONE
from pullquote.settings import load_settings

_PLAIN = (
    "What did Pakistan's defence minister threaten?", "Who mediated the talks?", "Where did the talks take place?",
    "How many Pakistani soldiers were killed?", "Who won the 2022 World Cup?", "What does Bill Roggio say of Bagram?",
)  # fmt: skip


def questions_of(file: Path | None, count: int) -> list[str]:
    """So many questions, in an order that is the same each time; without a file, a few about seeds/ again and again."""
    texts = (
        [json.loads(line)["question"] for line in file.read_text(encoding="utf-8").splitlines()]
        if file
        else list(_PLAIN)
    )
    random.Random(1).shuffle(texts)  # noqa: S311 - no secret
    return [texts[at % len(texts)] for at in range(count)]


def opened(index: Path) -> OpenIndex:
    """An index's archive."""
    return OpenIndex(load_settings({**os.environ, "PULLQUOTE_INDEX_PATH": str(index)}))


def rerankings() -> dict[str, dict[str, str]]:
    """The ways of answering that are measured, by name, each as a process's environment: as the settings say, and without a reranker.

    Where the settings name no reranker, only the latter.
    """
    bare = {"without the reranker": {**os.environ, "PULLQUOTE_RERANK_MODEL": NONE}}
    return (
        bare
        if load_settings(os.environ).rerank.model == NONE
        else {"with the reranker": dict(os.environ), **bare}
    )


def percentile(values: Sequence[float], share: float) -> float:
    """The value that so large a share did not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def resident_mb() -> float:
    """Memory that this process holds, in MB."""
    return (
        int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        * os.sysconf("SC_PAGE_SIZE")
        / 1e6
    )
