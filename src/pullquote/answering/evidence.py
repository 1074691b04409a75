"""The evidence that a confidence is computed from, read off the best windows."""

from __future__ import annotations

import math
from collections.abc import Sequence

from pullquote.answering.windows import Window
from pullquote.confidence.decision import EVIDENCE_WINDOWS, Evidence


def gather_evidence(
    windows: Sequence[Window], question_words: int, searched: int, reranked: float | None
) -> Evidence:
    """Read the evidence off the best windows.

    Args:
        windows: best first, at least one.
        question_words: how many words the question has.
        searched: how many passages were searched.
        reranked: how likely the reranker takes the best of them to answer; None without one.
    """
    best = windows[:EVIDENCE_WINDOWS]
    return Evidence(
        similarity=(
            max(window.hit.similarity for window in windows)
            + max(window.similarity for window in best)
        )
        / 2,
        window=max(window.coverage for window in best),
        around=max(window.around for window in windows),
        reranker=reranked,
        words=question_words,
        size=math.log10(max(searched, 1)),
    )
