"""Answers a batch of questions: JSON Lines in, JSON Lines out."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Iterator
from typing import TextIO

from pullquote.answering.archive_day import archive_day
from pullquote.answering.conversation import Conversation
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import Query, understand
from pullquote.corpus.hashing import sha256_of
from pullquote.english.dates import parse_date
from pullquote.english.typed_periods import Limit, limit_day
from pullquote.errors import RequestError
from pullquote.json_output.answer import AnswerJson, ErrorJson, QuestionJson, answer_json
from pullquote_bot.command_line.arguments import AskArguments
from pullquote_bot.commands.batch_lines import results_of_lines

MOST_CONVERSATIONS = 1_000
"""The most conversations of a batch that are remembered at one time."""

_LONGEST_KEY = 100
"""The most characters of a conversation's name that are remembered."""


def answer_batch(
    batch: TextIO, arguments: AskArguments, archive: OpenIndex
) -> Iterator[AnswerJson | ErrorJson]:
    """Yield an answer or an error for each line that is not blank, in order.

    Args:
        batch: the lines of the batch; a byte that is not UTF-8 is a surrogate.
        arguments: dates, source, author and options for the lines that have none of their own.
        archive: the index to ask.
    """
    conversations: OrderedDict[str | int, Conversation] = OrderedDict()

    def answer_of(question: QuestionJson) -> AnswerJson:
        query = _query(question, arguments, archive)
        if question.conversation is None:
            outcome = answer(archive, query, arguments.top)
        else:
            conversation = _conversation(question.conversation, conversations)
            query = conversation.next_query(query)
            outcome = answer(archive, query, arguments.top)
            conversation.record(query, outcome)
        return answer_json(outcome, question.id, explain=arguments.explain)

    yield from results_of_lines(batch, QuestionJson, answer_of)


def _conversation(
    key: str | int, conversations: OrderedDict[str | int, Conversation]
) -> Conversation:
    """The conversation of a line; of too many, the one that had a line longest ago is dropped."""
    if isinstance(key, str) and len(key) > _LONGEST_KEY:
        key = sha256_of(key.encode())  # a thousand names of a megabyte would fill the memory
    conversation = conversations.setdefault(key, Conversation())
    conversations.move_to_end(key)
    if len(conversations) > MOST_CONVERSATIONS:
        conversations.popitem(last=False)
    return conversation


def _query(question: QuestionJson, arguments: AskArguments, archive: OpenIndex) -> Query:
    """The query of a line.

    Raises:
        RequestError: the question has no words, or a date cannot be read.
    """
    asked = _day(question.asked, "asked") or arguments.asked
    as_of = _day(question.as_of, "as_of") or arguments.as_of
    today = asked or as_of or archive_day(archive.store, archive.settings)
    return understand(
        question.question,
        since=limit_day(question.since or arguments.since, Limit.SINCE, today, "since"),
        until=limit_day(question.until or arguments.until, Limit.UNTIL, today, "until"),
        source=question.source or arguments.source,
        author=question.author or arguments.author,
        asked_on=asked,
        as_of=as_of,
        reads_dates=arguments.dates if question.dates is None else question.dates,
    )


def _day(text: str | None, field: str) -> dt.date | None:
    """The day in a field; None if the field is empty.

    Raises:
        RequestError: the text names no day.
    """
    if not text:
        return None
    day = parse_date(text)
    if day is None:
        raise RequestError(f"{text!r} is not a date such as 2025-10-30", where=field)
    return day
