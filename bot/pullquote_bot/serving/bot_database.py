"""The bot's own database: servers' settings and readers' feedback.

The second module that imports sqlite3 (docs/decisions/0007).
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pullquote.errors import SettingsError

_VERSION = 1
"""The version of the schema, kept as SQLite's `user_version`."""
_SCHEMA = """
CREATE TABLE IF NOT EXISTS servers (
    server INTEGER PRIMARY KEY, channels TEXT NOT NULL, private INTEGER NOT NULL, quotes INTEGER
);
CREATE TABLE IF NOT EXISTS feedback (
    message INTEGER, user INTEGER, helpful INTEGER NOT NULL, comment TEXT NOT NULL,
    question TEXT NOT NULL, generation TEXT NOT NULL,
    at TEXT NOT NULL, PRIMARY KEY (message, user)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS commands (application INTEGER PRIMARY KEY, sha256 TEXT NOT NULL);
"""
_MAGIC = b"SQLite format 3\0"
"""How each SQLite file begins."""
_SELECT_PROGRAMS = "SELECT COUNT(*) FROM sqlite_master WHERE type IN ('view', 'trigger')"
_SELECT_SERVERS = "SELECT server, channels, private, quotes FROM servers"
_SELECT_FEEDBACK = """
SELECT message, user, helpful, comment, question, generation, at FROM feedback ORDER BY at
"""
_SAVE_FEEDBACK = """
INSERT INTO feedback VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (message, user) DO UPDATE SET
    comment = CASE
        WHEN excluded.comment = '' AND excluded.helpful = helpful THEN comment
        ELSE excluded.comment
    END,
    helpful = excluded.helpful, question = excluded.question, generation = excluded.generation,
    at = excluded.at
"""
"""A second rating replaces the first. The comment stays if the rating is the same without one."""


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """How the bot answers in one server.

    Attributes:
        channels: the ids of the channels where it answers; empty for all channels.
        private: whether answers are visible to the asker only, unless the asker chooses otherwise.
        quotes: the number of quotes in an answer; None for the number in the settings file.
    """

    channels: tuple[int, ...] = ()
    private: bool = False
    quotes: int | None = None


@dataclass(frozen=True, slots=True)
class Feedback:
    """A reader's rating of an answer.

    Attributes:
        message: the id of the answer's message.
        user: the id of the reader.
        helpful: the rating.
        comment: what was wrong, in the reader's words; may be empty.
        question: the question; empty unless `discord.keep_questions` is set.
        generation: the generation of the index that answered.
        at: the time of the rating, in ISO form.
    """

    message: int
    user: int
    helpful: bool
    comment: str
    question: str
    generation: str
    at: str


def _checked_settings(channels: object, private: object, quotes: object) -> ServerSettings:
    """A server's settings, as they are in the file.

    Raises:
        ValueError: they are none.
        TypeError: likewise.
    """
    numbers = json.loads(channels) if isinstance(channels, str) else None
    if (
        not isinstance(numbers, list)
        or not all(type(number) is int for number in numbers)
        or private not in (0, 1)
        or not (quotes is None or (type(quotes) is int and quotes > 0))
    ):
        raise ValueError("the settings of a server are not ones that the bot made")
    return ServerSettings(tuple(numbers), bool(private), quotes)


