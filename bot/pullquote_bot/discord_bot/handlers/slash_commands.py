"""The slash commands and the message menu: their options, and how they are answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import discord
from discord import app_commands

from pullquote.errors import ArchiveError, PullquoteError
from pullquote.storage.manifest import GenerationId
from pullquote_bot.discord_bot import discord_strings
from pullquote_bot.discord_bot.archive_lookups import (
    ArchiveLookup,
    Choices,
    QuestionLookup,
    answer_lookup,
    search_lookup,
    source_choices,
    sources_lookup,
    suggested_generation,
    title_choices,
    title_lookup,
)
from pullquote_bot.discord_bot.handlers.about_commands import AboutCommands
from pullquote_bot.discord_bot.handlers.questions import QuestionHandler
from pullquote_bot.discord_bot.handlers.reindex_command import ReindexCommand
from pullquote_bot.discord_bot.handlers.replies import Replies, asker_of
from pullquote_bot.discord_bot.handlers.timeline_commands import timeline_command
from pullquote_bot.discord_bot.handlers.verify_commands import VerifyCommands
from pullquote_bot.discord_bot.messages.info_messages import plain_message
from pullquote_bot.discord_bot.messages.question_text import (
    LONGEST_QUESTION,
    cut_question,
    message_words,
)
from pullquote_bot.serving.fair_threads import Busy
from pullquote_bot.serving.open_archives import OpenArchive
from pullquote_bot.serving.service import Service
from pullquote_bot.visible_text import without_invisible

_Interaction = discord.Interaction[Any]
_Text = app_commands.Range[str, 1, LONGEST_QUESTION]
_Choice = app_commands.Choice[str]


class SlashCommands:
    """Defines the commands: each checks whether it may answer, defers, looks up and replies."""

    def __init__(self, service: Service, questions: QuestionHandler, replies: Replies) -> None:
        self._service = service
        self._questions = questions
        self._replies = replies
        self._verifying = VerifyCommands(service, questions, replies)

    def add_to(
        self, tree: app_commands.CommandTree[Any], reindexing: ReindexCommand, about: AboutCommands
    ) -> None:
        """Add all commands to a tree.

        Users can install the commands for themselves, except those that change a server.
        """
        everywhere: list[app_commands.Command[Any, ..., Any] | app_commands.ContextMenu] = [
            self._ask_command(),
            self._search_command(),
            timeline_command(self._ask, self._source_choices),
            self._find_menu(),
            *self._verifying.commands(),
            *self._lookup_commands(),
            *about.commands(),
        ]
        for command in everywhere:
            command.allowed_installs = app_commands.AppInstallationType(guild=True, user=True)
            command.allowed_contexts = app_commands.AppCommandContext(
                guild=True, dm_channel=True, private_channel=True
            )
        servers_only = [*reindexing.commands(), *about.server_commands()]
        for command in servers_only:
            command.allowed_installs = app_commands.AppInstallationType(guild=True, user=False)
            command.allowed_contexts = app_commands.AppCommandContext(
                guild=True, dm_channel=False, private_channel=False
            )
        for command in (*everywhere, *servers_only):
            tree.add_command(command)

    def _ask_command(self) -> app_commands.Command[Any, ..., Any]:
        @app_commands.command(name="ask", description=discord_strings.ASK_ABOUT)
        @app_commands.describe(question=discord_strings.ASK_QUESTION, **_SCOPE_OPTIONS)
        @app_commands.autocomplete(source=self._source_choices)
        async def ask(
            interaction: _Interaction,
            question: _Text,
            since: str = "",
            until: str = "",
            source: str = "",
            private: bool | None = None,
        ) -> None:
            hidden = self._is_private(interaction, private)
            lookup = answer_lookup(self._questions.quotes(interaction.guild_id), private=hidden)
            await self._ask(interaction, "ask", (question, since, until, source), lookup, hidden)

        return ask

    def _search_command(self) -> app_commands.Command[Any, ..., Any]:
        @app_commands.command(name="search", description=discord_strings.SEARCH_ABOUT)
        @app_commands.describe(words=discord_strings.SEARCH_WORDS, **_SCOPE_OPTIONS)
        @app_commands.autocomplete(source=self._source_choices)
        async def search(
            interaction: _Interaction,
            words: _Text,
            since: str = "",
            until: str = "",
            source: str = "",
            private: bool | None = None,
        ) -> None:
            typed = (words, since, until, source)
            await self._ask(interaction, "search", typed, search_lookup(0), private)

        return search

    def _find_menu(self) -> app_commands.ContextMenu:
        async def find(interaction: _Interaction, message: discord.Message) -> None:
            text = without_invisible(message_words(message.content, interaction.application_id))
            hidden = self._is_private(interaction, None)
            lookup = answer_lookup(self._questions.quotes(interaction.guild_id), private=hidden)
            await self._ask(interaction, "find", (cut_question(text), "", "", ""), lookup, hidden)

        return app_commands.ContextMenu(name=discord_strings.FIND_MENU, callback=find)

    async def _ask(
        self,
        interaction: _Interaction,
        what: str,
        typed: tuple[str, str, str, str],
        lookup: QuestionLookup,
        chosen: bool | None,
    ) -> None:
        private = self._is_private(interaction, chosen)
        async with self._replies.handling(interaction, what):
            server, channel = interaction.guild_id, interaction.channel
            refusal = self._questions.refusal(interaction.user.id, server, channel)
            if not refusal and not typed[0]:
                refusal = discord_strings.NOTHING_TO_FIND
            if refusal:
                await self._replies.say(interaction, refusal)
                return
            question = self._questions.typed(*typed)
            await self._replies.acknowledge(interaction, private=private)
            messages = await self._questions.ask(asker_of(interaction), question, lookup)
            await self._replies.reply(interaction, messages, private=private)

    def _lookup_commands(self) -> list[app_commands.Command[Any, ..., Any]]:
        @app_commands.command(name="article", description=discord_strings.ARTICLE_ABOUT)
        @app_commands.describe(
            title=discord_strings.ARTICLE_TITLE, private=discord_strings.ASK_PRIVATE
        )
        @app_commands.autocomplete(title=self._title_choices)
        async def article(
            interaction: _Interaction, title: _Text, private: bool | None = None
        ) -> None:
            hidden = self._is_private(interaction, private)
            generation = suggested_generation(title)
            await self._look_up(interaction, "article", title_lookup(title), generation, hidden)

        @app_commands.command(name="sources", description=discord_strings.SOURCES_ABOUT)
        @app_commands.describe(private=discord_strings.ASK_PRIVATE)
        async def sources(interaction: _Interaction, private: bool | None = None) -> None:
            hidden = self._is_private(interaction, private)
            await self._look_up(interaction, "sources", sources_lookup, None, hidden)

        return [article, sources]

    async def _look_up(
        self,
        interaction: _Interaction,
        what: str,
        lookup: ArchiveLookup,
        generation: GenerationId | None,
        private: bool,
    ) -> None:
        async with self._replies.handling(interaction, what):
            server, channel = interaction.guild_id, interaction.channel
            if refusal := self._questions.channel_refusal(server, channel):
                await self._replies.say(interaction, refusal)
                return
            await self._replies.acknowledge(interaction, private=private)
            try:
                message = await self._service.look_up(asker_of(interaction), generation, lookup)
            except ArchiveError:
                if generation is None:
                    raise
                message = plain_message(discord_strings.ARTICLE_GONE)
            await self._replies.reply(interaction, [message], private=private)

    def _is_private(self, interaction: _Interaction, chosen: bool | None) -> bool:
        """Whether only the user sees the reply: as chosen, else as the server's settings say."""
        if chosen is not None:
            return chosen
        return self._service.server_settings(interaction.guild_id).private

    async def _title_choices(self, interaction: _Interaction, typed: str) -> list[_Choice]:
        return await self._choices(interaction, lambda opened: title_choices(opened, typed))

    async def _source_choices(self, interaction: _Interaction, typed: str) -> list[_Choice]:
        return await self._choices(interaction, lambda opened: source_choices(opened, typed))

    async def _choices(
        self, interaction: _Interaction, lookup: Callable[[OpenArchive], Choices]
    ) -> list[_Choice]:
        """The suggestions for an option; none on an error, because Discord cannot show its text."""
        # They wait for the look-up, so nothing waits for them.
        self._service.pending_acknowledgements.begin_sending(interaction.id)
        try:
            choices = await self._service.look_up(asker_of(interaction), None, lookup)
        except (PullquoteError, Busy):
            return []
        finally:
            self._service.pending_acknowledgements.remove(interaction.id)
        return [app_commands.Choice(name=name, value=value) for name, value in choices]


_SCOPE_OPTIONS = {
    "since": discord_strings.ASK_SINCE,
    "until": discord_strings.ASK_UNTIL,
    "source": discord_strings.ASK_SOURCE,
    "private": discord_strings.ASK_PRIVATE,
}
"""The descriptions of the options that /ask and /search share."""
