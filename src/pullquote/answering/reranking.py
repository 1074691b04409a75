"""Reranking: a model reads the best windows together with the question."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from pullquote.answering.selection import distinct
from pullquote.answering.windows import Window, best_first
from pullquote.confidence.curves import sigmoid
from pullquote.corpus.passages import PassageId
from pullquote.corpus.spans import Span
from pullquote.models.reranker import Reranker
from pullquote.weights import WEIGHTS, Weights

_FOLLOWING = 3
"""The windows after the best with which its logit is compared."""


@dataclass(frozen=True, slots=True)
class RerankerScore:
    """What the reranker makes of the windows that it read.

    Attributes:
        probability: the highest probability that one of them answers, from 0 to 1.
        lead: by how much its logit exceeds the mean of the next three.
    """

    probability: float
    lead: float


def rerank(
    windows: Sequence[Window],
    question: str,
    reranker: Reranker | None,
    spans: int,
    weights: Weights = WEIGHTS,
    timely_question: str = "",
) -> tuple[list[Window], RerankerScore | None]:
    """Add the reranker's part to the scores of windows.

    Args:
        windows: best first, at least one.
        question: its text.
        reranker: scores pairs of question and window; None if the settings name none.
        spans: the most windows to read. Overlapping and duplicate windows are not read.
        weights: the weights of a score's parts.
        timely_question: the question without its date, with which windows of the time that it
            names are read, because articles seldom print their own date; empty if it names none.

    Returns:
        All windows, best first, and the reranker's score; None without a reranker. A window that
        was not read gets the lowest logit of those read.
    """
    if reranker is None:
        return list(windows), None
    read = list(itertools.islice(distinct(windows), spans))
    logits: dict[tuple[PassageId, Span], float] = {}
    for text, is_timely in ((question, False), (timely_question or question, True)):
        group = [window for window in read if bool(window.parts["timely"]) is is_timely]
        pairs = [(window.names, window.text) for window in group]
        logits |= {
            (window.passage.id, window.span): logit
            for window, logit in zip(group, reranker.logits(text, pairs), strict=True)
        }
    lowest = min(logits.values())
    reranked = [
        window.reranked(weights.reranker * logits.get((window.passage.id, window.span), lowest))
        for window in windows
    ]
    return best_first(reranked), _score(sorted(logits.values(), reverse=True))


def _score(logits: Sequence[float]) -> RerankerScore:
    """The score of logits, the highest first."""
    best, following = logits[0], logits[1 : 1 + _FOLLOWING]
    lead = best - statistics.fmean(following) if following else 0.0
    return RerankerScore(sigmoid(best), lead)
