"""Acknowledging interactions, replying to them, and reporting errors to the user."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from typing import Any

import aiohttp
import discord

from pullquote.errors import ArchiveError, PullquoteError, RequestError
from pullquote_bot.discord_bot import discord_strings
from pullquote_bot.discord_bot.handlers.views import NO_MENTIONS, files_of, view_of
from pullquote_bot.discord_bot.messages.components import Message
from pullquote_bot.discord_bot.messages.error_text import own_error_text
from pullquote_bot.discord_bot.messages.info_messages import plain_message
from pullquote_bot.serving.answer_queue import Busy
from pullquote_bot.serving.json_log import interaction_id
from pullquote_bot.serving.pending_acknowledgements import PendingAcknowledgements
from pullquote_bot.serving.prometheus_metrics import count_error
from pullquote_bot.visible_text import one_line

_LOG = logging.getLogger("pullquote.discord")
_Interaction = discord.Interaction[Any]
_ACKNOWLEDGED_ALREADY = 40060
"""Discord's error code for an interaction that has a response already.

discord.py repeats a request whose result was lost.
"""
_EXPIRED = (10062, 10015, 50027)
"""Discord's error codes for an expired interaction or webhook token."""
DISCORD_ERRORS = (discord.HTTPException, OSError, aiohttp.ClientError)
"""The errors of a request to Discord. In aiohttp, a closed connection is no OSError."""


class Replies:
    """Acknowledges interactions and replies to them; counts those in progress."""

    def __init__(self, pending_acknowledgements: PendingAcknowledgements) -> None:
        """Start with nothing in progress.

        Args:
            pending_acknowledgements: the interactions that are not acknowledged yet.
        """
        self._pending_acknowledgements = pending_acknowledgements
        self.in_progress = 0
        """The number of interactions and messages being handled."""
        self._idle = asyncio.Event()
        self._idle.set()

    @contextlib.contextmanager
    def tracking(self, number: int) -> Iterator[None]:
        """Count the block as in progress, and add an id to each of its log lines."""
        token = interaction_id.set(str(number))
        self.in_progress += 1
        self._idle.clear()
        try:
            yield
        finally:
            interaction_id.reset(token)
            self.in_progress -= 1
            if not self.in_progress:
                self._idle.set()

    async def wait_until_idle(self) -> None:
        """Wait until nothing is in progress."""
        await self._idle.wait()

    async def acknowledge(
        self, interaction: _Interaction, *, private: bool, update: bool = False
    ) -> None:
        """Defer the reply.

        Args:
            interaction: the interaction.
            private: whether only the user sees the reply.
            update: whether the reply replaces the message of the button.
        """
        try:
            await with_one_retry(
                lambda: interaction.response.defer(ephemeral=private, thinking=not update)
            )
        except discord.HTTPException as error:
            if error.code != _ACKNOWLEDGED_ALREADY:
                raise
        self._pending_acknowledgements.remove(interaction.id)

    async def reply(
        self, interaction: _Interaction, messages: Sequence[Message], *, private: bool
    ) -> None:
        """Reply to an acknowledged interaction, with one message or several."""
        first, *others = messages
        await with_one_retry(
            lambda: interaction.edit_original_response(
                view=view_of(first), attachments=files_of(first), allowed_mentions=NO_MENTIONS
            )
        )
        for message in others:
            await interaction.followup.send(
                view=view_of(message), ephemeral=private, allowed_mentions=NO_MENTIONS
            )

    async def reply_at_once(
        self, interaction: _Interaction, message: Message, *, private: bool
    ) -> None:
        """Reply without an acknowledgement, if nothing has to be looked up."""
        try:
            await with_one_retry(
                lambda: interaction.response.send_message(
                    view=view_of(message), ephemeral=private, allowed_mentions=NO_MENTIONS
                )
            )
        except discord.HTTPException as error:
            if error.code != _ACKNOWLEDGED_ALREADY:
                raise
            await interaction.edit_original_response(
                view=view_of(message), allowed_mentions=NO_MENTIONS
            )
        self._pending_acknowledgements.remove(interaction.id)

    async def say(self, interaction: _Interaction, text: str) -> None:
        """Reply with a text that only the user sees; it replaces a deferred reply."""
        message = plain_message(text)
        if interaction.response.type is None:
            await self.reply_at_once(interaction, message, private=True)
        elif interaction.response.type is discord.InteractionResponseType.deferred_channel_message:
            await interaction.edit_original_response(
                view=view_of(message), allowed_mentions=NO_MENTIONS
            )
        else:
            await interaction.followup.send(
                view=view_of(message), ephemeral=True, allowed_mentions=NO_MENTIONS
            )

    @contextlib.asynccontextmanager
    async def handling(self, interaction: _Interaction, what: str) -> AsyncIterator[None]:
        """Handle an interaction in the block: log its result, and report an error to the user.

        Args:
            interaction: the interaction.
            what: its name in the log.
        """
        with self.tracking(interaction.id):
            try:
                yield
            except Exception as error:  # noqa: BLE001 - `error_text` logs it
                await self._report(interaction, what, error)
            else:
                _LOG.info("done", extra={"fields": {"what": what}})
            finally:
                self._pending_acknowledgements.remove(interaction.id)

    async def _report(self, interaction: _Interaction, what: str, error: Exception) -> None:
        text = error_text(error, what)
        if text:
            with contextlib.suppress(*DISCORD_ERRORS, discord.InteractionResponded):
                await self.say(interaction, text)


async def with_one_retry(request: Callable[[], Awaitable[object]]) -> None:
    """Make a request; repeat it once if the connection was lost.

    Discord closes idle connections at any time. The request must be safe to repeat.
    """
    try:
        await request()
    except (OSError, aiohttp.ClientError):
        await request()


def error_text(error: Exception, what: str) -> str:
    """Log an error in one line, and return the reply to the user.

    Args:
        error: the error.
        what: the name, in the log, of the interaction.

    Returns:
        The text; empty if the interaction has expired, so that no reply is possible.
    """
    fields = {"what": what, "error": type(error).__name__}
    count_error(error)
    if isinstance(error, PullquoteError | Busy):
        _log_own_error(error, fields)
        return own_error_text(error)
    if isinstance(error, discord.HTTPException):
        _LOG.warning(
            "Discord answered %s: %s",
            error.status,
            one_line(error.text),
            extra={"fields": {**fields, "code": error.code}},
        )
        if isinstance(error, discord.Forbidden):
            return discord_strings.CANNOT_POST
        return "" if error.code in _EXPIRED else discord_strings.WENT_WRONG
    if isinstance(error, DISCORD_ERRORS):
        _LOG.warning("no connection to Discord: %s", one_line(str(error)), extra={"fields": fields})
    else:
        _LOG.error("a mistake in the program", exc_info=error, extra={"fields": fields})
    return discord_strings.WENT_WRONG


def _log_own_error(error: PullquoteError | Busy, fields: dict[str, str]) -> None:
    match error:
        case Busy():
            _LOG.warning("busy", extra={"fields": fields})
        case RequestError():
            _LOG.info("refused", extra={"fields": fields})
        case ArchiveError():
            _LOG.warning("the archive cannot be read: %s", error, extra={"fields": fields})
        case _:
            _LOG.error("%s", error, extra={"fields": fields})
