"""The welcome in a server that the bot has joined."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable, Iterator, Mapping

import discord

from pullquote.errors import PullquoteError
from pullquote.settings_archives import ArchiveName
from pullquote_bot.discord_bot.handlers.languages import speak_in
from pullquote_bot.discord_bot.handlers.replies import Replies
from pullquote_bot.discord_bot.handlers.request_errors import DISCORD_ERRORS, with_one_retry
from pullquote_bot.discord_bot.handlers.views import NO_MENTIONS, view_of
from pullquote_bot.discord_bot.messages.archive_tags import in_archive
from pullquote_bot.discord_bot.messages.components import Message
from pullquote_bot.discord_bot.messages.welcome_messages import (
    choosing_welcome_message,
    closed_message,
    holdings,
    limited_welcome_message,
    welcome_message,
)
from pullquote_bot.serving.audience import ServerAccess, access_in
from pullquote_bot.serving.example_questions import ExampleQuestions
from pullquote_bot.serving.fair_queue import Asker
from pullquote_bot.serving.fair_threads import Busy
from pullquote_bot.serving.service import Service
from pullquote_bot.visible_text import one_line

_LOG = logging.getLogger("pullquote.discord")
_RECENTLY = dt.timedelta(days=1)
"""A server that the bot was invited to while it did not run is welcomed within this time."""
_INVITED_PERMISSIONS = discord.Permissions(
    view_channel=True,
    read_message_history=True,
    send_messages=True,
    create_public_threads=True,
    send_messages_in_threads=True,
)
"""What the invite link asks for (docs/discord-bot.md says why)."""


def log_invite_link(application: int) -> None:
    """Log the link with which a server's managers invite the bot."""
    link = discord.utils.oauth_url(
        application, permissions=_INVITED_PERMISSIONS, scopes=("bot", "applications.commands")
    )
    _LOG.info("invite me with this link", extra={"fields": {"link": link}})


class WelcomeHandler:
    """Welcomes each server once; the records say which ones were."""

    def __init__(self, service: Service, replies: Replies) -> None:
        self._service = service
        self._replies = replies
        self._examples = ExampleQuestions(service)

    async def welcome(self, server: discord.Guild) -> None:
        """Say what the archive holds, where the bot may write, unless it was said before.

        A server where the archive is answered to nobody is told that, and no more.
        """
        speak_in(server)
        with self._replies.tracking(server.id):
            try:
                await self._welcome(server)
            except (*DISCORD_ERRORS, PullquoteError, Busy) as error:
                _LOG.warning("no welcome: %s", one_line(str(error)))

    async def welcome_recent(self, servers: Iterable[discord.Guild], now: dt.datetime) -> None:
        """Welcome the servers that invited the bot a short time ago, while it did not run."""
        for server in servers:
            joined = server.me.joined_at
            if joined and now - joined < _RECENTLY:
                await self.welcome(server)

    async def _welcome(self, server: discord.Guild) -> None:
        answered = self._archives(server)
        archive = next(iter(answered)) if len(answered) == 1 else None
        allowed: set[int] = set()
        if archive is not None:
            allowed |= set(self._service.archives.settings_of(archive).discord.ask_channels)
        channel = next(_writable(server, allowed), None)
        if channel is None:
            _LOG.info("no channel for a welcome", extra={"fields": {"server": server.id}})
            return
        message = await self._message(server, answered)
        if await self._service.use_database(lambda database: database.save_welcome(server.id)):
            view = view_of(message)
            await with_one_retry(
                lambda: channel.send(view=view, nonce=server.id, allowed_mentions=NO_MENTIONS)
            )
            fields = {"server": server.id, "channel": channel.id}
            _LOG.info("welcomed", extra={"fields": fields})

    def _archives(self, server: discord.Guild) -> Mapping[ArchiveName, ServerAccess]:
        """The archives that are answered in a server, each with whom it is answered there.

        One, if it is the only one or the settings name it for servers that have chosen none;
        several, if the server's managers have to choose one first.
        """
        archives, default = self._service.archives, self._service.settings.discord.archive
        channels = {channel.id for channel in server.text_channels}
        roles = {role.id for role in server.roles}
        access = {
            name: access_in(archives.settings_of(name).discord, server.id, roles, channels)
            for name in archives.names
        }
        answered = {name: to for name, to in access.items() if to is not ServerAccess.NOBODY}
        own = {name: to for name, to in answered.items() if name and name == default}
        return own or answered

    async def _message(
        self, server: discord.Guild, answered: Mapping[ArchiveName, ServerAccess]
    ) -> Message:
        if not answered:
            return closed_message()
        to_all = [name for name, to in answered.items() if to is ServerAccess.EVERYBODY]
        if len(answered) > 1:
            titles = list(map(self._service.archives.title_of, to_all))
            return choosing_welcome_message(titles, len(answered) - len(titles))
        (archive,) = answered
        if not to_all:
            return limited_welcome_message()
        asker = Asker.of(server.me.id, server.id)
        holds = await self._service.look_up(
            asker, archive, None, lambda opened: holdings(opened.archive.store)
        )
        welcome = welcome_message(holds, await self._examples.chosen(asker, archive))
        return in_archive(welcome, archive)


def _writable(server: discord.Guild, allowed: set[int]) -> Iterator[discord.TextChannel]:
    """The channels where the bot may write: the one for Discord's own notes, then from the top.

    Those that every member sees come first. `allowed` has the ids of the channels that may be
    used; empty for all.
    """
    ordered = sorted(
        server.text_channels,
        key=lambda channel: (
            not channel.permissions_for(server.default_role).view_channel,
            channel != server.system_channel,
            channel.position,
            channel.id,
        ),
    )
    for channel in ordered:
        granted = channel.permissions_for(server.me)
        may_write = granted.view_channel and granted.send_messages
        if may_write and (not allowed or channel.id in allowed):
            yield channel
