"""The reason for a refusal: the subject, the answer, the dates, the source or the author."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from pullquote.answering.answers import Answer, Refusal
from pullquote.confidence.decision import Evidence, subject_probability
from pullquote.corpus.articles import Article

_ABOUT_SUBJECT = 0.5
"""The least probability at which the passages found count as being about the subject."""


def refusal_for(
    evidence: Evidence | None,
    withheld: Sequence[Article],
    *,
    is_found: bool,
    is_quoted: bool,
) -> Refusal:
    """Why a question is refused.

    Args:
        evidence: what the confidence was computed from; None if there is nothing to quote.
        withheld: articles that would be quoted if they had not changed.
        is_found: whether any window was found, also in another's words.
        is_quoted: whether the archive quotes the one whose words are asked for.
    """
    if withheld:
        return Refusal.CHANGED
    if is_quoted:
        return Refusal.NOT_SAID
    if evidence is None:
        return Refusal.NOTHING_ABOUT if is_found else Refusal.NOTHING_FOUND
    about_subject = subject_probability(evidence) >= _ABOUT_SUBJECT
    return Refusal.SUBJECT_ONLY if about_subject else Refusal.NOTHING_ABOUT


def blame_filter(filtered: Answer, unfiltered: Answer, reason: Refusal) -> Answer:
    """The refusal of a question with dates, a source or an author, given its answer without.

    Args:
        filtered: the refusal, from articles of those dates, that source and author.
        unfiltered: the answer to the same question from articles of any date, any source or
            any author.
        reason: the refusal's reason if only articles outside of the filter answer it.
    """
    steps = filtered.timings.keys() | unfiltered.timings.keys()
    timings = {
        step: filtered.timings.get(step, 0.0) + unfiltered.timings.get(step, 0.0) for step in steps
    }
    best = unfiltered.quotes[0].article if unfiltered.quotes else None
    if best is None or filtered.query.admits(best):
        return dataclasses.replace(filtered, timings=timings)
    if reason is Refusal.OUTSIDE_DATES:
        return dataclasses.replace(
            filtered, refusal=reason, outside_date=best.published, timings=timings
        )
    other = best.source if reason is Refusal.OTHER_SOURCE else ""
    return dataclasses.replace(filtered, refusal=reason, other_source=other, timings=timings)
