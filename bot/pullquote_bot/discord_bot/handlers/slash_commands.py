"""The slash commands and the message menu: what may be typed, and its first step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import discord
from discord import app_commands

from pullquote.errors import ArchiveError, PullquoteError
from pullquote.storage.manifest import GenerationId
from pullquote_bot.strings import articles as article_strings
from pullquote_bot.discord_bot import discord_strings
from pullquote_bot.discord_bot.handlers import questions
from pullquote_bot.discord_bot.handlers.about_commands import AboutCommands
from pullquote_bot.discord_bot.handlers.questions import QuestionHandler
from pullquote_bot.discord_bot.handlers.reindex_command import ReindexCommand
from pullquote_bot.discord_bot.handlers.replies import Replies
from pullquote_bot.discord_bot.messages.answer_messages import LONGEST_QUESTION
from pullquote_bot.discord_bot.messages.components import (
    LONGEST_OPTION,
    MOST_OPTIONS,
    Message,
    within,
)
from pullquote_bot.discord_bot.messages.info_messages import plain_message
from pullquote_bot.serving.answer_queue import Busy
from pullquote_bot.serving.headline_index import folded
from pullquote_bot.serving.open_archives import OpenArchive
from pullquote_bot.serving.service import Service
from pullquote_bot.visible_text import one_line, without_invisible

_Interaction = discord.Interaction[Any]
_Words = app_commands.Range[str, 1, LONGEST_QUESTION]
_Choice = app_commands.Choice[str]
_Lookup = Callable[[OpenArchive], Message]
_TITLE = 80
"""Characters of a headline in a list of choices; its date comes after it."""


class SlashCommands:
    """The commands' first steps: acknowledge, put the question, reply."""

    def __init__(self, service: Service, asking: QuestionHandler, replies: Replies) -> None:
        self._service = service
        self._asking = asking
        self._replies = replies

    def add_to(
        self, tree: app_commands.CommandTree[Any], reindexing: ReindexCommand, about: AboutCommands
    ) -> None:
        """Define the commands. They install to servers and to users; those that change a server, to servers."""
        installs, contexts = (
            app_commands.AppInstallationType(guild=True, user=True),
            app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
        )
        ours = [*self._questions(), *self._lookups(), *about.commands()]
        for command in ours:
            command.allowed_installs, command.allowed_contexts = installs, contexts
        servers_only = [*reindexing.commands(), *about.server_commands()]
        for command in servers_only:
            command.allowed_installs = app_commands.AppInstallationType(guild=True, user=False)
            command.allowed_contexts = app_commands.AppCommandContext(
                guild=True, dm_channel=False, private_channel=False
            )
        for command in (*ours, *servers_only):
            tree.add_command(command)

    def _questions(self) -> list[app_commands.Command[Any, ..., Any] | app_commands.ContextMenu]:
        scope = {
            "since": discord_strings.ASK_SINCE,
            "until": discord_strings.ASK_UNTIL,
            "source": discord_strings.ASK_SOURCE,
            "private": discord_strings.ASK_PRIVATE,
        }

        @app_commands.command(name="ask", description=discord_strings.ASK_ABOUT)
        @app_commands.describe(question=discord_strings.ASK_QUESTION, **scope)
        @app_commands.autocomplete(source=self._source_choices)
        async def ask(
            interaction: _Interaction,
            question: _Words,
            since: str = "",
            until: str = "",
            source: str = "",
            private: bool | None = None,
        ) -> None:
            await self._ask(interaction, "ask", (question, since, until, source), private)

        @app_commands.command(name="search", description=discord_strings.SEARCH_ABOUT)
        @app_commands.describe(words=discord_strings.SEARCH_WORDS, **scope)
        @app_commands.autocomplete(source=self._source_choices)
        async def search(
            interaction: _Interaction,
            words: _Words,
            since: str = "",
            until: str = "",
            source: str = "",
            private: bool | None = None,
        ) -> None:
            await self._ask(interaction, "search", (words, since, until, source), private)

        async def find(interaction: _Interaction, message: discord.Message) -> None:
            words = without_invisible(questions.words_of(message, interaction.application_id))
            await self._ask(interaction, "find", (questions.shortened(words), "", "", ""), None)

        return [
            ask,
            search,
            app_commands.ContextMenu(name=discord_strings.FIND_MENU, callback=find),
        ]

    async def _ask(
        self,
        interaction: _Interaction,
        what: str,
        typed: tuple[str, str, str, str],
        private: bool | None,
    ) -> None:
        async with self._replies.dealing_with(interaction, what):
            server = self._service.server(interaction.guild_id)
            hidden = server.private if private is None else private
            if refused := self.may_not(interaction):
                await self._replies.say(interaction, refused)
                return
            if not typed[0]:
                await self._replies.say(interaction, discord_strings.NOTHING_TO_FIND)
                return
            asked = self._asking.question(*typed)
            await self._replies.acknowledge(interaction, private=hidden)
            work = (
                questions.searching(0)
                if what == "search"
                else questions.answering(server.quotes, private=hidden)
            )
            await self._replies.reply(
                interaction, await self._asking.ask(asked, work), private=hidden
            )

    def may_not(self, interaction: _Interaction) -> str:
        """Why a question is not taken here and now, in words; empty where it is."""
        silent = self._asking.silence(interaction.guild_id, interaction.channel)
        return silent or self._service.seconds_to_wait(interaction.user.id, interaction.guild_id)

    def _lookups(self) -> list[app_commands.Command[Any, ..., Any]]:
        @app_commands.command(name="article", description=discord_strings.ARTICLE_ABOUT)
        @app_commands.describe(
            title=discord_strings.ARTICLE_TITLE, private=discord_strings.ASK_PRIVATE
        )
        @app_commands.autocomplete(title=self._title_choices)
        async def article(
            interaction: _Interaction, title: _Words, private: bool | None = None
        ) -> None:
            await self._look_up(
                interaction,
                "article",
                questions.article_called(title),
                private,
                questions.generation_chosen(title),
            )

        @app_commands.command(name="sources", description=discord_strings.SOURCES_ABOUT)
        @app_commands.describe(private=discord_strings.ASK_PRIVATE)
        async def sources(interaction: _Interaction, private: bool | None = None) -> None:
            await self._look_up(interaction, "sources", questions.sources, private)

        return [article, sources]

    async def _look_up(
        self,
        interaction: _Interaction,
        what: str,
        work: _Lookup,
        private: bool | None,
        generation: GenerationId | None = None,
    ) -> None:
        async with self._replies.dealing_with(interaction, what):
            hidden = (
                self._service.server(interaction.guild_id).private if private is None else private
            )
            if silent := self._asking.silence(interaction.guild_id, interaction.channel):
                await self._replies.say(interaction, silent)
                return
            await self._replies.acknowledge(interaction, private=hidden)
            try:
                made = await self._service.look_up(generation, work)
            except ArchiveError:
                if generation is None:
                    raise
                made = plain_message(discord_strings.ARTICLE_GONE)
            await self._replies.reply(interaction, [made], private=hidden)

    async def _title_choices(self, interaction: _Interaction, typed: str) -> list[_Choice]:
        def found(opened: OpenArchive) -> list[_Choice]:
            generation = opened.archive.generation
            return [
                _choice(
                    f"{within(one_line(line.title), _TITLE) or article_strings.UNTITLED} · {line.published}".rstrip(
                        " ·"
                    ),
                    questions.headline_value(generation, line.row),
                )
                for line in opened.headlines.find(typed, MOST_OPTIONS)
            ]

        return await self._choices(interaction, found)

    async def _source_choices(self, interaction: _Interaction, typed: str) -> list[_Choice]:
        def found(opened: OpenArchive) -> list[_Choice]:
            names = [
                name
                for name in opened.sources
                if folded(typed) in folded(name) and len(name) <= LONGEST_OPTION
            ]
            return [_choice(one_line(name), name) for name in names[:MOST_OPTIONS]]

        return await self._choices(interaction, found)

    async def _choices(
        self, interaction: _Interaction, found: Callable[[OpenArchive], list[_Choice]]
    ) -> list[_Choice]:
        """What to choose from; nothing where it cannot be looked up, for there is no place to say why."""
        try:
            return await self._service.look_up(None, found)
        except (PullquoteError, Busy):
            return []
        finally:
            self._service.arrivals.acknowledged(interaction.id)


def _choice(name: str, value: str) -> _Choice:
    return app_commands.Choice(name=within(name, LONGEST_OPTION), value=value)
