"""Questions from commands, buttons and messages, and where the bot answers them."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import discord

from pullquote.settings_archives import ArchiveName
from pullquote_bot.discord_bot.archive_lookups import QuestionLookup
from pullquote_bot.discord_bot.earlier_answers import EarlierAnswer
from pullquote_bot.discord_bot.handlers.asked_archives import archive_of
from pullquote_bot.discord_bot.handlers.member_rights import may_post
from pullquote_bot.discord_bot.messages.components import Message
from pullquote_bot.discord_bot.strings import refusals as discord_refusals
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
        self, text: str, since: str = "", until: str = "", source: str = "", author: str = ""
    ) -> QueuedQuestion:
        """A question as a user typed it; logged if questions are kept.

        Raises:
            RequestError: the question is too long or has no words, or a date cannot be read.
        """
        self._log(text)
        return typed_question(text, since, until, source, author, today=self._now().date())

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
        self, asker: Asker, archive: ArchiveName, question: QueuedQuestion, lookup: QuestionLookup
    ) -> list[Message]:
        """The messages that a question gets from an archive.

        Raises:
            Busy: too many questions are waiting, in all or of this asker.
            PullquoteError: the question cannot be answered.
        """
        of_archive = replace(question, archive=archive)
        return await self._service.answer_queue.ask(asker, of_archive, lookup)

    def quotes(self, server: int | None) -> int:
        """The number of quotes in an answer in a server; None is a direct message."""
        return self._service.server_settings(server).quotes or self._service.settings.answer.quotes

    def has_private_rule(self, server: int | None) -> bool:
        """Whether a server's managers let nobody show an answer to others."""
        return self._service.server_settings(server).always_private

    def must_be_private(self, interaction: discord.Interaction[Any]) -> bool:
        """Whether nothing may be posted for the user: by the server's rule, or their own rights."""
        return bool(self.sharing_refusal(interaction))

    def sharing_refusal(self, interaction: discord.Interaction[Any]) -> str:
        """Why nothing is posted for the user where others see it; empty if it may be."""
        if self.has_private_rule(interaction.guild_id):
            return discord_refusals.ALWAYS_PRIVATE
        return "" if may_post(interaction) else discord_refusals.NOT_YOUR_CHANNEL

    def is_private(
        self,
        interaction: discord.Interaction[Any],
        chosen: bool | None = None,  # noqa: FBT001 - the value of a command's option
    ) -> bool:
        """Whether only the user sees the reply.

        Args:
            interaction: the interaction.
            chosen: what the user has chosen; None for what the server's settings say.
        """
        if self.must_be_private(interaction):
            return True
        if chosen is not None:
            return chosen
        return self._service.server_settings(interaction.guild_id).private

    def channel_refusal(self, server: int | None, channel: Any) -> str:
        """Why the bot does not answer in a channel; empty if it does.

        A thread counts as its channel.
        """
        allowed = self._service.server_settings(server).channels
        here = {getattr(channel, "id", None), getattr(channel, "parent_id", None)}
        if not allowed or here & set(allowed):
            return ""
        guild = getattr(channel, "guild", None)
        existing = existing_channels(allowed, guild)
        if not existing:
            return discord_refusals.ANSWERS_NOWHERE
        seen = (number for number in existing if _is_seen_by_all(number, guild))
        return discord_refusals.answers_elsewhere(", ".join(f"<#{number}>" for number in seen))

    def lookup_refusal(self, interaction: discord.Interaction[Any]) -> str:
        """Why the bot does not look something up for a user now; empty if it does.

        A look-up that is taken counts towards the user's limit of look-ups.
        """
        return self._service.lookup_limit_message(interaction.user.id, archive_of(interaction))

    def refusal(self, user: int, server: int | None, channel: Any, archive: ArchiveName) -> str:
        """Why the bot does not take a user's question now; empty if it does.

        A question that is taken counts towards the user's and the server's rate limits.
        """
        refusal = self.channel_refusal(server, channel)
        return refusal or self._service.rate_limit_message(user, server, archive)


def existing_channels(channels: Sequence[int], server: object) -> tuple[int, ...]:
    """The channels that are not deleted; all of them if the server is not known."""
    return tuple(
        number
        for number in channels
        if not isinstance(server, discord.Guild) or server.get_channel(number)
    )


def _is_seen_by_all(channel: int, server: object) -> bool:
    """Whether every member of a server sees a channel: others need not learn that there is one."""
    found = server.get_channel(channel) if isinstance(server, discord.Guild) else None
    if found is None:
        return True
    return bool(found.permissions_for(found.guild.default_role).view_channel)
