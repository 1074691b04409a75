"""Waiting until something holds: whoever changes the state rings, and what waits is looked at again."""

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


class Bell:
    """Wakes those who wait for a condition, without a poll and without waking those whose condition does not hold yet."""

    __slots__ = ("_waiting",)

    def __init__(self) -> None:
        self._waiting: list[tuple[Callable[[], Any], asyncio.Future[Any]]] = []

    def ring(self) -> None:
        still: list[tuple[Callable[[], Any], asyncio.Future[Any]]] = []
        for condition, future in self._waiting:
            if future.done():
                continue
            if value := condition():
                future.set_result(value)
            else:
                still.append((condition, future))
        self._waiting = still

    async def until(
        self, condition: Callable[[], T], timeout: float, what: str
    ) -> T:  # the caller reads best so
        """The first true value of the condition; an AssertionError says what did not come in time."""
        if value := condition():
            return value
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((condition, future))
        try:
            return await asyncio.wait_for(future, timeout)
        except TimeoutError:
            raise AssertionError(f"{what} did not come within {timeout:g} s") from None
