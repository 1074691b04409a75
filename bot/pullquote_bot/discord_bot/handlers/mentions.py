"""Messages that mention the bot, and direct messages."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Sequence
from typing import Any

import discord

from pullquote_bot.discord_bot import discord_strings
from pullquote_bot.discord_bot.archive_lookups import answer_lookup
from pullquote_bot.discord_bot.earlier_answers import EarlierAnswer
from pullquote_bot.discord_bot.handlers.pressed_messages import earlier_answer
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
_LOOKED_BACK = 20
"""The last answer of a thread is looked for in this number of messages."""
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
        earlier = await _earlier_answer(message, bot)
        lookup = answer_lookup(self._questions.quotes(server), private=False)
        asker = Asker.of(message.author.id, server)
        question = self._questions.follow_up(text, earlier)
        return await self._questions.ask(asker, question, lookup)


async def _earlier_answer(message: discord.Message, bot: int) -> EarlierAnswer | None:
    """The answer that a message goes on from; None if it begins anew.

    It is the one that the message replies to, or in a thread of the bot the last one before it.
    """
    replied_to = message.reference.resolved if message.reference else None
    if isinstance(replied_to, discord.Message):
        return earlier_answer(replied_to) if replied_to.author.id == bot else None
    if not (isinstance(message.channel, discord.Thread) and message.channel.owner_id == bot):
        return None
    try:
        async for before in message.channel.history(limit=_LOOKED_BACK, before=message):
            if before.author.id == bot and (earlier := earlier_answer(before)):
                return earlier
    except DISCORD_ERRORS as error:
        _LOG.warning("no history of a thread: %s", type(error).__name__)
    return None


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
