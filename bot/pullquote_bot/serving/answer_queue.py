"""The question queue: threads answer questions outside of the event loop, a few in parallel."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.query import Query
from pullquote.settings_archives import ONLY_ARCHIVE, ArchiveName
from pullquote.storage.manifest import GenerationId
from pullquote_bot.serving.archives import Archives
from pullquote_bot.serving.fair_queue import Asker
from pullquote_bot.serving.fair_threads import Busy, FairThreads
from pullquote_bot.serving.open_archives import OpenArchive
from pullquote_bot.serving.pending_acknowledgements import PendingAcknowledgements
from pullquote_bot.serving.prometheus_metrics import observe_question_seconds
from pullquote_bot.serving.timings import Timings

Result = TypeVar("Result")
THREAD_COUNT = min(4, os.cpu_count() or 1)
"""Questions answered in parallel. Encoding, search and reranking release the GIL."""


@dataclass(frozen=True, slots=True)
class QueuedQuestion:
    """A question for the queue.

    Attributes:
        make_query: makes the query for the archive that answers it.
        generation: the generation to ask; the live one if None.
        archive: the name of the archive to ask.
    """

    make_query: Callable[[OpenIndex], Query]
    generation: GenerationId | None = None
    archive: ArchiveName = ONLY_ARCHIVE


class AnswerQueue:
    """Answers questions in its own threads: servers in turn, and the people of each in turn.

    Attributes:
        durations: seconds from question to answer, waiting included.
    """

    def __init__(
        self,
        archives: Archives,
        max_length: int,
        pending_acknowledgements: PendingAcknowledgements,
    ) -> None:
        """Start with an empty queue.

        Args:
            archives: the archives that answer.
            max_length: how many questions may wait or be answered at one time.
            pending_acknowledgements: interactions that go before questions.
        """
        self.durations = Timings()
        self._archives = archives
        self._threads = FairThreads("answers", THREAD_COUNT, max_length, pending_acknowledgements)

    @property
    def length(self) -> int:
        """The number of questions that wait or are being answered."""
        return self._threads.length

    async def ask(
        self,
        asker: Asker,
        question: QueuedQuestion,
        work: Callable[[OpenArchive, Query], Result],
    ) -> Result:
        """Run work on a question in another thread.

        Args:
            asker: who asks.
            question: the question.
            work: takes the archive and the query; runs where the archives are open.

        Returns:
            What the work returned.

        Raises:
            Busy: the queue is full, or too many questions of this person are waiting.
            PullquoteError: the question cannot be answered.
        """
        asked_at = time.monotonic()

        make_query, generation = question.make_query, question.generation
        archive = question.archive

        def answer(opened: OpenArchive) -> Result:
            return work(opened, make_query(opened.archive))

        try:
            answered = await self._threads.run(
                asker, lambda: self._archives.run(generation, answer, archive)
            )
        except Busy:
            raise
        except Exception:
            self._record_duration(asked_at, archive)
            raise
        self._record_duration(asked_at, archive)
        return answered

    def _record_duration(self, asked_at: float, archive: ArchiveName) -> None:
        seconds = time.monotonic() - asked_at
        self.durations.add(seconds)
        observe_question_seconds(seconds, archive)

    def close(self) -> None:
        """Finish the questions that are being answered, then stop the threads."""
        self._threads.close()
