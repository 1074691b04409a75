"""What the bot keeps: servers' settings and readers' feedback. The second module that imports sqlite3 (docs/decisions/0007)."""

from __future__ import annotations

import contextlib
import json
import sqlite3  # noqa: TID251 - FTS5 is a candidate here
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pullquote.errors import SettingsError

_VERSION = 1
_SCHEMA = """
CREATE TABLE IF NOT EXISTS servers (server INTEGER PRIMARY KEY, channels TEXT NOT NULL, private INTEGER NOT NULL, quotes INTEGER);
CREATE TABLE IF NOT EXISTS feedback (
    message INTEGER, user INTEGER, helpful INTEGER NOT NULL, comment TEXT NOT NULL, question TEXT NOT NULL, generation TEXT NOT NULL,
    at TEXT NOT NULL, PRIMARY KEY (message, user)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS commands (application INTEGER PRIMARY KEY, sha256 TEXT NOT NULL);
"""


_KEEP_FEEDBACK = """
INSERT INTO feedback VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (message, user) DO UPDATE SET
    comment = CASE WHEN excluded.comment = '' AND excluded.helpful = helpful THEN comment ELSE excluded.comment END,
    helpful = excluded.helpful, question = excluded.question, generation = excluded.generation, at = excluded.at
"""


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """How the bot answers in one server.

    Attributes:
        channels: the ids of those where it answers; none means everywhere.
        private: whether answers are for the asker alone unless they ask otherwise.
        quotes: how many an answer has; None for the number in the settings file.
    """

    channels: tuple[int, ...] = ()
    private: bool = False
    quotes: int | None = None


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a reader thought of an answer; `question` is empty unless questions are kept."""

    message: int
    user: int
    helpful: bool
    comment: str
    question: str
    generation: str
    at: str


class BotDatabase:
    """The bot's own file. Safe to share between threads."""

    def __init__(self, path: Path) -> None:
        """Open the file, and make it where there is none. Only its owner may read it.

        Raises:
            SettingsError: it cannot be made or written, or is not such a file.
        """
        self._path = path
        self._lock = threading.Lock()
        with self._translated():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            self._connection = sqlite3.connect(
                path, check_same_thread=False, isolation_level=None, timeout=5
            )
            self._connection.execute("PRAGMA journal_mode=WAL")
            version = int(self._connection.execute("PRAGMA user_version").fetchone()[0])
            if version > _VERSION:
                self._connection.close()
                raise SettingsError(
                    "was written by a later version of Pullquote",
                    where=str(path),
                    mend="Upgrade, or name another discord.records",
                )
            self._connection.executescript(f"{_SCHEMA} PRAGMA user_version={_VERSION};")

    @contextlib.contextmanager
    def _translated(self) -> Iterator[None]:
        with self._lock:
            try:
                yield
            except (sqlite3.Error, OSError, ValueError) as error:
                raise SettingsError(
                    f"the bot's records cannot be used ({error})",
                    where=str(self._path),
                    mend="Name a file that can be written in discord.records",
                ) from error

    def servers(self) -> dict[int, ServerSettings]:
        """The settings of each server that has made any."""
        with self._translated():
            rows = self._connection.execute(
                "SELECT server, channels, private, quotes FROM servers"
            ).fetchall()
            return {
                row[0]: ServerSettings(tuple(json.loads(row[1])), bool(row[2]), row[3])
                for row in rows
            }

    def set_server(self, server: int, settings: ServerSettings) -> None:
        """Keep a server's settings."""
        values = (server, json.dumps(settings.channels), settings.private, settings.quotes)
        with self._translated():
            self._connection.execute("INSERT OR REPLACE INTO servers VALUES (?, ?, ?, ?)", values)

    def forget_server(self, server: int) -> None:
        """Drop the settings of a server that the bot has left."""
        with self._translated():
            self._connection.execute("DELETE FROM servers WHERE server = ?", (server,))

    def add_feedback(self, feedback: Feedback) -> None:
        """Keep what a reader thought of an answer, in place of what they thought of it before. What was wrong stays until they say otherwise."""
        values = (
            feedback.message,
            feedback.user,
            feedback.helpful,
            feedback.comment,
            feedback.question,
            feedback.generation,
            feedback.at,
        )
        with self._translated():
            self._connection.execute(_KEEP_FEEDBACK, values)

    def feedback(self) -> list[Feedback]:
        """All of it, oldest first."""
        with self._translated():
            rows = self._connection.execute(
                "SELECT message, user, helpful, comment, question, generation, at FROM feedback ORDER BY at"
            ).fetchall()
        return [Feedback(row[0], row[1], bool(row[2]), *row[3:]) for row in rows]

    def forget_user(self, user: int) -> int:
        """Drop all that a reader gave. Returns how much that was."""
        with self._translated():
            return self._connection.execute("DELETE FROM feedback WHERE user = ?", (user,)).rowcount

    def synchronised(self, application: int) -> str:
        """The hash of the commands that Discord was last told of; empty if of none."""
        with self._translated():
            found = self._connection.execute(
                "SELECT sha256 FROM commands WHERE application = ?", (application,)
            ).fetchone()
        return str(found[0]) if found else ""

    def set_synchronised(self, application: int, sha256: str) -> None:
        """Note which commands Discord has been told of."""
        with self._translated():
            self._connection.execute(
                "INSERT OR REPLACE INTO commands VALUES (?, ?)", (application, sha256)
            )

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()