class BotDatabase:
    """The bot's SQLite file. Safe to share between threads."""

    def __init__(self, path: Path) -> None:
        """Open the file; create it if it does not exist. Only its owner may read it.

        Raises:
            SettingsError: the file cannot be created or written, or is not a database of the bot.
        """
        self._path = path
        self._lock = threading.Lock()
        with self._locked():
            self._open()

    def _open(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.touch(mode=0o600)
        self._connection = sqlite3.connect(
            self._path, check_same_thread=False, isolation_level=None, timeout=5
        )
        try:
            # Not WAL: its file of shared memory, if somebody cuts it, ends the process (SIGBUS).
            self._connection.execute("PRAGMA journal_mode=DELETE")
            self._refuse_foreign()
            self._connection.executescript(f"{_SCHEMA} PRAGMA user_version={_VERSION};")
        except BaseException:
            self._connection.close()
            raise
        self._identity = self._file_identity()

    def _refuse_foreign(self) -> None:
        """Raise an error if a later version or another program made the file."""
        version = int(self._connection.execute("PRAGMA user_version").fetchone()[0])
        if version > _VERSION:
            raise SettingsError(
                "was written by a later version of Pullquote",
                where=str(self._path),
                mend="Upgrade, or name another discord.records",
            )
        # A view or a trigger in a file from elsewhere could run for ever.
        if self._connection.execute(_SELECT_PROGRAMS).fetchone()[0]:
            raise ValueError("it has views or triggers, which the bot does not make")

    def _file_identity(self) -> tuple[int, int] | None:
        """What tells this file from one put in its place; None if there is none, or no database."""
        try:
            with self._path.open("rb") as file:
                status = os.fstat(file.fileno())
                return (status.st_dev, status.st_ino) if file.read(16) == _MAGIC else None
        except OSError:
            return None

    def reopen_if_replaced(self) -> bool:
        """Open the file anew if it was deleted, replaced or overwritten since it was opened.

        Returns:
            Whether another file, perhaps an empty one, is open now.

        Raises:
            SettingsError: there is a file that is no database, or no file can be made.
        """
        with self._locked():
            if self._file_identity() == self._identity:
                return False
            self._connection.close()
            self._open()
        return True

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """Hold the lock; raise errors of SQLite and of the file system as a SettingsError."""
        with self._lock:
            try:
                yield
            except (sqlite3.Error, OSError, ValueError, TypeError, RecursionError) as error:
                raise SettingsError(
                    f"the bot's records cannot be used ({error})",
                    where=str(self._path),
                    mend="Name a file that can be written in discord.records",
                ) from error

    def server_settings(self) -> dict[int, ServerSettings]:
        """The settings of each server that has changed them, by the server's id."""
        with self._locked():
            rows = self._connection.execute(_SELECT_SERVERS).fetchall()
            return {server: _checked_settings(*values) for server, *values in rows}

    def save_server_settings(self, server: int, settings: ServerSettings) -> None:
        """Save a server's settings."""
        row = (server, json.dumps(settings.channels), settings.private, settings.quotes)
        with self._locked():
            self._connection.execute("INSERT OR REPLACE INTO servers VALUES (?, ?, ?, ?)", row)

    def delete_server_settings(self, server: int) -> None:
        """Delete a server's settings."""
        with self._locked():
            self._connection.execute("DELETE FROM servers WHERE server = ?", (server,))

    def save_feedback(self, feedback: Feedback) -> None:
        """Save a reader's rating of an answer, in place of an earlier one.

        An earlier comment stays if the rating is the same and comes without a comment.
        """
        with self._locked():
            self._connection.execute(_SAVE_FEEDBACK, dataclasses.astuple(feedback))

    def all_feedback(self) -> list[Feedback]:
        """All feedback, oldest first."""
        with self._locked():
            rows = self._connection.execute(_SELECT_FEEDBACK).fetchall()
        return [
            Feedback(message, user, bool(helpful), *rest) for message, user, helpful, *rest in rows
        ]

    def delete_feedback_of(self, user: int) -> int:
        """Delete all feedback of a reader. Returns the number of deleted ratings."""
        with self._locked():
            return self._connection.execute("DELETE FROM feedback WHERE user = ?", (user,)).rowcount

    def commands_sha256(self, application: int) -> str:
        """The hash of the slash commands last sent to Discord; empty if none were sent."""
        with self._locked():
            row = self._connection.execute(
                "SELECT sha256 FROM commands WHERE application = ?", (application,)
            ).fetchone()
        return str(row[0]) if row else ""

    def save_commands_sha256(self, application: int, sha256: str) -> None:
        """Save the hash of the slash commands last sent to Discord."""
        with self._locked():
            self._connection.execute(
                "INSERT OR REPLACE INTO commands VALUES (?, ?)", (application, sha256)
            )

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()
