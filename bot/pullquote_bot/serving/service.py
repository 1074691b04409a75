"""What the bot works with, without Discord: the open archives, the queue of questions, the records, who may ask how often."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from pullquote.answering.open_index import OpenIndex
from pullquote.settings import Settings
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.manifest import GenerationId
from pullquote_bot.strings import rate_limits as limit_strings
from pullquote_bot.serving.answer_queue import AnswerQueue, Busy
from pullquote_bot.serving.bot_database import BotDatabase, ServerSettings
from pullquote_bot.serving.open_archives import OpenArchive, OpenArchives
from pullquote_bot.serving.pending_acknowledgements import PendingAcknowledgements
from pullquote_bot.serving.rate_limits import RateLimit
from pullquote_bot.serving.timings import Timings

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
        begun: when the bot was started, in seconds of the monotonic clock.
    """

    def __init__(
        self, settings: Settings, open_archive: Callable[[GenerationId | None], OpenIndex]
    ) -> None:
        """Open archive and records, and begin to answer.

        Raises:
            ArchiveError: the archive cannot be used.
            SettingsError: the records cannot.
        """
        self.settings = settings
        self.begun = time.monotonic()
        self.archives = OpenArchives(BuiltFolder(settings.index.path), open_archive, time.monotonic)
        self._records = BotDatabase(settings.discord.records)
        self._servers = self._records.servers()
        self.arrivals = PendingAcknowledgements(time.monotonic)
        self.lag = Timings()
        self.queue = AnswerQueue(self.archives, settings.discord.queue, self.arrivals)
        self._user_pace = RateLimit(settings.discord.user_questions, time.monotonic)
        self._server_pace = RateLimit(settings.discord.server_questions, time.monotonic)
        self._looking_up = 0
        # A thread each: a file that is locked, or an index that is being opened, holds up nothing else.
        self._lookups, self._writing, self._switching = (
            ThreadPoolExecutor(1, thread_name_prefix=name)
            for name in ("lookups", "records", "switching")
        )

    def server(self, server: int | None) -> ServerSettings:
        """A server's settings; the plain ones in direct messages. From memory, for it is asked before an interaction is acknowledged."""
        return self._servers.get(server or 0, ServerSettings())

    async def change_server(
        self, server: int, change: Callable[[ServerSettings], ServerSettings]
    ) -> None:
        """Change a server's settings.

        Raises:
            SettingsError: they cannot be kept, and stay as they were.
        """

        def changed(records: BotDatabase) -> None:
            settings = change(self.server(server))
            records.set_server(server, settings)
            self._servers[server] = settings

        await self.record(changed)

    async def forget_server(self, server: int) -> None:
        """Drop the settings of a server that the bot has left."""
        self._servers.pop(server, None)
        await self.record(lambda records: records.forget_server(server))

    def seconds_to_wait(self, user: int, server: int | None) -> str:
        """What to tell one who asks too often; empty where they may ask, which is then noted."""
        if wait := self._user_pace.wait(user):
            return limit_strings.wait_a_while(wait, server=False)
        if server is not None and (wait := self._server_pace.wait(server)):
            return limit_strings.wait_a_while(wait, server=True)
        self._user_pace.asked(user)
        self._server_pace.asked(server)
        return ""

    async def record(self, work: Callable[[BotDatabase], Made]) -> Made:
        """Read or write the records, off the event loop, one after another.

        Raises:
            SettingsError: they cannot be used.
        """
        return await asyncio.get_running_loop().run_in_executor(self._writing, work, self._records)

    async def look_up(
        self, generation: GenerationId | None, work: Callable[[OpenArchive], Made]
    ) -> Made:
        """Do short work on a generation, off the event loop.

        Raises:
            ArchiveError: the generation is gone.
            Busy: too much is waiting to be looked up.
        """

        def borrowed() -> Made:
            with self.archives.borrow(generation) as opened:
                return work(opened)

        if self._looking_up >= self.settings.discord.queue:
            raise Busy
        self._looking_up += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._lookups, borrowed)
        finally:
            self._looking_up -= 1

    async def switch(self) -> None:
        """Switch to a new generation of the index if there is one.

        Raises:
            ArchiveError: it cannot be used; the present one stays.
        """
        live = await asyncio.get_running_loop().run_in_executor(self._switching, self.archives.look)
        if live:
            _LOG.info("switched", extra={"fields": {"generation": live}})

    def close(self) -> None:
        """Finish what waits and let go of everything."""
        self.queue.close()
        for threads in (self._lookups, self._writing, self._switching):
            threads.shutdown()
        self.archives.close()
        self._records.close()
