"""The bot's own database: servers' settings and readers' feedback.

The second module that imports sqlite3 (docs/decisions/0007).
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

from pullquote.errors import SettingsError
from pullquote.settings_archives import ArchiveName
from pullquote_bot.serving.bot_schema import SCHEMA, UPGRADES, VERSION
from pullquote_bot.serving.feedback import Feedback, feedback_of
from pullquote_bot.serving.server_settings import (
    ServerSettings,
    SettingsRow,
    checked_settings,
    stored_settings,
)

_MAGIC = b"SQLite format 3\0"
"""How each SQLite file begins."""
_SELECT_PROGRAMS = "SELECT COUNT(*) FROM sqlite_master WHERE type IN ('view', 'trigger')"
_SELECT_SERVERS = """
SELECT server, channels, private, quotes, archive, channel_archives FROM servers
"""
_SAVE_SERVER = """
INSERT OR REPLACE INTO servers (server, channels, private, quotes, archive, channel_archives)
VALUES (?, ?, ?, ?, ?, ?)
"""
_SELECT_FEEDBACK = """
SELECT message, user, helpful, comment, question, generation, at, server, channel, quotes,
    archive
FROM feedback WHERE :server IS NULL OR server = :server ORDER BY at
"""
_SAVE_FEEDBACK = """
INSERT INTO feedback
    (message, user, helpful, comment, question, generation, at, server, channel, quotes, archive)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (message, user) DO UPDATE SET
    comment = CASE
        WHEN excluded.comment = '' AND excluded.helpful = helpful THEN comment
        ELSE excluded.comment
    END,
    helpful = excluded.helpful, question = excluded.question, generation = excluded.generation,
    at = excluded.at, server = excluded.server, channel = excluded.channel,
    quotes = excluded.quotes, archive = excluded.archive
"""
"""A second rating replaces the first. The comment stays if the rating is the same without one."""


class BotDatabase:
    """The bot's SQLite file. Safe to share between threads."""

    def __init__(self, path: Path | None) -> None:
        """Open the file; create it if it does not exist. Only its owner may read it.

        Args:
            path: the file; None for a database in memory.

        Raises:
            SettingsError: the file cannot be created or written, or is not a database of the bot.
        """
        self._path = path
        self._lock = threading.Lock()
        with self._locked():
            self._open()

    def _open(self) -> None:
        if self._path:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.touch(mode=0o600)
        self._connection = sqlite3.connect(
            self._path or ":memory:", check_same_thread=False, isolation_level=None, timeout=5
        )
        try:
            # Not WAL: its file of shared memory, if somebody cuts it, ends the process (SIGBUS).
            self._connection.execute("PRAGMA journal_mode=DELETE")
            self._upgrade()
        except BaseException:
            self._connection.close()
            raise
        self._identity = self._file_identity()

    def _upgrade(self) -> None:
        """Bring the file to the present schema, whatever other processes do meanwhile."""
        version = self._checked_version()
        upgrades = "".join(UPGRADES[old] for old in range(version or VERSION, VERSION))
        try:
            self._connection.executescript(
                f"BEGIN IMMEDIATE; {SCHEMA} {upgrades} PRAGMA user_version={VERSION}; COMMIT;"
            )
        except sqlite3.OperationalError:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            if self._checked_version() == version:  # no other process has upgraded it
                raise

    def _checked_version(self) -> int:
        """The version of the file's schema; 0 for a new file.

        Raises:
            SettingsError: a later version made the file.
            ValueError: another program made it.
        """
        version = int(self._connection.execute("PRAGMA user_version").fetchone()[0])
        if version > VERSION:
            raise SettingsError(
                "was written by a later version of Pullquote",
                where=str(self._path),
                mend="Upgrade, or name another discord.records",
            )
        # A view or a trigger in a file from elsewhere could run for ever.
        if self._connection.execute(_SELECT_PROGRAMS).fetchone()[0]:
            raise ValueError("it has views or triggers, which the bot does not make")
        return version

    def _file_identity(self) -> tuple[int, int] | None:
        """What tells this file from one put in its place; None for none, and for no database."""
        if self._path is None:
            return None
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
            return {server: checked_settings(SettingsRow(*values)) for server, *values in rows}

    def save_server_settings(self, server: int, settings: ServerSettings) -> None:
        """Save a server's settings."""
        row = (server, *stored_settings(settings))
        with self._locked():
            self._connection.execute(_SAVE_SERVER, row)

    def delete_server(self, server: int) -> None:
        """Delete a server's settings, and that it was welcomed."""
        with self._locked():
            self._connection.execute("DELETE FROM servers WHERE server = ?", (server,))
            self._connection.execute("DELETE FROM welcomes WHERE server = ?", (server,))

    def welcomed_servers(self) -> set[int]:
        """The ids of the servers that got their welcome."""
        with self._locked():
            return {int(row[0]) for row in self._connection.execute("SELECT server FROM welcomes")}

    def save_welcome(self, server: int) -> bool:
        """Save that a server gets its welcome; whether it had none before."""
        insert = "INSERT OR IGNORE INTO welcomes VALUES (?)"
        with self._locked():
            return self._connection.execute(insert, (server,)).rowcount == 1

    def save_feedback(self, feedback: Feedback) -> None:
        """Save a reader's rating of an answer, in place of an earlier one.

        An earlier comment stays if the rating is the same and comes without a comment.
        """
        with self._locked():
            self._connection.execute(_SAVE_FEEDBACK, feedback.as_row())

    def all_feedback(self, server: int | None = None) -> list[Feedback]:
        """All feedback, or that of a server, oldest first."""
        with self._locked():
            rows = self._connection.execute(_SELECT_FEEDBACK, {"server": server}).fetchall()
            return [feedback_of(row) for row in rows]

    def archives_of_people(self) -> dict[int, ArchiveName]:
        """The archive that each person has chosen for direct messages, by the person's id."""
        with self._locked():
            rows = self._connection.execute("SELECT user, archive FROM people").fetchall()
            return {int(user): ArchiveName(str(archive)) for user, archive in rows}

    def save_archive_of(self, user: int, archive: ArchiveName) -> None:
        """Save the archive that a person has chosen for direct messages."""
        with self._locked():
            self._connection.execute("INSERT OR REPLACE INTO people VALUES (?, ?)", (user, archive))

    def delete_archive_of(self, user: int) -> None:
        """Delete the archive that a person has chosen."""
        with self._locked():
            self._connection.execute("DELETE FROM people WHERE user = ?", (user,))

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
