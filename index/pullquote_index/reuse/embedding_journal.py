"""The journal of vectors of a running build, so that an interrupted build continues.

A SQLite file beside the generations, keyed by the hash of what was embedded. Each entry has a hash
of its own; a damaged entry is embedded again. The file is deleted when the build is complete.
"""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from pathlib import Path

import numpy as np

from pullquote_index.database_errors import as_os_errors
from pullquote_index.reuse.stored_vectors import PassageVectors

_FILE = "vectors.sqlite"


class EmbeddingJournal:
    """The new vectors of one build."""

    def __init__(self, folder: Path, dimension: int) -> None:
        """Open the journal in a folder; start a new one if it is missing or unreadable.

        Raises:
            OSError: the folder cannot be written.
        """
        self._folder = folder
        self._dimension = dimension
        folder.mkdir(exist_ok=True)
        try:
            self._open()
        except sqlite3.DatabaseError:
            clear(folder)
            folder.mkdir()
            with as_os_errors(self._folder / _FILE):
                self._open()

    def _open(self) -> None:
        self._connection = sqlite3.connect(self._folder / _FILE, isolation_level=None)
        self._connection.executescript(
            "PRAGMA synchronous=OFF;"  # hashes detect what a power loss damages
            "CREATE TABLE IF NOT EXISTS vectors "
            "(content BLOB PRIMARY KEY, whole BLOB, sentences BLOB, hash BLOB);"
            "CREATE TEMP TABLE wanted (content BLOB PRIMARY KEY, size INTEGER);"
        )
        (found,) = self._connection.execute("PRAGMA integrity_check(1)").fetchone()
        if found != "ok":
            self._connection.close()
            raise sqlite3.DatabaseError(found)

    def want(self, content: bytes, size: int) -> None:
        """Record that the build needs the vectors of a content of `size` characters."""
        with as_os_errors(self._folder / _FILE):
            self._connection.execute("INSERT OR IGNORE INTO wanted VALUES (?, ?)", (content, size))

    def prepare(self) -> int:
        """Delete entries that are not wanted or damaged.

        Returns:
            How many characters are left to embed.
        """
        with as_os_errors(self._folder / _FILE):
            self._connection.execute(
                "DELETE FROM vectors WHERE content NOT IN (SELECT content FROM wanted)"
            )
            bad = [
                (row[0],)
                for row in self._connection.execute(
                    "SELECT content, whole, sentences, hash FROM vectors"
                )
                if _hash(*row[:3]) != row[3]
            ]
            self._connection.executemany("DELETE FROM vectors WHERE content = ?", bad)
            self._connection.execute(
                "DELETE FROM wanted WHERE content IN (SELECT content FROM vectors)"
            )
            return int(
                self._connection.execute("SELECT COALESCE(SUM(size), 0) FROM wanted").fetchone()[0]
            )

    def claim(self, content: bytes) -> bool:
        """Claim a content for embedding: True if its vectors are still missing."""
        with as_os_errors(self._folder / _FILE):
            return (
                self._connection.execute(
                    "DELETE FROM wanted WHERE content = ?", (content,)
                ).rowcount
                == 1
            )

    def add(self, made: list[tuple[bytes, PassageVectors]]) -> None:
        """Store new vectors."""
        rows = (
            (content, vectors.whole.astype("<f2").tobytes(), vectors.sentences.tobytes())
            for content, vectors in made
        )
        with as_os_errors(self._folder / _FILE):
            self._connection.execute("BEGIN")
            self._connection.executemany(
                "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?, ?)",
                ((*row, _hash(*row)) for row in rows),
            )
            self._connection.execute("COMMIT")

    def find(self, content: bytes) -> PassageVectors | None:
        """The vectors of a content; None if the journal has none."""
        with as_os_errors(self._folder / _FILE):
            row = self._connection.execute(
                "SELECT whole, sentences FROM vectors WHERE content = ?", (content,)
            ).fetchone()
        if row is None:
            return None
        return PassageVectors(
            np.frombuffer(row[0], "<f2").astype(np.float32),
            np.frombuffer(row[1], np.int8).reshape(-1, self._dimension),
        )

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def _hash(content: bytes, whole: bytes, sentences: bytes) -> bytes:
    return hashlib.blake2b(content + whole + sentences, digest_size=8).digest()


def clear(folder: Path) -> None:
    """Delete a journal."""
    shutil.rmtree(folder, ignore_errors=True)
