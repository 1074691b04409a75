"""The evidence for a confidence, taken from the best windows."""

from __future__ import annotations

import math
from collections.abc import Sequence

from pullquote.answering.windows import Window
from pullquote.confidence.decision import EVIDENCE_WINDOWS, Evidence


def gather_evidence(
    windows: Sequence[Window],
    word_count: int,
    passages_searched: int,
    reranker_probability: float | None,
) -> Evidence:
    """Take the evidence from the best windows.

    Args:
        windows: best first, at least one.
        word_count: the number of words of the question.
        passages_searched: the number of passages searched.
        reranker_probability: the probability that the best of the windows answers, according to
            the reranker; None without a reranker.
    """
    best = windows[:EVIDENCE_WINDOWS]
    passage_similarity = max(window.hit.similarity for window in windows)
    sentence_similarity = max(window.similarity for window in best)
    return Evidence(
        similarity=(passage_similarity + sentence_similarity) / 2,
        window_coverage=max(window.coverage for window in best),
        passage_coverage=max(window.passage_coverage for window in windows),
        reranker=reranker_probability,
        word_count=word_count,
        log_passages=math.log10(max(passages_searched, 1)),
    )
