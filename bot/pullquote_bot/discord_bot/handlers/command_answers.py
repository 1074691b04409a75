"""How slash commands are answered: checked, acknowledged, looked up and replied to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import discord
from discord import app_commands

from pullquote.errors import ArchiveError, PullquoteError
from pullquote.storage.manifest import GenerationId
from pullquote_bot.discord_bot.archive_lookups import ArchiveLookup, QuestionLookup, answer_lookup
from pullquote_bot.discord_bot.handlers.asked_archives import archive_of
from pullquote_bot.discord_bot.handlers.questions import QuestionHandler
from pullquote_bot.discord_bot.handlers.replies import Replies, asker_of
from pullquote_bot.discord_bot.messages.info_messages import plain_message
from pullquote_bot.discord_bot.strings import refusals as discord_refusals
from pullquote_bot.discord_bot.suggestions import Choices
from pullquote_bot.serving.fair_threads import Busy
from pullquote_bot.serving.open_archives import OpenArchive
from pullquote_bot.serving.service import Service

_Interaction = discord.Interaction[Any]


class CommandAnswers:
    """Answers commands, and suggests values for their options."""

    def __init__(self, service: Service, questions: QuestionHandler, replies: Replies) -> None:
        self._service = service
        self._questions = questions
        self._replies = replies

    def is_private(self, interaction: _Interaction, *, chosen: bool | None) -> bool:
        """Whether only the user sees the reply: as chosen, as far as the rules let them."""
        return self._questions.is_private(interaction, chosen)

    def lookup_of_answer(self, interaction: _Interaction, *, hidden: bool) -> QuestionLookup:
        """Look up an answer; one that only the user sees can be shared if that is allowed."""
        shareable = hidden and not self._questions.must_be_private(interaction)
        return answer_lookup(self._questions.quotes(interaction.guild_id), private=shareable)

    async def ask(
        self,
        interaction: _Interaction,
        what: str,
        typed: Sequence[str],
        lookup: QuestionLookup,
        *,
        private: bool,
    ) -> None:
        """Reply with what a lookup makes of a question; its errors are said to the user.

        Args:
            interaction: the interaction.
            what: the command's name in the log.
            typed: the question, and what limits it (`QuestionHandler.typed`).
            lookup: the work on the question.
            private: whether only the user sees the reply.
        """
        async with self._replies.handling(interaction, what):
            server, channel = interaction.guild_id, interaction.channel
            archive = archive_of(interaction)
            refusal = self._questions.refusal(interaction.user.id, server, channel, archive)
            if not refusal and not typed[0]:
                refusal = discord_refusals.NOTHING_TO_FIND
            if refusal:
                await self._replies.say(interaction, refusal)
                return
            question = self._questions.typed(*typed)
            await self._replies.acknowledge(interaction, private=private)
            messages = await self._questions.ask(
                asker_of(interaction), archive_of(interaction), question, lookup
            )
            await self._replies.reply(interaction, messages, private=private)

    async def look_up(
        self,
        interaction: _Interaction,
        what: str,
        lookup: ArchiveLookup,
        generation: GenerationId | None,
        *,
        private: bool,
    ) -> None:
        """Reply with what a lookup finds in a generation of the index; the live one for None."""
        async with self._replies.handling(interaction, what):
            server, channel = interaction.guild_id, interaction.channel
            refusal = self._questions.channel_refusal(server, channel)
            refusal = refusal or self._questions.lookup_refusal(interaction)
            if refusal:
                await self._replies.say(interaction, refusal)
                return
            await self._replies.acknowledge(interaction, private=private)
            try:
                message = await self._service.look_up(
                    asker_of(interaction), archive_of(interaction), generation, lookup
                )
            except ArchiveError:
                if generation is None:
                    raise
                message = plain_message(discord_refusals.ARTICLE_GONE)
            await self._replies.reply(interaction, [message], private=private)

    async def choices(
        self, interaction: _Interaction, lookup: Callable[[OpenArchive], Choices]
    ) -> list[app_commands.Choice[str]]:
        """The suggestions for an option; none on an error, because Discord cannot show its text."""
        # They wait for the look-up, so nothing waits for them.
        self._service.pending_acknowledgements.begin_sending(interaction.id)
        try:
            choices = await self._service.suggest(
                asker_of(interaction), archive_of(interaction), lookup
            )
        except (PullquoteError, Busy):
            return []
        finally:
            self._service.pending_acknowledgements.remove(interaction.id)
        return [app_commands.Choice(name=name, value=value) for name, value in choices]
