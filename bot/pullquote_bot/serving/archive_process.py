"""The open archives in a process of their own, so that answering holds up nothing else.

The process that speaks to Discord keeps Python's lock and a processor for itself; this one has a
lower priority (docs/decisions/0027).
"""

from __future__ import annotations

import contextlib
import logging
import pickle
import queue
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection
from typing import Any, TypeVar

import cloudpickle

from pullquote.errors import ArchiveError
from pullquote.settings_archives import ONLY_ARCHIVE, ArchiveName
from pullquote.storage.manifest import GenerationId
from pullquote.translation import speaking, spoken
from pullquote_bot.serving.archives import Archives
from pullquote_bot.serving.open_archives import OpenArchive
from pullquote_bot.serving.own_processes import without_secrets
from pullquote_bot.serving.prometheus_metrics import add_counts
from pullquote_bot.serving.timings import resident_bytes

Result = TypeVar("Result")
_LOG = logging.getLogger("pullquote.index")
_CONNECTIONS = 10
"""Pieces of work that the process takes at one time; more wait for their turn."""
_SECONDS_TO_END = 10.0
_MEMORY = {"MALLOC_ARENA_MAX": "2", "MALLOC_TRIM_THRESHOLD_": "1000000"}
"""glibc would keep the memory that each thread has used once."""


class ArchiveProcess:
    """Open archives in a process of their own, which is started anew if it ends.

    Safe to share between threads. Work is sent with what it refers to, so it must not refer to the
    state of this process, and it must return what can be pickled.
    """

    def __init__(
        self, open_archives: Callable[[], Archives], environment: Mapping[str, str]
    ) -> None:
        """Start the process; the archives are open afterwards.

        Args:
            open_archives: opens the archives, in the process.
            environment: the environment variables; the bot's secrets are not passed on.

        Raises:
            ArchiveError: the archives cannot be opened.
        """
        self._open_archives = open_archives
        self._environment = {**without_secrets(environment), **_MEMORY}
        self._lock = threading.Lock()
        self._process = _Process(open_archives, self._environment)
        self.live: GenerationId | None = self._call(lambda archives: archives.live)
        """The live generation of the first archive; None if it is not open."""

    @property
    def resident_bytes(self) -> int:
        """The resident memory of the process."""
        return resident_bytes(self._process.process_id)

    def run(
        self,
        generation: GenerationId | None,
        work: Callable[[OpenArchive], Result],
        archive: ArchiveName = ONLY_ARCHIVE,
    ) -> Result:
        """Run work on a generation of an archive, open meanwhile; the live one for None.

        Raises:
            ArchiveError: the generation has been deleted, or the process ended twice meanwhile.
        """
        return self._call(lambda archives: archives.run(generation, work, archive))

    def read_open(self, of: Callable[[OpenArchive], Result]) -> Mapping[ArchiveName, Result]:
        """What a function reads of each archive that is open; the others stay closed."""
        return self._call(lambda archives: archives.read_open(of))

    def refresh(self) -> Mapping[ArchiveName, GenerationId]:
        """Switch to live generations that have changed (`NamedArchives.refresh`).

        Raises:
            ArchiveError: the new generation cannot be opened; the previous one stays in use.
        """
        refreshed, self.live = self._call(lambda archives: (archives.refresh(), archives.live))
        return refreshed

    def _call(self, work: Callable[[Archives], Result]) -> Result:
        language = spoken()

        def work_in_language(archives: Archives) -> Result:
            with speaking(language):
                return work(archives)

        request = cloudpickle.dumps(work_in_language)
        for _ in range(2):  # What ended the process once may have nothing to do with this work.
            process = self._process
            try:
                result: Result = process.call(request)
            except (EOFError, OSError):
                self._start_anew(process)
            else:
                return result
        raise ArchiveError("the process that answers ended unexpectedly")

    def _start_anew(self, ended: _Process) -> None:
        with self._lock:
            if self._process is ended:
                status = ended.end()
                _LOG.error("the process that answers ended; it is started anew (%s)", status)
                self._process = _Process(self._open_archives, self._environment)

    def close(self) -> None:
        """End the process."""
        self._process.end()


class _Process:
    """One run of the process, and the connections to it."""

    def __init__(
        self, open_archives: Callable[[], Archives], environment: Mapping[str, str]
    ) -> None:
        pairs = [socket.socketpair() for _ in range(_CONNECTIONS)]
        theirs = [there.fileno() for _, there in pairs]
        self._process = subprocess.Popen(
            (sys.executable, "-m", "pullquote_bot.serving.archive_worker", *map(str, theirs)),
            stdin=subprocess.DEVNULL,
            pass_fds=theirs,
            env=dict(environment),
        )
        self._connections: queue.SimpleQueue[Connection] = queue.SimpleQueue()
        for here, there in pairs:
            there.close()
            self._connections.put(Connection(here.detach()))
        self.process_id = self._process.pid
        try:
            self.call(cloudpickle.dumps(open_archives))
        except EOFError:
            raise ArchiveError(f"the process that answers ended ({self.end()})") from None
        except BaseException:
            self.end()
            raise

    def call(self, request: bytes) -> Any:
        """Send work, and wait for what it returns or raises.

        Raises:
            EOFError: the process has ended.
            OSError: likewise.
        """
        connection = self._connections.get()
        try:
            connection.send_bytes(request)
            reply = connection.recv_bytes()
        finally:
            self._connections.put(connection)
        value, error, counts = pickle.loads(reply)  # noqa: S301 - from our own process
        add_counts(counts)
        if error:
            raise error
        return value

    def end(self) -> str:
        """End the process: it ends when a connection is closed. Returns its exit status.

        Calls that wait for it find that it has ended.
        """
        with contextlib.suppress(queue.Empty):
            connection = self._connections.get(timeout=_SECONDS_TO_END)
            connection.close()
            self._connections.put(connection)
        try:
            status = self._process.wait(_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self._process.kill()
            status = self._process.wait()
        return f"status {status}"
