"""Why a question is not answered: nothing about its subject, nothing that answers it, or not in the dates or of the source asked for."""

from __future__ import annotations

import dataclasses

from pullquote.answering.answers import Answer, Refusal
from pullquote.confidence.decision import Evidence

_NEAR, _NEARER = 0.3, 0.04
"""The least mean of two figures, the share of the question's words that stand together and the similarity of meaning, that
tells of its subject: in one passage, and how much more for each tenfold, for among many some are near by chance. Chosen by
reading refused questions of news-dev and of small archives; it decides nothing but the words of a refusal."""


def shortfall(evidence: Evidence) -> Refusal:
    """What the best that was found falls short of."""
    near = (evidence.around + evidence.similarity) / 2 >= _NEAR + _NEARER * evidence.size
    return Refusal.NOT_SURE if near else Refusal.NOTHING_ABOUT


def only_elsewhere(within: Answer, widened: Answer, reason: Refusal) -> Answer:
    """The refusal of a question with dates or a source, in the light of what is found without them.

    Args:
        within: the refusal, from articles of those dates and that source.
        widened: what the same question finds in articles of any date, or of any source.
        reason: for refusing where only those answer.
    """
    steps = within.timings.keys() | widened.timings.keys()
    timings = {
        step: within.timings.get(step, 0.0) + widened.timings.get(step, 0.0) for step in steps
    }
    best = widened.quotes[0].article if widened.quotes else None
    if best is None or within.query.admits(best):
        return dataclasses.replace(within, timings=timings)
    of_dates = reason is Refusal.OUTSIDE_DATES
    outside, elsewhere = best.published if of_dates else None, "" if of_dates else best.source
    return dataclasses.replace(
        within, refusal=reason, outside=outside, elsewhere=elsewhere, timings=timings
    )
