"""Why a question is not answered: nothing about its subject, nothing that answers it, or not in the dates asked."""

from __future__ import annotations

import dataclasses

from pullquote.answers import Answer, Refusal
from pullquote.decision import Evidence

_NEAR, _NEARER = 0.3, 0.04
"""The least mean of two figures, the share of the question's words that stand together and the similarity of meaning, that
tells of its subject: in one passage, and how much more for each tenfold, for among many some are near by chance. Chosen by
reading refused questions of news-dev and of small archives; it decides nothing but the words of a refusal."""


def shortfall(evidence: Evidence) -> Refusal:
    """What the best that was found falls short of."""
    near = (evidence.around + evidence.similarity) / 2 >= _NEAR + _NEARER * evidence.size
    return Refusal.NOT_SURE if near else Refusal.NOTHING_ABOUT


def only_outside(within: Answer, anywhen: Answer) -> Answer:
    """The refusal of a question with dates, in the light of what is found without them.

    Args:
        within: the refusal, from articles of those dates.
        anywhen: what the same question finds in articles of any date.
    """
    steps = within.timings.keys() | anywhen.timings.keys()
    timings = {step: within.timings.get(step, 0.0) + anywhen.timings.get(step, 0.0) for step in steps}
    best = anywhen.quotes[0].article if anywhen.quotes else None
    if best is None or within.query.admits(best):
        return dataclasses.replace(within, timings=timings)
    return dataclasses.replace(within, refusal=Refusal.OUTSIDE_DATES, outside=best.published, timings=timings)
