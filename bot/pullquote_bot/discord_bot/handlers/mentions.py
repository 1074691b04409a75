"""Messages that mention the bot, and direct messages."""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
from collections.abc import Sequence
from typing import Any

import discord

from pullquote.answering.query import understand
from pullquote.english.check_requests import asks_for_check
from pullquote.settings_archives import ArchiveName
from pullquote_bot.discord_bot.archive_lookups import answer_lookup
from pullquote_bot.discord_bot.earlier_answers import EarlierAnswer
from pullquote_bot.discord_bot.handlers.admission import Admission, no_archive_text
from pullquote_bot.discord_bot.handlers.languages import speak_in
from pullquote_bot.discord_bot.handlers.pressed_messages import earlier_answer
from pullquote_bot.discord_bot.handlers.questions import QuestionHandler
from pullquote_bot.discord_bot.handlers.replies import Replies, log_post
from pullquote_bot.discord_bot.handlers.request_errors import (
    DISCORD_ERRORS,
    error_text,
    with_one_retry,
)
from pullquote_bot.discord_bot.handlers.views import NO_MENTIONS, view_of
from pullquote_bot.discord_bot.messages.components import Message
from pullquote_bot.discord_bot.messages.info_messages import plain_message
from pullquote_bot.discord_bot.messages.posted_messages import posted_message
from pullquote_bot.discord_bot.messages.question_text import message_words
from pullquote_bot.discord_bot.strings import contents as discord_contents
from pullquote_bot.discord_bot.strings import refusals as discord_refusals
from pullquote_bot.discord_bot.verification_lookups import verification_lookup
from pullquote_bot.serving.archive_choice import NoArchive
from pullquote_bot.serving.fair_queue import Asker
from pullquote_bot.serving.service import Service
from pullquote_bot.visible_text import without_invisible

_WRITTEN = (discord.MessageType.default, discord.MessageType.reply)
"""The types of messages that people write; others tell of pins, new members and the like."""
_NO_HISTORY = 160002
"""Discord's error code for a reply in a channel whose history the bot may not read."""
_LOOKED_BACK = 20
"""The last answer is looked for in this number of messages."""
_GOES_ON_FOR = dt.timedelta(days=1)
"""The greatest age of an answer that a direct message, which is no reply, follows up."""
_LOG = logging.getLogger("pullquote.discord")


