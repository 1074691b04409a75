"""A limit of processor time for the parsing of one article.

Parsers of markup are written in Python, and some of them take a time that grows with the square of
what they read. They call `check_time` for each piece, and so stop where the limit says.
"""

from __future__ import annotations

import contextlib
import math
import time
from collections.abc import Iterator
from contextvars import ContextVar

SECONDS = 1.0
"""The processor time, in seconds, in which an article is parsed; Markdown of 1.5 MB takes as
long."""
OVER_TIME = f"takes more than {SECONDS:.0f} second of processor time to read"
"""What is wrong with an article that takes longer."""
PAGE_SECONDS = 2.0
"""The same for a large HTML page; one of a megabyte takes half as long."""
PAGE_OVER_TIME = f"takes more than {PAGE_SECONDS:.0f} seconds of processor time to read"
_CALLS_PER_LOOK = 64
"""The clock is looked at once in this number of calls: it takes as long as a small piece."""


class OverBudgetError(Exception):
    """An article takes more time than it may, or has more parts. The message says so."""


class _Clock:
    """The limit of the article that is parsed in this context."""

    def __init__(self, deadline: float) -> None:
        self.deadline = deadline
        self.calls = 0


_CLOCK: ContextVar[_Clock | None] = ContextVar("reading_clock", default=None)


@contextlib.contextmanager
def time_limit(seconds: float = SECONDS) -> Iterator[None]:
    """Limit the processor time of what is parsed in the block. It must not yield in a generator.

    A limit within another one does not extend it.
    """
    outer = _CLOCK.get()
    deadline = min(outer.deadline if outer else math.inf, time.thread_time() + seconds)
    token = _CLOCK.set(_Clock(deadline))
    try:
        yield
    finally:
        _CLOCK.reset(token)


def check_time() -> None:
    """Stop if the time is over.

    Raises:
        OverBudgetError: it is.
    """
    clock = _CLOCK.get()
    if clock is None:
        return
    clock.calls += 1
    if clock.calls % _CALLS_PER_LOOK == 0 and time.thread_time() > clock.deadline:
        raise OverBudgetError(OVER_TIME)
