"""Conversations: a question is answered as the follow-up of the one before it, or as a new one."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence

from pullquote.answering.answers import Answer, Refusal
from pullquote.answering.archive_day import archive_day
from pullquote.answering.follow_up_readings import LONGEST_READING, read_follow_up
from pullquote.answering.follow_up_relation import Relation, relatedness
from pullquote.answering.named_scope import with_named_scope
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.query import Query
from pullquote.answering.turns import ShownQuote, Turn
from pullquote.english.question_form import bare_question, only_greets
from pullquote.english.stems import analyse

_MARGIN = 0.1
"""As typed a question must be answered with this much more confidence."""
_QUOTES = 3
"""The first quotes of an answer, to which the next question may refer."""


def answer_follow_up(query: Query, archive: OpenIndex, ask: Callable[[Query], Answer]) -> Answer:
    """Answer a question that may refer to the turn before it.

    If it may also be about something else, it is asked with and without the words that it would
    take from there, and the reading counts whose best passage has more of its own words, or else
    the more confident one. One whose words the quoted articles have is asked without them if it is
    not answered with them, and counts if one of these articles answers it.

    Args:
        query: the question; it has the turn.
        archive: the open index.
        ask: answers a query of its own.
    """
    turn = query.follows
    alone = dataclasses.replace(query, follows=None)
    question = bare_question(query.text)
    if turn is None or only_greets(query.text) or len(question) > LONGEST_READING:
        return ask(alone)
    if scoped := with_named_scope(alone, question, archive.store):
        return ask(scoped.read_as(turn.question))
    asked = query.asked_on or query.as_of or archive_day(archive.store, archive.settings)
    relation, own_words = relatedness(question, turn, asked)
    joined = alone.read_as(read_follow_up(question, turn, asked))
    if relation is Relation.NEW or not joined.carried:
        return ask(alone)
    found = ask(joined)
    if relation is Relation.NEAR and not found.answered:
        as_typed = ask(alone)
        shown = {quote.article.id for quote in turn.quotes}
        if as_typed.answered and as_typed.quotes[0].article.id in shown:
            return as_typed
    elif relation is Relation.OPEN or (relation is Relation.LIKELY and not found.quotes):
        as_typed = ask(alone)
        has_more, confidence = _merit(as_typed, own_words)
        if (has_more, confidence - _MARGIN) > _merit(found, own_words):
            return as_typed
    return found


def _merit(answer: Answer, own_words: Sequence[str]) -> tuple[int, float]:
    """How many of the question's own words the best passage has, and the confidence."""
    if not answer.quotes:
        return -1, answer.confidence
    best = answer.quotes[0]
    terms = set(analyse(best.passage.of(best.article.text)))
    return len(terms & set(analyse(" ".join(own_words)))), answer.confidence


def turn_of(answer: Answer, before: Turn | None = None) -> Turn | None:
    """The turn to which the next question may refer.

    Args:
        answer: the last answer.
        before: the turn before it, which stays the last one after a greeting.
    """
    if answer.refusal is Refusal.NOT_A_QUESTION:
        return before
    quotes = tuple(
        ShownQuote(quote.article, quote.span, quote.speaker) for quote in answer.quotes[:_QUOTES]
    )
    return Turn(answer.query.reading or bare_question(answer.query.text), quotes)


class Conversation:
    """The questions of one conversation, each with the subject, dates and source of those before.

    Not to be shared between threads.
    """

    def __init__(self) -> None:
        """Begin one."""
        self._turn: Turn | None = None
        self._scope: Query | None = None

    def next_query(self, query: Query) -> Query:
        """A question as the next one: it refers to the turn before.

        It has the dates, the source and the days of that one where it names none of its own.
        """
        scope = self._scope or query
        names_dates = query.since is not None or query.until is not None
        return dataclasses.replace(
            query,
            since=query.since if names_dates else scope.since,
            until=query.until if names_dates else scope.until,
            source=query.source or scope.source,
            author=query.author or scope.author,
            asked_on=query.asked_on or scope.asked_on,
            as_of=query.as_of or scope.as_of,
            follows=self._turn,
        )

    def record(self, query: Query, answer: Answer) -> None:
        """Remember a question, as `next_query` made it, and its answer."""
        self._turn = turn_of(answer, self._turn)
        searched = answer.query  # with the source or the author that the question itself names
        self._scope = dataclasses.replace(query, source=searched.source, author=searched.author)
