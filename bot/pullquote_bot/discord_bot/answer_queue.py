"""Questions wait here and are answered off the event loop; those that wait together are encoded together."""

from __future__ import annotations

import asyncio
import itertools
import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pullquote.archive import Archive
from pullquote.generation import GenerationId
from pullquote.query import Query
from pullquote.vectors import Vectors
from pullquote_bot.discord_bot.archives import Archives, Opened
from pullquote_bot.discord_bot.arrivals import Arrivals
from pullquote_bot.discord_bot.measures import Times
from pullquote_bot.metrics import note_wait

Made = TypeVar("Made")
_TOGETHER = 16
"""Questions that are encoded in one pass of the model, at most."""
_PATIENCE = 0.1
"""Seconds that a question stands back for interactions that are to be acknowledged first."""


class Busy(Exception):
    """Too many questions are waiting."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question to be answered.

    Attributes:
        query: makes the question ready for an archive.
        generation: the one that is asked; the live one for None.
    """

    query: Callable[[Archive], Query]
    generation: GenerationId | None = None


@dataclass(frozen=True, slots=True)
class _Job:
    question: Question
    make: Callable[[Opened, Query, Vectors], Any]
    future: asyncio.Future[Any]
    loop: asyncio.AbstractEventLoop


class AnswerQueue:
    """Answers questions in a thread of its own.

    Attributes:
        times: how long questions took, from being asked to being answered.
    """

    def __init__(self, archives: Archives, most: int, arrivals: Arrivals) -> None:
        """Begin.

        Args:
            archives: what is asked.
            most: questions that may wait.
            arrivals: stand before questions.
        """
        self.times = Times()
        self._archives = archives
        self._most = most
        self._arrivals = arrivals
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._waiting = 0
        self._thread = threading.Thread(target=self._run, name="answers", daemon=True)
        self._thread.start()

    @property
    def waiting(self) -> int:
        """How many questions are waiting or being answered."""
        return self._waiting

    async def ask(self, question: Question, make: Callable[[Opened, Query, Vectors], Made]) -> Made:
        """Encode a question, and make of it, its vector and the archive what is wanted, in the other thread.

        Raises:
            Busy: too many are waiting.
            PullquoteError: it cannot be answered.
        """
        if self._waiting >= self._most:
            raise Busy
        begun = time.monotonic()
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Made] = loop.create_future()
        self._waiting += 1
        try:
            self._jobs.put(_Job(question, make, future, loop))
            made = await future
        finally:
            self._waiting -= 1
        self.times.add(seconds := time.monotonic() - begun)
        note_wait(seconds)
        return made

    def close(self) -> None:
        """Finish what waits, and end."""
        self._jobs.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (first := self._jobs.get()) is not None:
            jobs = [first]
            ending = False
            while len(jobs) < _TOGETHER and not self._jobs.empty():
                job = self._jobs.get()
                if job is None:
                    ending = True
                    break
                jobs.append(job)
            for generation, group in itertools.groupby(sorted(jobs, key=_generation), key=_generation):
                self._answer_together(GenerationId(generation) if generation else None, list(group))
            if ending:
                break

    def _answer_together(self, generation: GenerationId | None, jobs: Sequence[_Job]) -> None:
        try:
            with self._archives.borrow(generation) as opened:
                ready = []
                for job in jobs:
                    try:
                        ready.append((job, job.question.query(opened.archive)))
                    except Exception as error:  # noqa: BLE001 - the asker hears of it
                        _settle(job, error=error)
                vectors = opened.archive.encode_all([query.text for _, query in ready])
                for (job, query), vector in zip(ready, vectors, strict=True):
                    self._arrivals.calm(_PATIENCE)
                    try:
                        _settle(job, job.make(opened, query, vector))
                    except Exception as error:  # noqa: BLE001 - as above
                        _settle(job, error=error)
        except Exception as error:  # noqa: BLE001 - as above: the generation is gone, say
            for job in jobs:
                _settle(job, error=error)


def _generation(job: _Job) -> str:
    return job.question.generation or ""


def _settle(job: _Job, made: object = None, error: Exception | None = None) -> None:
    """Hand the outcome to whoever waits for it, in the event loop's thread; nobody may be, any more."""

    def hand_over() -> None:
        if job.future.done():
            return
        if error:
            job.future.set_exception(error)
        else:
            job.future.set_result(made)

    if not job.loop.is_closed():
        job.loop.call_soon_threadsafe(hand_over)
