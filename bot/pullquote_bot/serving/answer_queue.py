"""Questions wait here and are answered off the event loop, a few side by side."""

from __future__ import annotations

import asyncio
import functools
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.query import Query
from pullquote.storage.manifest import GenerationId
from pullquote_bot.serving.open_archives import OpenArchive, OpenArchives
from pullquote_bot.serving.pending_acknowledgements import PendingAcknowledgements
from pullquote_bot.serving.prometheus_metrics import note_wait
from pullquote_bot.serving.timings import Timings

Made = TypeVar("Made")
_AT_ONCE = min(4, os.cpu_count() or 1)
"""Questions that are answered side by side: encoding, searching and reranking leave Python to the others."""
_PATIENCE = 0.1
"""Seconds that a question stands back for interactions that are to be acknowledged first."""


class Busy(Exception):
    """Too many questions are waiting."""


@dataclass(frozen=True, slots=True)
class QueuedQuestion:
    """A question to be answered.

    Attributes:
        query: makes the question ready for an archive.
        generation: the one that is asked; the live one for None.
    """

    query: Callable[[OpenIndex], Query]
    generation: GenerationId | None = None


class AnswerQueue:
    """Answers questions in threads of its own, and begins them in the order in which they come.

    Attributes:
        times: how long questions took, from being asked to being answered.
    """

    def __init__(
        self, archives: OpenArchives, most: int, arrivals: PendingAcknowledgements
    ) -> None:
        """Begin.

        Args:
            archives: what is asked.
            most: questions that may wait.
            arrivals: stand before questions.
        """
        self.times = Timings()
        self._archives = archives
        self._most = most
        self._arrivals = arrivals
        self._waiting = 0
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="answers")

    @property
    def waiting(self) -> int:
        """How many questions are waiting or being answered."""
        return self._waiting

    async def ask(
        self, question: QueuedQuestion, make: Callable[[OpenArchive, Query], Made]
    ) -> Made:
        """Make of a question and the archive what is wanted, in another thread.

        Raises:
            Busy: too many are waiting.
            PullquoteError: it cannot be answered.
        """
        if self._waiting >= self._most:
            raise Busy
        begun = time.monotonic()
        self._waiting += 1
        made = asyncio.get_running_loop().run_in_executor(self._threads, self._make, question, make)
        made.add_done_callback(functools.partial(self._note, begun))
        try:
            return await made
        finally:
            self._waiting -= 1

    def _note(self, begun: float, made: asyncio.Future[Any]) -> None:
        if not made.cancelled():  # then its asker has left
            self.times.add(seconds := time.monotonic() - begun)
            note_wait(seconds)

    def _make(self, question: QueuedQuestion, make: Callable[[OpenArchive, Query], Made]) -> Made:
        self._arrivals.calm(_PATIENCE)
        with self._archives.borrow(question.generation) as opened:
            return make(opened, question.query(opened.archive))

    def close(self) -> None:
        """Finish what waits, and end."""
        self._threads.shutdown()
