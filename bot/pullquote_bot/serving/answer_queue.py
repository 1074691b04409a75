"""The question queue: threads answer questions outside of the event loop, a few in parallel."""

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
from pullquote_bot.serving.prometheus_metrics import observe_question_seconds
from pullquote_bot.serving.timings import Timings

Result = TypeVar("Result")
_THREAD_COUNT = min(4, os.cpu_count() or 1)
"""Questions answered in parallel. Encoding, search and reranking release the GIL."""
_ACKNOWLEDGEMENT_SECONDS = 0.1
"""How long a question waits at most, in seconds, for pending acknowledgements to be sent first."""


class Busy(Exception):
    """The question queue is full."""


@dataclass(frozen=True, slots=True)
class QueuedQuestion:
    """A question for the queue.

    Attributes:
        make_query: makes the query for the archive that answers it.
        generation: the generation to ask; the live one if None.
    """

    make_query: Callable[[OpenIndex], Query]
    generation: GenerationId | None = None


class AnswerQueue:
    """Answers questions in its own threads, first come, first served.

    Attributes:
        durations: seconds from question to answer, waiting included.
    """

    def __init__(
        self,
        archives: OpenArchives,
        max_length: int,
        pending_acknowledgements: PendingAcknowledgements,
    ) -> None:
        """Start with an empty queue.

        Args:
            archives: the generations that answer.
            max_length: how many questions may wait or be answered at one time.
            pending_acknowledgements: interactions that go before questions.
        """
        self.durations = Timings()
        self._archives = archives
        self._max_length = max_length
        self._pending_acknowledgements = pending_acknowledgements
        self._length = 0
        self._threads = ThreadPoolExecutor(_THREAD_COUNT, thread_name_prefix="answers")

    @property
    def length(self) -> int:
        """The number of questions that wait or are being answered."""
        return self._length

    async def ask(
        self, question: QueuedQuestion, work: Callable[[OpenArchive, Query], Result]
    ) -> Result:
        """Run work on a question in another thread.

        Args:
            question: the question.
            work: takes the archive and the query; runs in the thread.

        Returns:
            What the work returned.

        Raises:
            Busy: the queue is full.
            PullquoteError: the question cannot be answered.
        """
        if self._length >= self._max_length:
            raise Busy
        asked_at = time.monotonic()
        self._length += 1
        loop = asyncio.get_running_loop()
        result = loop.run_in_executor(self._threads, self._run, question, work)
        result.add_done_callback(functools.partial(self._record_duration, asked_at))
        try:
            return await result
        finally:
            self._length -= 1

    def _record_duration(self, asked_at: float, result: asyncio.Future[Any]) -> None:
        if not result.cancelled():  # A cancelled question has no asker any more.
            seconds = time.monotonic() - asked_at
            self.durations.add(seconds)
            observe_question_seconds(seconds)

    def _run(
        self, question: QueuedQuestion, work: Callable[[OpenArchive, Query], Result]
    ) -> Result:
        self._pending_acknowledgements.wait_until_empty(_ACKNOWLEDGEMENT_SECONDS)
        with self._archives.lease(question.generation) as opened:
            return work(opened, question.make_query(opened.archive))

    def close(self) -> None:
        """Finish the questions in the queue, then stop the threads."""
        self._threads.shutdown()
