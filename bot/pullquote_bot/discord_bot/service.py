"""What the bot works with, without Discord: the open archives, the queue of questions, the records, who may ask how often."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from pullquote.archive import Archive
from pullquote.dates import parse_period
from pullquote.errors import RequestError
from pullquote.generation import BuiltFolder, GenerationId
from pullquote.query import Query, understand
from pullquote.settings import Settings
from pullquote_bot import strings
from pullquote_bot.discord_bot.answer_layout import LONGEST_QUESTION
from pullquote_bot.discord_bot.answer_queue import AnswerQueue, Question
from pullquote_bot.discord_bot.archives import Archives, Opened
from pullquote_bot.discord_bot.arrivals import Arrivals
from pullquote_bot.discord_bot.cooldowns import Cooldown
from pullquote_bot.discord_bot.measures import Times
from pullquote_bot.discord_bot.presses import Scope, scoped, source_key
from pullquote_bot.discord_bot.records import Records, ServerSettings
from pullquote_bot.terminal import one_line, without_invisible

Made = TypeVar("Made")
_LOG = logging.getLogger("pullquote.index")


class Service:
    """Everything that outlives one interaction.

    Attributes:
        settings: in force.
        archives: the open generations.
        arrivals: interactions not yet acknowledged.
        lag: of the event loop, in seconds.
        queue: of questions.
        records: servers' settings and feedback.
        begun: when the bot was started, in seconds of the monotonic clock.
    """

    def __init__(self, settings: Settings, open_archive: Callable[[GenerationId | None], Archive]) -> None:
        """Open archive and records, and begin to answer.

        Raises:
            ArchiveError: the archive cannot be used.
            SettingsError: the records cannot.
        """
        self.settings = settings
        self.begun = time.monotonic()
        self.archives = Archives(BuiltFolder(settings.index.path), open_archive, time.monotonic)
        self.records = Records(settings.discord.records)
        self.arrivals = Arrivals(time.monotonic)
        self.lag = Times()
        self.queue = AnswerQueue(self.archives, settings.discord.queue, self.arrivals)
        self._users = Cooldown(settings.discord.user_questions, time.monotonic)
        self._servers = Cooldown(settings.discord.server_questions, time.monotonic)
        self._known: dict[int, ServerSettings] = {}
        self._lookups = ThreadPoolExecutor(1, thread_name_prefix="lookups")

    def server(self, server: int | None) -> ServerSettings:
        """A server's settings; the plain ones in direct messages. Read once from the file, then from memory."""
        if server is None:
            return ServerSettings()
        if server not in self._known:
            self._known[server] = self.records.server(server)
        return self._known[server]

    async def set_server(self, server: int, settings: ServerSettings) -> None:
        """Change a server's settings."""
        self._known[server] = settings
        await self.aside(lambda: self.records.set_server(server, settings))

    async def forget_server(self, server: int) -> None:
        """Drop the settings of a server that the bot has left."""
        self._known.pop(server, None)
        await self.aside(lambda: self.records.forget_server(server))

    def seconds_to_wait(self, user: int, server: int | None) -> str:
        """What to tell one who asks too often; empty where they may ask, which is then noted."""
        if wait := self._users.wait(user):
            return strings.wait_a_while(wait, server=False)
        if server is not None and (wait := self._servers.wait(server)):
            return strings.wait_a_while(wait, server=True)
        self._users.asked(user)
        self._servers.asked(server)
        return ""

    async def aside(self, work: Callable[[], Made]) -> Made:
        """Do short work that reads a file, off the event loop."""
        return await asyncio.get_running_loop().run_in_executor(self._lookups, work)

    async def look_up(self, generation: GenerationId | None, work: Callable[[Opened], Made]) -> Made:
        """Do short work on a generation, off the event loop.

        Raises:
            ArchiveError: the generation is gone.
        """

        def borrowed() -> Made:
            with self.archives.borrow(generation) as opened:
                return work(opened)

        return await self.aside(borrowed)

    async def switch(self) -> None:
        """Switch to a new generation of the index if there is one.

        Raises:
            ArchiveError: it cannot be used; the present one stays.
        """
        live = await self.aside(self.archives.look)
        if live:
            _LOG.info("switched", extra={"fields": {"generation": live}})

    def close(self) -> None:
        """Finish what waits and let go of everything."""
        self.queue.close()
        self._lookups.shutdown()
        self.archives.close()
        self.records.close()


def question(text: str, since: str = "", until: str = "", source: str = "", *, today: dt.date) -> Question:
    """A question as it was typed.

    Raises:
        RequestError: it is too long, or a date cannot be read.
    """
    words = without_invisible(text)
    if len(words) > LONGEST_QUESTION:
        raise RequestError(strings.too_long(len(words), LONGEST_QUESTION))
    first, last = _days(since, today), _days(until, today)
    query = understand(words, since=first[0] if first else None, until=last[1] if last else None, source=source.strip())
    return Question(lambda _: query)


def question_again(text: str, scope: Scope, generation: GenerationId | None) -> Question:
    """A question as a button remembers it.

    Raises:
        RequestError: it has no words.
    """
    query = understand(text)

    def in_scope(archive: Archive) -> Query:
        return scoped(query, scope, {source_key(count.source): count.source for count in archive.store.sources() if count.source})

    return Question(in_scope, generation)


def _days(text: str, today: dt.date) -> tuple[dt.date, dt.date] | None:
    if not text.strip():
        return None
    days = parse_period(text, today)
    if days is None:
        raise RequestError(strings.not_a_date(one_line(text)[:60]))
    return days
