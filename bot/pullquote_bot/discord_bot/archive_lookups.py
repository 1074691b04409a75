"""What the bot looks up for a question, as messages: answers, searches, statements.

Each function returns a lookup: the work that a thread of `Service` does on an open archive.
"""

from __future__ import annotations

from collections.abc import Callable

from pullquote.answering.pipeline import answer
from pullquote.answering.query import Query
from pullquote.answering.search import search
from pullquote.answering.source_states import SourceStates
from pullquote.answering.statements import find_statements
from pullquote_bot.discord_bot.messages.answer_messages import answer_messages, nearest_messages
from pullquote_bot.discord_bot.messages.components import Message
from pullquote_bot.discord_bot.messages.custom_ids import Action, CustomId
from pullquote_bot.discord_bot.messages.info_messages import plain_message
from pullquote_bot.discord_bot.messages.scopes import scope_of
from pullquote_bot.discord_bot.messages.search_messages import search_message
from pullquote_bot.discord_bot.messages.speaker_messages import said_message
from pullquote_bot.discord_bot.strings import refusals as discord_refusals
from pullquote_bot.serving.open_archives import OpenArchive
from pullquote_bot.serving.prometheus_metrics import count_answer
from pullquote_bot.strings import speakers as speaker_strings

QuestionLookup = Callable[[OpenArchive, Query], list[Message]]
"""Makes the messages that a question gets."""
ArchiveLookup = Callable[[OpenArchive], Message]
"""Makes a message that needs no question."""


def answer_lookup(max_quotes: int, *, private: bool, first: int = 1) -> QuestionLookup:
    """Look up the answer to a question.

    Args:
        max_quotes: the maximum number of quotes.
        private: whether only the asker sees the answer, and can share it.
        first: the number of the first quote to show, from 1.
    """

    def lookup(opened: OpenArchive, query: Query) -> list[Message]:
        answered = answer(opened.archive, query, max_quotes)
        if first == 1:
            count_answer(answered, opened.name)
        elif len(answered.shown) < first:
            return [plain_message(discord_refusals.NO_MORE)]
        elif answered.refusal:
            return nearest_messages(answered, first=first)
        return answer_messages(answered, private=private, first=first)

    return lookup


def nearest_lookup(max_quotes: int) -> QuestionLookup:
    """Look up the passages nearest to a question that was refused.

    If other thresholds are in force by now and it is no longer refused, it gets its quotes.
    """

    def lookup(opened: OpenArchive, query: Query) -> list[Message]:
        found = answer(opened.archive, query, max_quotes)
        return nearest_messages(found) if found.refusal else answer_messages(found, private=True)

    return lookup


def search_lookup(page: int) -> QuestionLookup:
    """Look up a page of the passages that match, from 0."""

    def lookup(opened: OpenArchive, query: Query) -> list[Message]:
        passages = search(opened.archive, query)
        generation = opened.archive.generation
        return [search_message(query.text, scope_of(query), generation, passages, page)]

    return lookup


def said_lookup(page: int) -> QuestionLookup:
    """Look up a page of what somebody said, from 0: of a name, or of "NAME about WORDS"."""

    def lookup(opened: OpenArchive, query: Query) -> list[Message]:
        name, _, about = query.text.partition(speaker_strings.ABOUT)
        archive = opened.archive
        store = archive.store
        found = find_statements(store, name.strip(), about.strip(), query.since, query.until)
        place = (scope_of(query), archive.generation)
        return [said_message(query.text, place, found, SourceStates(store), page)]

    return lookup


def repeated_lookup(custom_id: CustomId, quotes: int, *, shareable: bool = True) -> QuestionLookup:
    """What a button looks up for the question of its message.

    Args:
        custom_id: the button's custom id.
        quotes: the number of quotes in an answer.
        shareable: whether an answer that only the asker sees can be shared.
    """
    match custom_id.action:
        case Action.MORE:
            last = custom_id.numbers[-1]
            return answer_lookup(last + quotes, private=shareable, first=last + 1)
        case Action.SHARE:
            return answer_lookup(max(1, custom_id.numbers[-1]), private=False)
        case Action.SEARCH:
            return search_lookup(custom_id.numbers[3])
        case Action.SAID:
            return said_lookup(custom_id.numbers[3])
        case Action.NEAREST:
            return nearest_lookup(quotes)
        case _:
            return answer_lookup(quotes, private=shareable)
