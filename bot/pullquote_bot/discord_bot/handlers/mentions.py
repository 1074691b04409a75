"""Messages that mention the bot, or are written to it directly."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Sequence
from typing import Any

import discord

from pullquote_bot.discord_bot import discord_strings
from pullquote_bot.discord_bot.handlers import questions
from pullquote_bot.discord_bot.handlers.questions import QuestionHandler, words_of
from pullquote_bot.discord_bot.handlers.replies import UNREACHED, Replies, again, word_for
from pullquote_bot.discord_bot.handlers.views import NO_MENTIONS, view_of
from pullquote_bot.discord_bot.messages.components import Message
from pullquote_bot.discord_bot.messages.info_messages import plain_message
from pullquote_bot.serving.service import Service
from pullquote_bot.visible_text import without_invisible

_NO_HISTORY = 160002
"""Discord's code for a reply where the bot may not read the message history."""
_LOG = logging.getLogger("pullquote.discord")


class MentionHandler:
    """Answers messages by replying to them, where they stand."""

    def __init__(self, service: Service, asking: QuestionHandler, replies: Replies) -> None:
        self._service = service
        self._asking = asking
        self._replies = replies

    async def hear(self, message: discord.Message, itself: int) -> None:
        """Answer a message that is meant for the bot; pass over others."""
        if message.author.bot or not (
            message.guild is None or any(user.id == itself for user in message.mentions)
        ):
            return
        with self._replies.counted(message.id):
            try:
                await _post(message, await self._replies_to(message, itself))
                _LOG.info("done", extra={"fields": {"what": "mention"}})
            except Exception as error:  # noqa: BLE001 - told and logged by kind
                text = word_for(error, "mention")
                with contextlib.suppress(*UNREACHED):
                    if isinstance(
                        error, discord.Forbidden
                    ):  # there is no word in the channel, but there may be one beside it
                        text = discord_strings.cannot_post_in(f"<#{message.channel.id}>")
                        await message.author.send(
                            view=view_of(plain_message(text)), allowed_mentions=NO_MENTIONS
                        )
                    elif text:
                        await _post(message, [plain_message(text)])

    async def _replies_to(self, message: discord.Message, itself: int) -> Sequence[Message]:
        server = message.guild.id if message.guild else None
        settings = self._service.server(server)
        if settings.private:
            return [plain_message(discord_strings.PRIVATE_HERE)]
        refused = self._asking.silence(server, message.channel) or self._service.seconds_to_wait(
            message.author.id, server
        )
        if refused:
            return [plain_message(refused)]
        words = without_invisible(words_of(message, itself))
        if not words:
            return [plain_message(discord_strings.ASK_ME)]
        return await self._asking.ask(
            self._asking.question(words), questions.answering(settings.quotes, private=False)
        )


async def _post(message: discord.Message, messages: Sequence[Message]) -> None:
    for at, reply in enumerate(messages):
        if at > 0 or not await _referred(message, reply):
            await _send(message, reply, at)


async def _referred(message: discord.Message, reply: Message) -> bool:
    """Post a reply; False where the bot may not read what was said before and so not refer to it."""
    try:
        await _send(
            message,
            reply,
            0,
            reference=message.to_reference(fail_if_not_exists=False),
            mention_author=False,
        )
    except discord.HTTPException as error:
        if isinstance(error, discord.Forbidden) or error.code == _NO_HISTORY:
            return False
        raise
    return True


async def _send(message: discord.Message, reply: Message, at: int, **more: Any) -> None:
    """Send one of the messages that answer a message. By the nonce Discord knows it again where it is sent twice."""
    nonce = f"{message.id}.{at}"
    await again(
        lambda: message.channel.send(
            view=view_of(reply), nonce=nonce, allowed_mentions=NO_MENTIONS, **more
        )
    )
