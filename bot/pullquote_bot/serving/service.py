"""The state that outlives an interaction: archives, queue, database, rate limits. No discord."""

# Longer than 250 lines because everything that outlives an interaction is reached from here.

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from pullquote.settings import Settings
from pullquote.settings_archives import ArchiveName
from pullquote.storage.manifest import GenerationId
from pullquote_bot.serving.answer_queue import AnswerQueue
from pullquote_bot.serving.archive_directory import ArchiveDirectory
from pullquote_bot.serving.archive_process import ArchiveProcess
from pullquote_bot.serving.archives import Archives
from pullquote_bot.serving.asker_limits import AskerLimits
from pullquote_bot.serving.bot_database import BotDatabase
from pullquote_bot.serving.fair_queue import Asker
from pullquote_bot.serving.fair_threads import FairThreads
from pullquote_bot.serving.named_archives import NamedArchives, OpenGeneration
from pullquote_bot.serving.open_archives import OpenArchive
from pullquote_bot.serving.pending_acknowledgements import PendingAcknowledgements
from pullquote_bot.serving.prometheus_metrics import export_archives
from pullquote_bot.serving.server_settings import ServerSettings
from pullquote_bot.serving.timings import Timings, resident_bytes

Result = TypeVar("Result")
_LOOKUP_THREADS = 2
"""A long article, or a text that is verified, holds up no other look-up."""
_RECORDS_LOG = logging.getLogger("pullquote.records")


class Service:
    """The bot without Discord.

    Attributes:
        settings: the settings in force.
        archives: the archives that the settings name.
        pending_acknowledgements: interactions that are not acknowledged yet.
        event_loop_lag: the event loop's lag, in seconds.
        answer_queue: the questions that wait or are being answered.
        rate_limit_message, lookup_limit_message, may_notify: those of `AskerLimits`.
        started_at: when the bot started, in seconds of the monotonic clock.
    """

    # Longer than 40 lines because it makes all that outlives an interaction.
    def __init__(
        self,
        settings: Settings,
        open_generation: OpenGeneration,
        *,
        keeps_records: bool = True,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """Open the archives and the database, and start the threads.

        Args:
            settings: the settings in force.
            open_generation: opens a generation of an index.
            keeps_records: whether the database is a file; in memory it is for other doors alone.
            environment: that of a process of its own, which answers; None to answer in this one.

        Raises:
            ArchiveError: no archive can be opened.
            SettingsError: the database cannot be opened.
        """
        self.settings = settings
        self.started_at = time.monotonic()
        self.archives = ArchiveDirectory(settings)
        self._opened = _opened(settings, open_generation, environment)
        export_archives(self.archives.names)
        self._database = BotDatabase(settings.discord.records if keeps_records else None)
        self._server_settings = self._database.server_settings()
        self._archives_of_people = self._database.archives_of_people()
        self.pending_acknowledgements = PendingAcknowledgements(time.monotonic)
        self.event_loop_lag = Timings()
        queue, pending = settings.discord.queue, self.pending_acknowledgements
        self.answer_queue = AnswerQueue(self._opened, queue, pending)
        limits = AskerLimits(settings.discord, time.monotonic)
        self.rate_limit_message, self.may_notify = limits.rate_limit_message, limits.may_notify
        self.lookup_limit_message = limits.lookup_limit_message
        self._lookups, self._suggestions = (
            FairThreads(name, threads, queue, pending)
            for name, threads in (("lookups", _LOOKUP_THREADS), ("suggestions", 1))
        )
        # One thread each: a locked file, or an index that is being opened, blocks nothing else.
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

    def archive_of_person(self, user: int) -> ArchiveName | None:
        """The archive that a person has chosen for direct messages; None for none."""
        return self._archives_of_people.get(user)

    async def choose_archive(self, user: int, archive: ArchiveName | None) -> None:
        """Save the archive that a person has chosen for direct messages; None deletes it.

        Raises:
            SettingsError: the database cannot be written.
        """
        if archive is None:
            await self.use_database(lambda database: database.delete_archive_of(user))
            self._archives_of_people.pop(user, None)
        else:
            await self.use_database(lambda database: database.save_archive_of(user, archive))
            self._archives_of_people[user] = archive

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
            chosen = database.archives_of_people() if saved else self._archives_of_people
            for user, archive in chosen.items():
                database.save_archive_of(user, archive)
            self._archives_of_people = dict(chosen)
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
        archive: ArchiveName,
        generation: GenerationId | None,
        work: Callable[[OpenArchive], Result],
    ) -> Result:
        """Run short work on a generation of an archive, beside the questions.

        Args:
            asker: who asks.
            archive: the name of the archive.
            generation: the generation; the live one for None.
            work: takes the generation; runs where the archives are open.

        Raises:
            ArchiveError: the archive or the generation is gone.
            Busy: too many look-ups are waiting, in all or of this person.
        """
        return await self._lookups.run(asker, lambda: self._opened.run(generation, work, archive))

    async def suggest(
        self, asker: Asker, archive: ArchiveName, work: Callable[[OpenArchive], Result]
    ) -> Result:
        """Run work on an archive's live generation for what is being typed, beside the look-ups.

        Raises:
            ArchiveError: the generation cannot be read.
            Busy: too much is waiting, in all or of this person.
        """
        return await self._suggestions.run(asker, lambda: self._opened.run(None, work, archive))

    def resident_bytes(self) -> int:
        """The resident memory of the bot, with that of a process that answers for it."""
        return resident_bytes() + self._opened.resident_bytes

    def read_open(self, of: Callable[[OpenArchive], Result]) -> Mapping[ArchiveName, Result]:
        """What a function reads of each archive that is open; the others stay closed."""
        return self._opened.read_open(of)

    async def refresh_index(self) -> None:
        """Switch each archive to its live generation if that has changed; close idle archives.

        Raises:
            ArchiveError: a new generation cannot be opened; the previous one stays in use.
        """
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._refresh_thread, self._opened.refresh)

    def close(self) -> None:
        """Finish the work in progress, then close the threads, the archives and the database."""
        self.answer_queue.close()
        self._lookups.close()
        self._suggestions.close()
        for thread in (self._database_thread, self._refresh_thread):
            thread.shutdown()
        self._opened.close()
        self._database.close()


def _opened(
    settings: Settings, open_generation: OpenGeneration, environment: Mapping[str, str] | None
) -> Archives:
    """The archives, open in a process with this environment; in this one for None."""

    def open_archives() -> NamedArchives:
        archives = NamedArchives(settings, open_generation, time.monotonic)
        archives.open_all()
        return archives

    return open_archives() if environment is None else ArchiveProcess(open_archives, environment)
