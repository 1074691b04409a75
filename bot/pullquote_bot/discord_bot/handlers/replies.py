"""Acknowledging interactions and replying to them, and what an asker hears when that fails."""

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
from pullquote_bot.discord_bot.messages.info_messages import plain_message
from pullquote_bot.discord_bot.messages.markdown import escape
from pullquote_bot.serving.answer_queue import Busy
from pullquote_bot.serving.json_log import interaction_id
from pullquote_bot.serving.pending_acknowledgements import PendingAcknowledgements
from pullquote_bot.serving.prometheus_metrics import note_error
from pullquote_bot.visible_text import one_line

_LOG = logging.getLogger("pullquote.discord")
_Interaction = discord.Interaction[Any]
_ACKNOWLEDGED_ALREADY = 40060
"""Discord's code where the first response was taken, its answer was lost, and discord.py made the request again."""
_EXPIRED = (10062, 10015, 50027)
"""Discord's codes for an interaction or a webhook token that has expired."""
UNREACHED = (discord.HTTPException, OSError, aiohttp.ClientError)
"""What a request to Discord can end in. A connection that Discord closes is no OSError to aiohttp."""
_LONGEST_REASON = 1_500


class Replies:
    """Acknowledges and replies."""

    def __init__(self, arrivals: PendingAcknowledgements) -> None:
        """Begin.

        Args:
            arrivals: told of each acknowledgement.
        """
        self._arrivals = arrivals
        self.under_way = 0
        """How many interactions and messages are being dealt with."""
        self._idle = asyncio.Event()
        self._idle.set()

    @contextlib.contextmanager
    def counted(self, number: int) -> Iterator[None]:
        """Count what is dealt with in the block as under way, and write its id on each line of the log."""
        token = interaction_id.set(str(number))
        self.under_way += 1
        self._idle.clear()
        try:
            yield
        finally:
            interaction_id.reset(token)
            self.under_way -= 1
            if not self.under_way:
                self._idle.set()

    async def idle(self) -> None:
        """Wait until nothing is under way."""
        await self._idle.wait()

    async def acknowledge(
        self, interaction: _Interaction, *, private: bool, update: bool = False
    ) -> None:
        """Tell Discord that a reply will come: to the asker alone if private, in the same message if it is an update."""
        try:
            await again(lambda: interaction.response.defer(ephemeral=private, thinking=not update))
        except discord.HTTPException as error:
            if error.code != _ACKNOWLEDGED_ALREADY:
                raise
        self._arrivals.acknowledged(interaction.id)

    async def reply(
        self, interaction: _Interaction, messages: Sequence[Message], *, private: bool
    ) -> None:
        """Reply to what was acknowledged: with the first message in its place and the others after it."""
        first, *others = messages
        await again(
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
        """Reply without having acknowledged before, where nothing has to be looked up."""
        try:
            await again(
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
        self._arrivals.acknowledged(interaction.id)

    async def say(self, interaction: _Interaction, text: str) -> None:
        """Tell the asker alone; in place of the reply where one was promised."""
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
    async def dealing_with(self, interaction: _Interaction, what: str) -> AsyncIterator[None]:
        """Deal with an interaction: whatever goes wrong, the asker gets a word and the log a line."""
        with self.counted(interaction.id):
            try:
                yield
            except Exception as error:  # noqa: BLE001 - told and logged by kind
                await self._tell_of(interaction, what, error)
            else:
                _LOG.info("done", extra={"fields": {"what": what}})
            finally:
                self._arrivals.acknowledged(interaction.id)

    async def _tell_of(self, interaction: _Interaction, what: str, error: Exception) -> None:
        text = word_for(error, what)
        if text:
            with contextlib.suppress(*UNREACHED, discord.InteractionResponded):
                await self.say(interaction, text)


async def again(request: Callable[[], Awaitable[object]]) -> None:
    """Make a request that may be made twice, once more where its connection ended: Discord closes idle ones at any moment."""
    try:
        await request()
    except (OSError, aiohttp.ClientError):
        await request()


def word_for(error: Exception, what: str) -> str:
    """What to tell the asker of an error, which is logged here in one line; nothing where they cannot be reached any more."""
    fields = {"what": what, "error": type(error).__name__}
    note_error(error)
    if isinstance(error, PullquoteError | Busy):
        return _word_for_ours(error, fields)
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
    if isinstance(error, UNREACHED):
        _LOG.warning("no connection to Discord: %s", one_line(str(error)), extra={"fields": fields})
    else:
        _LOG.error("a mistake in the program", exc_info=error, extra={"fields": fields})
    return discord_strings.WENT_WRONG


def _word_for_ours(error: PullquoteError | Busy, fields: dict[str, str]) -> str:
    match error:
        case Busy():
            _LOG.warning("busy", extra={"fields": fields})
            return discord_strings.BUSY
        case RequestError():
            _LOG.info("refused", extra={"fields": fields})
            return escape(request_words(error))
        case ArchiveError():
            _LOG.warning("the archive cannot be read: %s", error, extra={"fields": fields})
            return discord_strings.ARCHIVE_ABSENT
        case _:
            _LOG.error("%s", error, extra={"fields": fields})
            return discord_strings.WENT_WRONG


def request_words(error: RequestError) -> str:
    """What is wrong with a request, for a reader who did not type a command line."""
    words = f"{error.what}. {error.mend}" if error.where == "--source" else error.what
    sentence = one_line(words)[:_LONGEST_REASON]
    return sentence[:1].upper() + sentence[1:] + ("" if sentence.endswith((".", "…", "?")) else ".")
