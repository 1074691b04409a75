"""Acknowledging interactions, replying to them, and reporting errors to the user."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from typing import Any

import discord

from pullquote.settings_archives import ArchiveName
from pullquote_bot.discord_bot.handlers.asked_archives import archive_of
from pullquote_bot.discord_bot.handlers.request_errors import (
    DISCORD_ERRORS,
    Expired,
    error_text,
    with_one_retry,
)
from pullquote_bot.discord_bot.handlers.views import NO_MENTIONS, files_of, view_of
from pullquote_bot.discord_bot.messages.archive_tags import in_archive
from pullquote_bot.discord_bot.messages.components import Message
from pullquote_bot.discord_bot.messages.info_messages import plain_message
from pullquote_bot.discord_bot.messages.posted_messages import posted_message
from pullquote_bot.serving.fair_queue import Asker
from pullquote_bot.serving.json_log import interaction_id
from pullquote_bot.serving.pending_acknowledgements import MAX_SECONDS, PendingAcknowledgements

_LOG = logging.getLogger("pullquote.discord")
_Interaction = discord.Interaction[Any]
_ACKNOWLEDGED_ALREADY = 40060
"""Discord's error code for a second response: discord.py repeats one whose result was lost."""
_CONCURRENT_FIRST_RESPONSES = 100
"""With 0.2 s to Discord and back, 500 a second."""
_REPLY_WAITS = 2.0
"""Seconds for which a reply waits at most for first responses that are not sent yet."""
_FIRST_RESPONSE_TIMEOUT = 5.0
"""Seconds for which a first response is tried: Discord takes none after three."""
_DEFERRED = discord.InteractionResponseType.deferred_channel_message
_PUBLIC, _POSTED = "public", "posted"
"""Keys of an interaction's extras: everyone sees its deferred reply; the reply is there."""


def log_post(user: int, server: int | None, channel: int | None) -> None:
    """Log who had the bot post something that everyone sees, and where, by their ids."""
    fields = {"user": user, "server": server, "channel": channel}
    _LOG.info("posted", extra={"fields": fields})


def asker_of(interaction: _Interaction) -> Asker:
    """Who uses an interaction, and where."""
    return Asker.of(interaction.user.id, interaction.guild_id)


class Replies:
    """Acknowledges interactions and replies to them; counts those in progress."""

    def __init__(
        self,
        pending_acknowledgements: PendingAcknowledgements,
        label_of: Callable[[ArchiveName], str],
    ) -> None:
        """Start with nothing in progress.

        `label_of` gives an archive's title, which stands below what it answers.
        """
        self._label_of = label_of
        self._pending_acknowledgements = pending_acknowledgements
        self._first_responses = asyncio.Semaphore(_CONCURRENT_FIRST_RESPONSES)
        self.in_progress = 0
        """The number of interactions and messages being handled."""
        self._idle = asyncio.Event()
        self._idle.set()
        self._tasks: set[asyncio.Task[Any]] = set()

    @contextlib.contextmanager
    def tracking(self, number: int) -> Iterator[None]:
        """Count the block as in progress, and add an id to each of its log lines."""
        token = interaction_id.set(str(number))
        task = asyncio.current_task()
        assert task is not None  # everything is handled in a task of its own
        self._tasks.add(task)
        self.in_progress += 1
        self._idle.clear()
        try:
            yield
        finally:
            interaction_id.reset(token)
            self._tasks.discard(task)
            self.in_progress -= 1
            if not self.in_progress:
                self._idle.set()

    def give_up(self) -> None:
        """End what is in progress: without a connection it could only fail."""
        for task in self._tasks:
            task.cancel()

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
            async with self._sending(interaction):
                await with_one_retry(
                    lambda: interaction.response.defer(ephemeral=private, thinking=not update)
                )
        except discord.HTTPException as error:
            if error.code != _ACKNOWLEDGED_ALREADY:
                raise
        if not private and not update:
            interaction.extras[_PUBLIC] = True
        self._pending_acknowledgements.remove(interaction.id)

    @contextlib.asynccontextmanager
    async def _sending(self, interaction: _Interaction) -> AsyncIterator[None]:
        """Send an interaction's first response in the block, when it is its turn.

        A hundred are sent at a time, in the order of their arrival: of more than the bot can send
        in time, the first ones are in time.

        Raises:
            Expired: the interaction is over Discord's time limit.
        """
        pending = self._pending_acknowledgements
        async with self._first_responses:
            if pending.age(interaction.id) > MAX_SECONDS:
                raise Expired
            pending.begin_sending(interaction.id)
            async with asyncio.timeout(_FIRST_RESPONSE_TIMEOUT):
                yield

    def named(self, message: Message, archive: ArchiveName) -> Message:
        """A message that names its archive: see `in_archive`."""
        return in_archive(message, archive, self._label_of(archive))

    async def reply(
        self, interaction: _Interaction, messages: Sequence[Message], *, private: bool
    ) -> None:
        """Reply to an acknowledged interaction, with one message or several.

        Messages that others see name the user, and the log has the user's id.
        """
        messages = [self.named(message, archive_of(interaction)) for message in messages]
        seen_by_others = not private and not interaction.context.dm_channel
        if seen_by_others:
            messages = [posted_message(message, interaction.user.id) for message in messages]
        first, *others = messages
        await self._pending_acknowledgements.until_sent(_REPLY_WAITS)
        await with_one_retry(
            lambda: interaction.edit_original_response(
                view=view_of(first), attachments=files_of(first), allowed_mentions=NO_MENTIONS
            )
        )
        if _PUBLIC in interaction.extras:
            interaction.extras[_POSTED] = True
        if seen_by_others and _POSTED in interaction.extras:
            log_post(interaction.user.id, interaction.guild_id, interaction.channel_id)
        for message in others:
            await interaction.followup.send(
                view=view_of(message), ephemeral=private, allowed_mentions=NO_MENTIONS
            )

    async def reply_at_once(
        self, interaction: _Interaction, message: Message, *, private: bool
    ) -> None:
        """Reply without an acknowledgement, if nothing has to be looked up."""
        message = self.named(message, archive_of(interaction))
        try:
            async with self._sending(interaction):
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
        """Reply with a text that only the user sees; it takes the place of a deferred reply."""
        message = plain_message(text)
        response = interaction.response.type
        if response is None:
            await self.reply_at_once(interaction, message, private=True)
            return
        await self._pending_acknowledgements.until_sent(_REPLY_WAITS)
        if (
            response is not _DEFERRED
            or _POSTED in interaction.extras
            or await self._withdraw(interaction)
        ):
            await interaction.followup.send(
                view=view_of(message), ephemeral=True, allowed_mentions=NO_MENTIONS
            )
        else:
            await interaction.edit_original_response(
                view=view_of(message), allowed_mentions=NO_MENTIONS
            )

    async def _withdraw(self, interaction: _Interaction) -> bool:
        """Delete a deferred reply that everyone would see; whether that was done.

        What replaces it, or comes first after it, would be seen by everyone, too.
        """
        if _PUBLIC not in interaction.extras:
            return False
        try:
            await interaction.delete_original_response()
        except DISCORD_ERRORS:
            return False
        return True

    @contextlib.asynccontextmanager
    async def handling(self, interaction: _Interaction, what: str) -> AsyncIterator[None]:
        """Handle an interaction in the block: log its result, and report an error to the user.

        `what` is its name in the log.
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
        text = error_text(error, what, archive_of(interaction))
        if text:
            with contextlib.suppress(*DISCORD_ERRORS, discord.InteractionResponded, Expired):
                await self.say(interaction, text)
