"""Threads that work for many askers, fairly, outside of the event loop."""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple, TypeVar

from pullquote_bot.serving.fair_queue import Asker, FairQueue
from pullquote_bot.serving.pending_acknowledgements import PendingAcknowledgements

Result = TypeVar("Result")
_MAX_WAITING_EACH = 5
"""How many pieces of work of one person may wait in a server; more are refused."""
_ACKNOWLEDGEMENT_SECONDS = 2.0
"""How long work waits at most, in seconds, for unsent acknowledgements to go first."""


class Busy(Exception):
    """Too much work is waiting."""


class TooManyWaiting(Busy):
    """Too much work of this one person is waiting."""


class _Job(NamedTuple):
    work: Callable[[], Any]
    result: asyncio.Future[Any]


class FairThreads:
    """Runs work in threads, a few pieces in parallel, the askers in turn (`FairQueue`).

    No work begins while acknowledgements are unsent, for at most two seconds: Python runs one
    thread at a time, and the event loop would have to wait for it.

    When too much is waiting, the server that has the most waiting gives way to others.
    """

    def __init__(
        self,
        name: str,
        threads: int,
        max_length: int,
        pending_acknowledgements: PendingAcknowledgements,
    ) -> None:
        """Start without work.

        Args:
            name: the name of the threads.
            threads: how many pieces of work run in parallel.
            max_length: how many pieces may wait or run at one time.
            pending_acknowledgements: interactions that go first.
        """
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._free_threads = threads
        self._max_length = max_length
        self._pending_acknowledgements = pending_acknowledgements
        self._waiting: FairQueue[_Job] = FairQueue()
        self.length = 0
        """How many pieces of work wait or run."""

    async def run(self, asker: Asker, work: Callable[[], Result]) -> Result:
        """Run work in a thread when it is the asker's turn.

        Raises:
            Busy: too much is waiting, in all or of this person.
        """
        if self._waiting.waiting_of(asker) >= _MAX_WAITING_EACH:
            raise TooManyWaiting
        if self.length >= self._max_length:
            given_up = self._waiting.take_from_larger_share(asker)
            if given_up is None:
                raise Busy
            if not given_up.result.done():
                given_up.result.set_exception(Busy())
        result: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        # In the asker's context: messages are written in the thread, in the asker's language.
        context = contextvars.copy_context()
        self._waiting.add(asker, _Job(lambda: context.run(work), result))
        self.length += 1
        self._begin_waiting()
        try:
            return await result
        finally:
            self.length -= 1

    def _begin_waiting(self) -> None:
        """Begin the work whose turn it is, while threads are free."""
        while self._free_threads and self._waiting:
            job = self._waiting.take()
            if job.result.done():  # Its asker is gone, or it gave way.
                continue
            self._free_threads -= 1
            loop = asyncio.get_running_loop()
            running = loop.run_in_executor(self._threads, self._run, job.work)
            running.add_done_callback(lambda done, job=job: self._end(done, job))  # type: ignore[misc]

    def _run(self, work: Callable[[], Any]) -> Any:
        self._pending_acknowledgements.wait_until_sent(_ACKNOWLEDGEMENT_SECONDS)
        return work()

    def _end(self, done: asyncio.Future[Any], job: _Job) -> None:
        self._free_threads += 1
        if not done.cancelled() and not job.result.done():
            if error := done.exception():
                job.result.set_exception(error)
            else:
                job.result.set_result(done.result())
        self._begin_waiting()

    def close(self) -> None:
        """Finish the work that runs, then stop the threads. What waits is dropped."""
        self._threads.shutdown(cancel_futures=True)
