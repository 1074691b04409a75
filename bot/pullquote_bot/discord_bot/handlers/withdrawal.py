"""Withdrawing an article: the message menu, the buttons of its reply, and the form."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

import discord
from discord import app_commands, ui

from pullquote.corpus.passages import ArticleRow
from pullquote.errors import RequestError
from pullquote.settings import Settings
from pullquote.settings_archives import ONLY_ARCHIVE
from pullquote_bot.discord_bot.handlers.asked_archives import archive_of, note_archive
from pullquote_bot.discord_bot.handlers.follow_ups import FORM_TIMEOUT
from pullquote_bot.discord_bot.handlers.member_rights import may_withdraw
from pullquote_bot.discord_bot.handlers.replies import Replies, asker_of
from pullquote_bot.discord_bot.handlers.views import action_ids, first_text
from pullquote_bot.discord_bot.messages.citations import short_title
from pullquote_bot.discord_bot.messages.custom_ids import CustomId, parse_custom_id
from pullquote_bot.discord_bot.messages.markdown import escape
from pullquote_bot.discord_bot.messages.shown_articles import articles_in, headline_in
from pullquote_bot.discord_bot.strings import commands as discord_commands
from pullquote_bot.discord_bot.strings import labels as discord_labels
from pullquote_bot.discord_bot.strings import moderation as discord_moderation
from pullquote_bot.discord_bot.withdrawal_lookups import withdrawable_lookup
from pullquote_bot.serving.own_processes import withdraw
from pullquote_bot.serving.service import Service
from pullquote_bot.visible_text import one_line

_LOG = logging.getLogger("pullquote.withdrawals")
_Interaction = discord.Interaction[Any]
_FIELD = "why"
"""The custom id of the form's field."""
_LONGEST_REASON = 300
"""Characters of a reason, and of an error."""


class WithdrawalHandler:
    """Lets moderators of the servers that own the archive withdraw what they see.

    The menu shows the articles of a message, a button of each opens the form, and sending the
    form, which asks for the reason, confirms. The user's rights are checked each time.
    """

    def __init__(self, service: Service, replies: Replies, environment: Mapping[str, str]) -> None:
        self._service = service
        self._replies = replies
        self._environment = environment

    def menu(self) -> app_commands.ContextMenu:
        """The message menu."""

        async def choose(interaction: _Interaction, message: discord.Message) -> None:
            async with self._replies.handling(interaction, "withdraw"):
                await self._choose(interaction, message)

        menu = app_commands.ContextMenu(name=discord_commands.WITHDRAW_MENU, callback=choose)
        return app_commands.default_permissions(manage_messages=True)(menu)

    async def _choose(self, interaction: _Interaction, message: discord.Message) -> None:
        """Show the articles that a message quotes or shows, each with its button."""
        self._note_archive(interaction, message)
        if not self._is_allowed(interaction):
            await self._replies.say(interaction, discord_moderation.OWNERS_ONLY)
            return
        is_own = message.author.id == interaction.client.user.id
        generation, rows = articles_in(action_ids(message))
        headline = "" if rows else headline_in(first_text(message))
        if not is_own or not (rows or headline):
            await self._replies.say(interaction, discord_moderation.NO_ARTICLE_HERE)
            return
        await self._replies.acknowledge(interaction, private=True)
        reply = await self._service.look_up(
            asker_of(interaction),
            archive_of(interaction),
            generation,
            withdrawable_lookup(rows, headline),
        )
        await self._replies.reply(interaction, [reply], private=True)

    async def open_form(self, interaction: _Interaction, custom_id: CustomId) -> None:
        """Open the form for an article; it has the custom id of its button."""
        if not self._is_allowed(interaction):
            await self._replies.say(interaction, discord_moderation.OWNERS_ONLY)
            return
        form = ui.Modal(
            title=discord_labels.WITHDRAW_TITLE, custom_id=str(custom_id), timeout=FORM_TIMEOUT
        )
        field: ui.TextInput[Any] = ui.TextInput(
            custom_id=_FIELD, style=discord.TextStyle.paragraph, max_length=_LONGEST_REASON
        )
        form.add_item(ui.Label(text=discord_labels.WITHDRAW_LABEL, component=field))
        await interaction.response.send_modal(form)
        self._service.pending_acknowledgements.remove(interaction.id)

    async def on_form(
        self, interaction: _Interaction, custom_id: CustomId, fields: dict[str, str]
    ) -> None:
        """Withdraw the article; log by whom."""
        if not self._is_allowed(interaction):
            await self._replies.say(interaction, discord_moderation.OWNERS_ONLY)
            return
        await self._replies.acknowledge(interaction, private=True)
        title, article_id = await self._article(interaction, custom_id)
        who = f"Discord user {interaction.user.id} (server {interaction.guild_id})"
        index, why = self._settings(interaction).index, one_line(fields.get(_FIELD, ""))
        try:
            await withdraw(index, article_id, who, why, self._environment)
        except RequestError as error:
            _LOG.warning("not withdrawn: %s", error, extra={"fields": {"article": article_id}})
            reason = escape(one_line(str(error))[:_LONGEST_REASON])
            await self._replies.say(interaction, discord_moderation.not_withdrawn(reason))
            return
        fields_of_log = {
            "article": article_id,
            "user": interaction.user.id,
            "server": interaction.guild_id,
        }
        _LOG.warning("withdrawn", extra={"fields": fields_of_log})
        await self._service.refresh_index()
        await self._replies.say(interaction, discord_moderation.withdrawn(title))

    async def _article(self, interaction: _Interaction, custom_id: CustomId) -> tuple[str, str]:
        """The headline, escaped, and the id of the article of a form.

        Raises:
            ArchiveError: its generation has been deleted.
        """
        row = ArticleRow(custom_id.numbers[0])
        article = await self._service.look_up(
            asker_of(interaction),
            archive_of(interaction),
            custom_id.generation,
            lambda opened: opened.archive.store.article(row),
        )
        return short_title(article.title), article.id

    def _note_archive(self, interaction: _Interaction, message: discord.Message) -> None:
        """Note the archive that the buttons of a message name; without any, the place's counts."""
        parsed = filter(None, map(parse_custom_id, action_ids(message)))
        if tag := next((custom_id.archive for custom_id in parsed if custom_id.archive), ""):
            note_archive(interaction, self._service.archives.tagged(tag) or ONLY_ARCHIVE)

    def _settings(self, interaction: _Interaction) -> Settings:
        return self._service.archives.settings_of(archive_of(interaction))

    def _is_allowed(self, interaction: _Interaction) -> bool:
        if archive_of(interaction) not in self._service.archives:
            return False
        return may_withdraw(interaction, self._settings(interaction).discord.withdraw_servers)
