"""The state that outlives an interaction: archives, queue, database, rate limits. No discord."""

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
from pullquote_bot.serving.answer_queue import AnswerQueue
from pullquote_bot.serving.bot_database import BotDatabase
from pullquote_bot.serving.fair_queue import Asker
from pullquote_bot.serving.fair_threads import FairThreads
from pullquote_bot.serving.open_archives import OpenArchive, OpenArchives
from pullquote_bot.serving.pending_acknowledgements import PendingAcknowledgements
from pullquote_bot.serving.rate_limits import RateLimit
from pullquote_bot.serving.server_settings import ServerSettings
from pullquote_bot.serving.timings import Timings
from pullquote_bot.strings import rate_limits as limit_strings

Result = TypeVar("Result")
_LOG = logging.getLogger("pullquote.index")
_USER_NOTICES, _CHANNEL_NOTICES = 1, 5
"""Notices in a minute that one person, and one channel, gets at most where everyone sees them."""
_RECORDS_LOG = logging.getLogger("pullquote.records")


class Service:
    """The bot without Discord.

    Attributes:
        settings: the settings in force.
        archives: the open generations of the index.
        pending_acknowledgements: interactions that are not acknowledged yet.
        event_loop_lag: the event loop's lag, in seconds.
        answer_queue: the questions that wait or are being answered.
        started_at: when the bot started, in seconds of the monotonic clock.
    """

    def __init__(
        self,
        settings: Settings,
        open_archive: Callable[[GenerationId | None], OpenIndex],
        *,
        keeps_records: bool = True,
    ) -> None:
        """Open the archive and the database, and start the threads.

        Args:
            settings: the settings in force.
            open_archive: opens a generation of the index; the live one for None.
            keeps_records: whether the database is a file; in memory it is for other doors alone.

        Raises:
            ArchiveError: the archive cannot be opened.
            SettingsError: the database cannot be opened.
        """
        self.settings = settings
        self.started_at = time.monotonic()
        self.archives = OpenArchives(BuiltFolder(settings.index.path), open_archive, time.monotonic)
        self._database = BotDatabase(settings.discord.records if keeps_records else None)
        self._server_settings = self._database.server_settings()
        self.pending_acknowledgements = PendingAcknowledgements(time.monotonic)
        self.event_loop_lag = Timings()
        self.answer_queue = AnswerQueue(
            self.archives, settings.discord.queue, self.pending_acknowledgements
        )
        self._user_limit = RateLimit(settings.discord.user_questions, time.monotonic)
        self._server_limit = RateLimit(settings.discord.server_questions, time.monotonic)
        self._lookup_limit = RateLimit(settings.discord.user_lookups, time.monotonic)
        self._user_notices = RateLimit(_USER_NOTICES, time.monotonic)
        self._channel_notices = RateLimit(_CHANNEL_NOTICES, time.monotonic)
        # One thread each: a locked file, or an index that is being opened, blocks nothing else.
        self._lookups = FairThreads(
            "lookups", 1, settings.discord.queue, self.pending_acknowledgements
        )
        self._database_thread, self._refresh_thread = (
            ThreadPoolExecutor(1, thread_name_prefix=name) for name in ("records", "switching")
        )

    def server_settings(self, server: int | None) -> ServerSettings:
        """A server's settings; the default ones for None (a direct message).

        Read from memory, because they are needed before an interaction is acknowledged.
        """
        return self._server_settings.get(server or 0, ServerSettings())

    async def change_server_settings(
        self, server: int, change: Callable[[ServerSettings], ServerSettings]
    ) -> None:
        """Change and save a server's settings.

        Args:
            server: the server's id.
            change: returns the new settings for the present ones.

        Raises:
            SettingsError: the database cannot be written; the settings are unchanged.
        """

        def save(database: BotDatabase) -> None:
            settings = change(self.server_settings(server))
            database.save_server_settings(server, settings)
            self._server_settings[server] = settings

        await self.use_database(save)

    async def delete_server(self, server: int) -> None:
        """Delete what is kept of a server that the bot has left."""
        self._server_settings.pop(server, None)
        await self.use_database(lambda database: database.delete_server(server))

    async def delete_left_servers(self, is_left: Callable[[int], bool]) -> None:
        """Delete what is kept of the servers that the bot has left while it was away.

        Args:
            is_left: whether the bot has left the server with this id.
        """
        welcomed = await self.use_database(lambda database: database.welcomed_servers())
        for server in filter(is_left, {*self._server_settings, *welcomed}):
            await self.delete_server(server)
            _RECORDS_LOG.info(
                "settings of a left server deleted", extra={"fields": {"server": server}}
            )

    def rate_limit_message(self, user: int, server: int | None) -> str:
        """The message for an asker who is over a rate limit.

        Returns:
            The message; empty if the asker may ask. The question is then counted.
        """
        if seconds := self._user_limit.seconds_to_wait(user):
            return limit_strings.wait_a_while(seconds, server=False)
        if server is not None and (seconds := self._server_limit.seconds_to_wait(server)):
            return limit_strings.wait_a_while(seconds, server=True)
        self._user_limit.record_question(user)
        self._server_limit.record_question(server)
        return ""

    def lookup_limit_message(self, user: int) -> str:
        """The message for a user who has looked up too much in the last minute.

        Returns:
            The message; empty if the user may look something up. The look-up is then counted.
        """
        if seconds := self._lookup_limit.seconds_to_wait(user):
            return limit_strings.look_up_later(seconds)
        self._lookup_limit.record_question(user)
        return ""

    def may_notify(self, user: int, channel: int) -> bool:
        """Whether a message that asks nothing, or too much, gets a reply that everyone sees.

        Otherwise members could have the bot post as often as they write. The reply is counted.
        """
        if self._user_notices.seconds_to_wait(user) or self._channel_notices.seconds_to_wait(
            channel
        ):
            return False
        self._user_notices.record_question(user)
        self._channel_notices.record_question(channel)
        return True

    async def use_database(self, work: Callable[[BotDatabase], Result]) -> Result:
        """Read or write the database in its thread, one call after another.

        Raises:
            SettingsError: the database cannot be used.
        """
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._database_thread, work, self._database)

    async def keep_records(self) -> None:
        """Notice that the database was deleted, replaced or overwritten, and log it.

        A file that is put in its place is used from then on. The settings of servers that are in
        memory are saved in a new one that has none.

        Raises:
            SettingsError: the database cannot be used.
        """

        def reopen(database: BotDatabase) -> bool:
            if not database.reopen_if_replaced():
                return False
            saved = database.server_settings()
            if saved:
                self._server_settings.clear()
                self._server_settings.update(saved)
            for server, settings in () if saved else list(self._server_settings.items()):
                database.save_server_settings(server, settings)
            return True

        if await self.use_database(reopen):
            _RECORDS_LOG.warning(
                "the bot's records were deleted or replaced while it ran; it uses the file that is "
                "there now (%s)",
                self.settings.discord.records,
            )

    async def look_up(
        self,
        asker: Asker,
        generation: GenerationId | None,
        work: Callable[[OpenArchive], Result],
    ) -> Result:
        """Run short work on a generation in the thread for look-ups.

        Args:
            asker: who asks.
            generation: the generation; the live one for None.
            work: takes the generation; runs in the thread.

        Raises:
            ArchiveError: the generation has been deleted.
            Busy: too many look-ups are waiting, in all or of this person.
        """

        def work_on_lease() -> Result:
            with self.archives.lease(generation) as opened:
                return work(opened)

        return await self._lookups.run(asker, work_on_lease)

    async def refresh_index(self) -> None:
        """Switch to the live generation of the index if it has changed.

        Raises:
            ArchiveError: the new generation cannot be opened; the previous one stays in use.
        """
        loop = asyncio.get_running_loop()
        generation = await loop.run_in_executor(self._refresh_thread, self.archives.refresh)
        if generation:
            _LOG.info("switched", extra={"fields": {"generation": generation}})

    def close(self) -> None:
        """Finish the work in progress, then close the threads, the archives and the database."""
        self.answer_queue.close()
        self._lookups.close()
        for thread in (self._database_thread, self._refresh_thread):
            thread.shutdown()
        self.archives.close()
        self._database.close()
