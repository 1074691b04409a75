"""Questions from commands, buttons and messages, and where the bot answers them."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Sequence
from typing import Any

import discord

from pullquote_bot.discord_bot import discord_strings
from pullquote_bot.discord_bot.archive_lookups import QuestionLookup
from pullquote_bot.discord_bot.earlier_answers import EarlierAnswer
from pullquote_bot.discord_bot.messages.components import Message
from pullquote_bot.discord_bot.typed_questions import follow_up_question, typed_question
from pullquote_bot.serving.answer_queue import QueuedQuestion
from pullquote_bot.serving.fair_queue import Asker
from pullquote_bot.serving.service import Service

_LOG = logging.getLogger("pullquote.discord")


class QuestionHandler:
    """Asks the archive."""

    def __init__(self, service: Service, now: Callable[[], dt.datetime]) -> None:
        self._service = service
        self._now = now

    def typed(
        self, text: str, since: str = "", until: str = "", source: str = ""
    ) -> QueuedQuestion:
        """A question as a user typed it; logged if questions are kept.

        Raises:
            RequestError: the question is too long or has no words, or a date cannot be read.
        """
        self._log(text)
        return typed_question(text, since, until, source, today=self._now().date())

    def follow_up(self, text: str, earlier: EarlierAnswer | None) -> QueuedQuestion:
        """A question as a user typed it after an answer; logged if questions are kept.

        Args:
            text: the question.
            earlier: the answer; None if it is not known any more.

        Raises:
            RequestError: the question is too long or has no words.
        """
        if earlier is None:
            return self.typed(text)
        self._log(text)
        return follow_up_question(text, earlier, today=self._now().date())

    def _log(self, text: str) -> None:
        if self._service.settings.discord.keep_questions:
            _LOG.info("asked", extra={"fields": {"question": text}})

    async def ask(
        self, asker: Asker, question: QueuedQuestion, lookup: QuestionLookup
    ) -> list[Message]:
        """The messages that a question gets.

        Raises:
            Busy: too many questions are waiting, in all or of this asker.
            PullquoteError: the question cannot be answered.
        """
        return await self._service.answer_queue.ask(asker, question, lookup)

    def quotes(self, server: int | None) -> int:
        """The number of quotes in an answer in a server; None is a direct message."""
        return self._service.server_settings(server).quotes or self._service.settings.answer.quotes

    def channel_refusal(self, server: int | None, channel: Any) -> str:
        """Why the bot does not answer in a channel; empty if it does.

        A thread counts as its channel.
        """
        allowed = self._service.server_settings(server).channels
        here = {getattr(channel, "id", None), getattr(channel, "parent_id", None)}
        if not allowed or here & set(allowed):
            return ""
        existing = existing_channels(allowed, getattr(channel, "guild", None))
        if not existing:
            return discord_strings.ANSWERS_NOWHERE
        return discord_strings.answers_elsewhere(", ".join(f"<#{number}>" for number in existing))

    def refusal(self, user: int, server: int | None, channel: Any) -> str:
        """Why the bot does not take a user's question now; empty if it does.

        A question that is taken counts towards the user's and the server's rate limits.
        """
        refusal = self.channel_refusal(server, channel)
        return refusal or self._service.rate_limit_message(user, server)


def existing_channels(channels: Sequence[int], server: object) -> tuple[int, ...]:
    """The channels that are not deleted; all of them if the server is not known."""
    return tuple(
        number
        for number in channels
        if not isinstance(server, discord.Guild) or server.get_channel(number)
    )
