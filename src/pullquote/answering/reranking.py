"""The best windows, read once more: by a model that sees the question and the window together."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from pullquote.answering.selection import distinct
from pullquote.answering.windows import Window, best_first
from pullquote.confidence.curves import sigmoid
from pullquote.corpus.passages import PassageId
from pullquote.corpus.spans import Span
from pullquote.english.question_time import without_date
from pullquote.models.reranker import Reranker
from pullquote.weights import WEIGHTS, Weights


def rerank(
    windows: Sequence[Window],
    question: str,
    reranker: Reranker | None,
    spans: int,
    weights: Weights = WEIGHTS,
) -> tuple[list[Window], float | None]:
    """Add to the windows' scores what a reranker makes of the best of them.

    Args:
        windows: best first, at least one.
        question: its text. Windows of the time that it names are read with the question without that date, which articles seldom print.
        reranker: reads pairs; None where none is used.
        spans: how many windows are read. Windows that overlap a better one, or say the same, are not.
        weights: how its figure weighs.

    Returns:
        All windows, best first, and how likely the likeliest of them answers, from 0 to 1 (None without
        a reranker). A window that was not read counts as the least likely of those that were.
    """
    if reranker is None:
        return list(windows), None
    read = list(itertools.islice(distinct(windows), spans))
    of_window: dict[tuple[PassageId, Span], float] = {}
    for asked, timely in ((question, False), (without_date(question), True)):
        group = [window for window in read if bool(window.parts["timely"]) is timely]
        figures = reranker.figures(asked, [(window.article.title, window.text) for window in group])
        of_window |= {
            (window.passage.id, window.span): figure
            for window, figure in zip(group, figures, strict=True)
        }
    least = min(of_window.values())
    scored = [
        window.reranked(weights.reranker * of_window.get((window.passage.id, window.span), least))
        for window in windows
    ]
    return best_first(scored), sigmoid(max(of_window.values()))
