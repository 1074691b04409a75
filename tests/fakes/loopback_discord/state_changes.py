"""Waiting for a condition on the loopback's state, without polling."""

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


class StateChanges:
    """Resumes the tasks whose condition has become true, each time the state changes."""

    __slots__ = ("_waiting",)

    def __init__(self) -> None:
        self._waiting: list[tuple[Callable[[], Any], asyncio.Future[Any]]] = []

    def notify(self) -> None:
        """Evaluate the conditions of all waiting tasks; call this after each change."""
        still_waiting: list[tuple[Callable[[], Any], asyncio.Future[Any]]] = []
        for condition, future in self._waiting:
            if future.done():
                continue
            if value := condition():
                future.set_result(value)
            else:
                still_waiting.append((condition, future))
        self._waiting = still_waiting

    async def wait_until(self, condition: Callable[[], T], timeout: float, what: str) -> T:
        """The first true value of a condition.

        Args:
            condition: evaluated now and after each change.
            timeout: in seconds.
            what: names what is awaited, for the error.

        Raises:
            AssertionError: the condition did not become true in time.
        """
        if value := condition():
            return value
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((condition, future))
        try:
            return await asyncio.wait_for(future, timeout)
        except TimeoutError:
            raise AssertionError(f"{what} did not come within {timeout:g} s") from None
