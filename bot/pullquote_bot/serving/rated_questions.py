"""Readers' ratings as a question set: one question for each answer that was rated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from pullquote_bot.serving.feedback import Feedback


@dataclass(frozen=True, slots=True)
class RatedQuestion:
    """A question, and what readers said of its answer.

    Attributes:
        feedback: the ratings of one answer.
    """

    feedback: Sequence[Feedback]

    @property
    def fields(self) -> dict[str, object]:
        """The line of the question set.

        Where most readers found the answer helpful, all its quotes are what is expected, and their
        articles, if there are several; else nothing is, because nobody said what would have been
        right.
        """
        first = self.feedback[0]
        helpful = sum(rating.helpful for rating in self.feedback)
        fields: dict[str, object] = {
            "id": str(first.message),
            "question": first.question,
            "asked": first.at[: len("2026-01-02")],
            "helpful": helpful,
            "unhelpful": len(self.feedback) - helpful,
            "comments": [rating.comment for rating in self.feedback if rating.comment],
            "generation": first.generation,
            "answer": first.address,
        }
        if first.archive:
            fields["archive"] = first.archive
        if first.quotes and 2 * helpful > len(self.feedback):
            spans: dict[str, list[list[int]]] = {}
            for named, start, end in first.quotes:
                spans.setdefault(named, []).append([start, end])
            (article, evidence), *others = spans.items()
            fields |= {"article": article, "evidence": evidence}
            if others:
                fields |= {"gold_articles": list(spans), "further_evidence": dict(others)}
        return fields


def rated_questions(feedback: Sequence[Feedback]) -> Iterator[RatedQuestion]:
    """The rated answers whose questions are known, in the order of their messages."""
    known = sorted((each for each in feedback if each.question), key=attrgetter("message"))
    for _, ratings in groupby(known, key=attrgetter("message")):
        yield RatedQuestion(list(ratings))
