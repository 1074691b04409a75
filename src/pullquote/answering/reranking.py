"""Reranking: a model reads the best windows together with the question."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pullquote.answering.read_texts import ReadText, passages_of, windows_alone
from pullquote.answering.selection import distinct
from pullquote.answering.windows import Window, WindowPlace, best_first
from pullquote.confidence.curves import sigmoid
from pullquote.models.reranker import Reranker, SpanScore
from pullquote.weights import WEIGHTS, Weights

_FOLLOWING = 3
"""The texts after the best with which its logit is compared."""
_NOTHING = -4.0
"""The logit that stands for each that is missing, where fewer were read: about that of a passage on
something else."""


@dataclass(frozen=True, slots=True)
class RerankerScore:
    """What the reranker makes of the windows that it read.

    Attributes:
        probability: the highest probability that one of them answers, from 0 to 1.
        lead: by how much its logit exceeds the mean of the next three.
    """

    probability: float
    lead: float


# Longer than 40 lines because it describes each of its arguments.
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
    texts = passages_of(read, windows) if reranker.card.reads == "passages" else windows_alone(read)
    scores: dict[WindowPlace, SpanScore] = {}
    for asked, is_timely in ((question, False), (timely_question or question, True)):
        group = [text for text in texts if text.is_timely is is_timely]
        found = reranker.score(asked, [text.spans_of_text for text in group])
        for text, of_spans in zip(group, found, strict=True):
            for window, score in zip(text.windows, of_spans, strict=True):
                if score is not None:
                    scores[window.place] = score
    if not scores:
        return list(windows), RerankerScore(0.0, 0.0)
    lowest = min(score.logit for score in scores.values())
    reranked = []
    for window in windows:
        score = scores.get(window.place)
        logit = score.logit if score else lowest
        reranked.append(window.reranked(weights.reranker * logit, score))
    return best_first(reranked), _score(_highest_of_texts(texts, scores))


def _highest_of_texts(
    texts: Sequence[ReadText], scores: Mapping[WindowPlace, SpanScore]
) -> list[float]:
    """The highest logit of each text that was read, the highest first."""
    of_texts = (
        [scores[window.place].logit for window in text.windows if window.place in scores]
        for text in texts
    )
    return sorted((max(of_text) for of_text in of_texts if of_text), reverse=True)


def _score(logits: Sequence[float]) -> RerankerScore:
    """The score of logits, the highest first."""
    best, *others = logits
    nothing = [min(*logits, _NOTHING)] * _FOLLOWING
    return RerankerScore(sigmoid(best), best - statistics.fmean([*others, *nothing][:_FOLLOWING]))
