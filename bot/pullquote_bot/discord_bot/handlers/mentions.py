"""Messages that mention the bot, and direct messages."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Sequence
from typing import Any

import discord

from pullquote_bot.discord_bot import discord_strings
from pullquote_bot.discord_bot.archive_lookups import answer_lookup
from pullquote_bot.discord_bot.handlers.questions import QuestionHandler
from pullquote_bot.discord_bot.handlers.replies import Replies
from pullquote_bot.discord_bot.handlers.request_errors import (
    DISCORD_ERRORS,
    error_text,
    with_one_retry,
)
from pullquote_bot.discord_bot.handlers.views import NO_MENTIONS, view_of
from pullquote_bot.discord_bot.messages.components import Message
from pullquote_bot.discord_bot.messages.info_messages import plain_message
from pullquote_bot.discord_bot.messages.question_text import message_words
from pullquote_bot.serving.fair_queue import Asker
from pullquote_bot.serving.service import Service
from pullquote_bot.visible_text import without_invisible

_NO_HISTORY = 160002
"""Discord's error code for a reply in a channel whose history the bot may not read."""
_LOG = logging.getLogger("pullquote.discord")


class MentionHandler:
    """Answers messages by replying to them."""

    def __init__(self, service: Service, questions: QuestionHandler, replies: Replies) -> None:
        self._service = service
        self._questions = questions
        self._replies = replies

    async def on_message(self, message: discord.Message, bot: int) -> None:
        """Answer a message that mentions the bot, or a direct message; ignore others.

        Args:
            message: the message.
            bot: the bot's own user id.
        """
        is_mention = any(user.id == bot for user in message.mentions)
        if message.author.bot or not (message.guild is None or is_mention):
            return
        with self._replies.tracking(message.id):
            try:
                await _post(message, await self._messages(message, bot))
                _LOG.info("done", extra={"fields": {"what": "mention"}})
            except Exception as error:  # noqa: BLE001 - `error_text` logs it
                await _report(message, error)

    async def _messages(self, message: discord.Message, bot: int) -> Sequence[Message]:
        server = message.guild.id if message.guild else None
        if self._service.server_settings(server).private:
            return [plain_message(discord_strings.PRIVATE_HERE)]
        if refusal := self._questions.refusal(message.author.id, server, message.channel):
            return [plain_message(refusal)]
        text = without_invisible(message_words(message.content, bot))
        if not text:
            return [plain_message(discord_strings.ASK_ME)]
        lookup = answer_lookup(self._questions.quotes(server), private=False)
        asker = Asker.of(message.author.id, server)
        return await self._questions.ask(asker, self._questions.typed(text), lookup)


async def _report(message: discord.Message, error: Exception) -> None:
    """Reply with what went wrong, in a direct message if the bot may not write in the channel."""
    text = error_text(error, "mention")
    with contextlib.suppress(*DISCORD_ERRORS):
        if isinstance(error, discord.Forbidden):
            text = discord_strings.cannot_post_in(f"<#{message.channel.id}>")
            view = view_of(plain_message(text))
            await message.author.send(view=view, allowed_mentions=NO_MENTIONS)
        elif text:
            await _post(message, [plain_message(text)])


async def _post(message: discord.Message, replies: Sequence[Message]) -> None:
    for position, reply in enumerate(replies):
        if position > 0 or not await _post_with_reference(message, reply):
            await _send(message, reply, position)


async def _post_with_reference(message: discord.Message, reply: Message) -> bool:
    """Post a reply that refers to the message; False if the bot may not read the history."""
    reference = message.to_reference(fail_if_not_exists=False)
    try:
        await _send(message, reply, 0, reference=reference, mention_author=False)
    except discord.HTTPException as error:
        if isinstance(error, discord.Forbidden) or error.code == _NO_HISTORY:
            return False
        raise
    return True


async def _send(message: discord.Message, reply: Message, position: int, **options: Any) -> None:
    """Send one of the replies to a message.

    The nonce lets Discord recognise a reply that is sent twice.
    """
    nonce = f"{message.id}.{position}"
    await with_one_retry(
        lambda: message.channel.send(
            view=view_of(reply), nonce=nonce, allowed_mentions=NO_MENTIONS, **options
        )
    )
