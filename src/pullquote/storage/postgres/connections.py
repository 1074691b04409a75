"""Connections to PostgreSQL. The one module that imports psycopg.

If a connection is lost, its query is sent again on another connection, so a bot goes on when one
of several hosts ends. Statements are never prepared: from the sixth time on, the server would plan
a prepared one for any values, and not use the index of vectors for a filtered search.
"""

from __future__ import annotations

import contextlib
import functools
import threading
import time
import weakref
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from typing import Any, Literal

from pullquote.errors import ArchiveError
from pullquote.late_library import LateLibrary
from pullquote.storage.ports import Row
from pullquote.storage.postgres.connection_errors import (
    all_in_use,
    error_of,
    may_pass,
    missing_extra,
)

psycopg: Any = LateLibrary("psycopg")
Wanted = Literal["prefer-standby", "read-write"]
"""Which of the hosts: any, a standby first; or the one that takes writes."""

_CONNECT_SECONDS = 5
"""For each host."""
STATEMENT_SECONDS = 60
"""The most that the server spends on one query of a reader."""
_MOST_CONNECTIONS = 8
"""Of one store in one process; further threads wait for their turn."""
_TURN_SECONDS = 20.0
"""The longest wait for a connection that another thread uses."""
_AGAIN_SECONDS = 5.0
"""How long a query whose connection was lost is asked again."""
_PAUSE_SECONDS = 0.1
"""Between two tries."""


def connect(address: str, wanted: Wanted, *, seconds: float, name: str = "pullquote") -> Any:
    """A new connection, which commits each statement by itself.

    Args:
        address: the address of the settings; it may name several hosts.
        wanted: which of them.
        seconds: a statement that takes longer is ended.
        name: what the server lists the connection as.

    Raises:
        ArchiveError: there is none, or psycopg is not installed.
    """
    try:
        connection = _watched_connection().connect(
            address,
            autocommit=True,
            prepare_threshold=None,
            target_session_attrs=wanted,
            connect_timeout=_CONNECT_SECONDS,
            application_name=name,
            keepalives_idle=5,
            keepalives_interval=2,
            keepalives_count=3,
        )
        connection.silent_seconds = seconds + _CONNECT_SECONDS
        connection.execute(f"SET statement_timeout = {round(seconds * 1000)}")
    except ImportError as error:
        raise missing_extra() from error
    except psycopg.Error as error:
        raise error_of(error, address) from error
    return connection


@functools.cache
def _watched_connection() -> Any:
    """A class of connections that end a wait for a server that says nothing more.

    The server ends a statement that takes too long; this is for one that has stopped, or cannot be
    reached any more.
    """

    class WatchedConnection(psycopg.Connection):  # type: ignore[misc]
        silent_seconds = 2.0 * _CONNECT_SECONDS

        def wait(self, generator: Generator[Any, Any, Any], *arguments: Any, **named: Any) -> Any:
            ends = time.monotonic() + self.silent_seconds
            return super().wait(_until(generator, ends, self.close), *arguments, **named)

    return WatchedConnection


def _until(
    generator: Generator[Any, Any, Any], ends: float, close: Callable[[], None]
) -> Generator[Any, Any, Any]:
    """The same steps of psycopg's, until a time of the monotonic clock."""
    try:
        wanted = next(generator)
        while True:
            ready = yield wanted
            if time.monotonic() > ends:
                close()
                raise psycopg.OperationalError("the server does not answer any more")
            wanted = generator.send(ready)
    except StopIteration as end:
        return end.value


class Connections:
    """The connections of a store that is read. Safe to share between threads."""

    def __init__(self, address: str, seconds: float = STATEMENT_SECONDS) -> None:
        """Connect when the first query comes.

        Args:
            address: the address of the settings; it may name several hosts.
            seconds: the most that one query may take.
        """
        self.address = address
        self._seconds = seconds
        self._idle: list[Any] = []
        self._lock = threading.Lock()
        self._turns = threading.BoundedSemaphore(_MOST_CONNECTIONS)
        self._has_connected = False
        weakref.finalize(self, _close_all, self._idle)

    def rows(
        self,
        statement: str,
        values: Sequence[object] | Mapping[str, object] = (),
        local: Mapping[str, str | int] | None = None,
    ) -> list[Row]:
        """All rows of a statement that only reads.

        Args:
            statement: in PostgreSQL's SQL, with `%s` for each value.
            values: the values.
            local: settings of the server for this statement alone.

        Raises:
            ArchiveError: the server cannot be asked, or refuses.
        """
        ends = time.monotonic() + _AGAIN_SECONDS
        while True:
            try:
                with self._lent() as connection:
                    return _fetched(connection, statement, values, local)
            except ArchiveError:  # no host can be reached, or psycopg is not installed
                if not (self._has_connected and time.monotonic() < ends):
                    raise
            except psycopg.Error as error:
                if not (self._has_connected and may_pass(error) and time.monotonic() < ends):
                    raise error_of(error, self.address) from error
            time.sleep(_PAUSE_SECONDS)

    @contextlib.contextmanager
    def _lent(self) -> Iterator[Any]:
        """A connection for one query. One that was lost is not used again, nor those beside it."""
        if not self._turns.acquire(timeout=_TURN_SECONDS):
            raise all_in_use(self.address, _MOST_CONNECTIONS, _TURN_SECONDS)
        try:
            with self._lock:
                connection = self._idle.pop() if self._idle else None
            if connection is None:
                connection = connect(self.address, "prefer-standby", seconds=self._seconds)
                self._has_connected = True
            try:
                yield connection
            finally:
                self._take_back(connection)
        finally:
            self._turns.release()

    def _take_back(self, connection: Any) -> None:
        if connection.closed:
            self.close()
        else:
            with self._lock:
                self._idle.append(connection)

    def close(self) -> None:
        """Close the connections that nobody uses; a further query makes new ones."""
        with self._lock:
            idle = list(self._idle)
            self._idle.clear()
        _close_all(idle)


def _close_all(connections: list[Any]) -> None:
    for connection in connections:
        connection.close()


def _fetched(
    connection: Any,
    statement: str,
    values: Sequence[object] | Mapping[str, object],
    local: Mapping[str, str | int] | None,
) -> list[Row]:
    """The rows of a statement; with local settings in a transaction, sent in one go."""
    if not local:
        with connection.cursor(binary=True) as cursor:
            rows: list[Row] = cursor.execute(statement, values).fetchall()
            return rows
    with connection.pipeline(), connection.transaction(), connection.cursor(binary=True) as cursor:
        for name, value in local.items():
            connection.execute(f"SET LOCAL {name} = {value}")
        found: list[Row] = cursor.execute(statement, values).fetchall()
        return found