class MentionHandler:
    """Answers messages by replying to them.

    Everyone sees the replies, so a message that asks nothing, or too much, gets one, and further
    ones of its author get none for a while (`Service.may_notify`).
    """

    def __init__(
        self,
        service: Service,
        questions: QuestionHandler,
        replies: Replies,
        admission: Admission,
    ) -> None:
        self._service = service
        self._questions = questions
        self._replies = replies
        self._admission = admission

    async def on_message(self, message: discord.Message, bot: int) -> None:
        """Answer a message that mentions the bot, or a direct message; ignore others.

        Args:
            message: the message.
            bot: the bot's own user id.
        """
        if (
            message.author.bot
            or message.type not in _WRITTEN
            or not (message.guild is None or _mentions(message, bot))
        ):
            return
        speak_in(message.guild)
        with self._replies.tracking(message.id):
            try:
                replies = await self._messages(message, bot)
                if replies:
                    await _post(message, replies)
                _LOG.info("done", extra={"fields": {"what": "mention"}})
            except Exception as error:  # noqa: BLE001 - `error_text` logs it
                await self._report(message, error)

    async def _messages(self, message: discord.Message, bot: int) -> Sequence[Message]:
        """The replies to a message; none if there are to be none."""
        server = message.guild.id if message.guild else None
        archive = await self._admission.archive_of_message(message)
        notice = self._notice(message, server, archive)
        if notice or isinstance(archive, NoArchive):
            return self._notices(message, notice)
        if wait := self._service.rate_limit_message(message.author.id, server, archive):
            await self._say_alone(message, wait)
            return []
        text = without_invisible(message_words(message.content, bot))
        if not text:
            # Discord keeps the words of a message that mentions the bot's role from the bot.
            came = bool(message.content) or message.guild is None
            notice = discord_refusals.ASK_ME if came else discord_refusals.mention_me(bot)
            return self._notices(message, notice)
        if message.reference and asks_for_check(text):
            return await self._checked(message, bot, archive)
        earlier = await _earlier_answer(message, bot)
        question = self._questions.follow_up(text, earlier)
        if not earlier and understand(text).names_nothing and not self._may_notify(message):
            return []
        lookup = answer_lookup(self._questions.quotes(server), private=False)
        asker = Asker.of(message.author.id, server)
        answered = await self._questions.ask(asker, archive, question, lookup)
        return [self._replies.named(each, archive) for each in answered]

    async def _checked(
        self, message: discord.Message, bot: int, archive: ArchiveName
    ) -> Sequence[Message]:
        """Whether the archive prints the words of the message that a message replies to.

        Discord leaves them out unless they are the bot's own, mention it, or are direct.
        """
        replied_to = message.reference.resolved if message.reference else None
        if not isinstance(replied_to, discord.Message):
            return self._notices(message, discord_refusals.CHECK_YOURSELF)
        if replied_to.author.id == bot:
            return self._notices(message, discord_contents.QUOTED_AS_PRINTED)
        text = without_invisible(message_words(replied_to.content, bot))
        if not text:
            return self._notices(message, discord_refusals.CHECK_YOURSELF)
        server = message.guild.id if message.guild else None
        asker = Asker.of(message.author.id, server)
        checked = await self._service.look_up(asker, archive, None, verification_lookup(text))
        return [self._replies.named(checked, archive)]

    def _notice(
        self, message: discord.Message, server: int | None, archive: ArchiveName | NoArchive
    ) -> str:
        """Why a message is not answered now; empty if it is."""
        if isinstance(archive, NoArchive):
            return no_archive_text(archive, in_server=server is not None)
        if self._service.server_settings(server).private:
            return discord_refusals.PRIVATE_HERE
        return self._questions.channel_refusal(server, message.channel)

    def _may_notify(self, message: discord.Message) -> bool:
        return self._service.may_notify(message.author.id, message.channel.id)

    def _notices(self, message: discord.Message, text: str) -> list[Message]:
        return [plain_message(text)] if self._may_notify(message) else []

    async def _report(self, message: discord.Message, error: Exception) -> None:
        """Say what went wrong to the author."""
        if text := error_text(error, "mention"):
            if isinstance(error, discord.Forbidden):
                text = discord_refusals.cannot_post_in(f"<#{message.channel.id}>")
            with contextlib.suppress(*DISCORD_ERRORS):
                await self._say_alone(message, text)

    async def _say_alone(self, message: discord.Message, text: str) -> None:
        """Say something to the author that is of no use to others, if that may be said now.

        A message, unlike an interaction, has no reply that one person alone sees, so it is a direct
        message; where the author takes none, it is a reply.
        """
        if not self._may_notify(message):
            return
        reply = plain_message(text)
        if message.guild:
            try:
                await message.author.send(view=view_of(reply), allowed_mentions=NO_MENTIONS)
            except discord.Forbidden:
                await _post(message, [reply])
        else:
            await _post(message, [reply])


def _mentions(message: discord.Message, bot: int) -> bool:
    """Whether a message mentions the bot, or the role that Discord made for it alone."""
    if any(user.id == bot for user in message.mentions):
        return True
    return message.guild is not None and message.guild.self_role in message.role_mentions


async def _earlier_answer(message: discord.Message, bot: int) -> EarlierAnswer | None:
    """The answer that a message follows; None if the message begins a conversation.

    It is the one that the message replies to, or the last one before it in a thread of the bot, or
    among direct messages of a day.
    """
    replied_to = message.reference.resolved if message.reference else None
    if isinstance(replied_to, discord.Message) and replied_to.author.id == bot:
        return earlier_answer(replied_to)
    is_thread = isinstance(message.channel, discord.Thread) and message.channel.owner_id == bot
    if not (is_thread or message.guild is None):
        return None
    try:
        async for before in message.channel.history(limit=_LOOKED_BACK, before=message):
            if not is_thread and message.created_at - before.created_at > _GOES_ON_FOR:
                return None
            if before.author.id == bot and (earlier := earlier_answer(before)):
                return earlier
    except DISCORD_ERRORS as error:
        _LOG.warning("no history of a channel: %s", type(error).__name__)
    return None


async def _post(message: discord.Message, replies: Sequence[Message]) -> None:
    author, server = message.author.id, message.guild
    if server:
        replies = [posted_message(reply, author) for reply in replies]
    for position, reply in enumerate(replies):
        if position > 0 or not await _post_with_reference(message, reply):
            await _send(message, reply, position)
    if server:
        log_post(author, server.id, message.channel.id)


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
