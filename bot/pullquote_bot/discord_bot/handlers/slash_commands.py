"""The slash commands and the message menu: their options, and how they are answered."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands

from pullquote_bot.discord_bot.archive_lookups import search_lookup
from pullquote_bot.discord_bot.article_lookups import suggested_generation, title_lookup
from pullquote_bot.discord_bot.handlers.about_commands import AboutCommands
from pullquote_bot.discord_bot.handlers.command_answers import CommandAnswers
from pullquote_bot.discord_bot.handlers.moderation import Moderation
from pullquote_bot.discord_bot.handlers.questions import QuestionHandler
from pullquote_bot.discord_bot.handlers.reindex_command import ReindexCommand
from pullquote_bot.discord_bot.handlers.replies import Replies
from pullquote_bot.discord_bot.handlers.speaker_commands import SpeakerCommands
from pullquote_bot.discord_bot.handlers.timeline_commands import timeline_command
from pullquote_bot.discord_bot.handlers.verify_commands import VerifyCommands
from pullquote_bot.discord_bot.messages.question_text import (
    LONGEST_QUESTION,
    cut_question,
    message_words,
)
from pullquote_bot.discord_bot.overview_lookups import sources_lookup
from pullquote_bot.discord_bot.strings import commands as discord_commands
from pullquote_bot.discord_bot.suggestions import author_choices, source_choices, title_choices
from pullquote_bot.serving.service import Service
from pullquote_bot.visible_text import without_invisible

_Interaction = discord.Interaction[Any]
_Text = app_commands.Range[str, 1, LONGEST_QUESTION]
_Choice = app_commands.Choice[str]


class SlashCommands:
    """Defines the commands: each checks whether it may answer, defers, looks up and replies."""

    def __init__(self, service: Service, questions: QuestionHandler, replies: Replies) -> None:
        self._questions = questions
        self._answers = CommandAnswers(service, questions, replies)
        self._verifying = VerifyCommands(service, questions, replies)
        self._speakers = SpeakerCommands(self._answers)

    def add_to(
        self,
        tree: app_commands.CommandTree[Any],
        reindexing: ReindexCommand,
        about: AboutCommands,
        moderation: Moderation,
    ) -> None:
        """Add all commands to a tree.

        Users can install the commands for themselves, except those that change a server.
        """
        everywhere: list[app_commands.Command[Any, ..., Any] | app_commands.ContextMenu] = [
            self._ask_command(),
            self._search_command(),
            timeline_command(self._answers, self._source_choices),
            self._find_menu(),
            *self._verifying.commands(),
            *self._speakers.commands(),
            *self._lookup_commands(),
            *about.commands(),
            moderation.removal.menu(),
        ]
        for command in everywhere:
            _allow(command, outside_of_servers=True)
        servers_only: list[app_commands.Command[Any, ..., Any] | app_commands.ContextMenu] = [
            *reindexing.commands(),
            *about.server_commands(),
            moderation.withdrawal.menu(),
            moderation.feedback.command(),
        ]
        for command in servers_only:
            _allow(command, outside_of_servers=False)
        for command in (*everywhere, *servers_only):
            tree.add_command(command)

    def _ask_command(self) -> app_commands.Command[Any, ..., Any]:
        @app_commands.command(name="ask", description=discord_commands.ASK_ABOUT)
        @app_commands.describe(question=discord_commands.ASK_QUESTION, **_SCOPE_OPTIONS)
        @app_commands.autocomplete(source=self._source_choices, author=self._author_choices)
        async def ask(
            interaction: _Interaction,
            question: _Text,
            since: str = "",
            until: str = "",
            source: str = "",
            author: str = "",
            private: bool | None = None,
        ) -> None:
            hidden = self._answers.is_private(interaction, chosen=private)
            lookup = self._answers.lookup_of_answer(interaction, hidden=hidden)
            await self._answers.ask(
                interaction, "ask", (question, since, until, source, author), lookup, private=hidden
            )

        return ask

    def _search_command(self) -> app_commands.Command[Any, ..., Any]:
        @app_commands.command(name="search", description=discord_commands.SEARCH_ABOUT)
        @app_commands.describe(words=discord_commands.SEARCH_WORDS, **_SCOPE_OPTIONS)
        @app_commands.autocomplete(source=self._source_choices, author=self._author_choices)
        async def search(
            interaction: _Interaction,
            words: _Text,
            since: str = "",
            until: str = "",
            source: str = "",
            author: str = "",
            private: bool | None = None,
        ) -> None:
            hidden = self._answers.is_private(interaction, chosen=private)
            typed = (words, since, until, source, author)
            await self._answers.ask(interaction, "search", typed, search_lookup(0), private=hidden)

        return search

    def _find_menu(self) -> app_commands.ContextMenu:
        async def find(interaction: _Interaction, message: discord.Message) -> None:
            text = without_invisible(message_words(message.content, interaction.application_id))
            hidden = self._answers.is_private(interaction, chosen=None)
            lookup = self._answers.lookup_of_answer(interaction, hidden=hidden)
            await self._answers.ask(
                interaction, "find", (cut_question(text),), lookup, private=hidden
            )

        return app_commands.ContextMenu(name=discord_commands.FIND_MENU, callback=find)

    def _lookup_commands(self) -> list[app_commands.Command[Any, ..., Any]]:
        @app_commands.command(name="article", description=discord_commands.ARTICLE_ABOUT)
        @app_commands.describe(
            title=discord_commands.ARTICLE_TITLE, private=discord_commands.ASK_PRIVATE
        )
        @app_commands.autocomplete(title=self._title_choices)
        async def article(
            interaction: _Interaction, title: _Text, private: bool | None = None
        ) -> None:
            hidden = self._answers.is_private(interaction, chosen=private)
            generation = suggested_generation(title)
            await self._answers.look_up(
                interaction, "article", title_lookup(title), generation, private=hidden
            )

        @app_commands.command(name="sources", description=discord_commands.SOURCES_ABOUT)
        @app_commands.describe(private=discord_commands.ASK_PRIVATE)
        async def sources(interaction: _Interaction, private: bool | None = None) -> None:
            hidden = self._answers.is_private(interaction, chosen=private)
            await self._answers.look_up(
                interaction, "sources", sources_lookup, None, private=hidden
            )

        return [article, sources]

    async def _title_choices(self, interaction: _Interaction, typed: str) -> list[_Choice]:
        return await self._answers.choices(interaction, lambda opened: title_choices(opened, typed))

    async def _source_choices(self, interaction: _Interaction, typed: str) -> list[_Choice]:
        return await self._answers.choices(
            interaction, lambda opened: source_choices(opened, typed)
        )

    async def _author_choices(self, interaction: _Interaction, typed: str) -> list[_Choice]:
        return await self._answers.choices(
            interaction, lambda opened: author_choices(opened, typed)
        )


def _allow(
    command: app_commands.Command[Any, ..., Any] | app_commands.ContextMenu,
    *,
    outside_of_servers: bool,
) -> None:
    """Let a command be used in servers, or by users who install it for themselves, too."""
    command.allowed_installs = app_commands.AppInstallationType(guild=True, user=outside_of_servers)
    command.allowed_contexts = app_commands.AppCommandContext(
        guild=True, dm_channel=outside_of_servers, private_channel=outside_of_servers
    )


_SCOPE_OPTIONS = {
    "since": discord_commands.ASK_SINCE,
    "until": discord_commands.ASK_UNTIL,
    "source": discord_commands.ASK_SOURCE,
    "author": discord_commands.ASK_AUTHOR,
    "private": discord_commands.ASK_PRIVATE,
}
"""The descriptions of the options that /ask and /search share."""
