"""Vectors of a build that is under way, so that one that is interrupted begins where it was.

A file beside the generations, by the hash of what was embedded. Each entry carries a hash of its
own; one that is not as it was written is made again. It holds what the build needs and no
more, and goes when the build is through.
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
    """The vectors of this build that were not known when it began."""

    def __init__(self, folder: Path, dimension: int) -> None:
        """Open the journal in `folder`, or begin one where there is none that can be read.

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
            "PRAGMA synchronous=OFF;"  # what a loss of power leaves is told by its hashes
            "CREATE TABLE IF NOT EXISTS vectors (content BLOB PRIMARY KEY, whole BLOB, sentences BLOB, hash BLOB);"
            "CREATE TEMP TABLE wanted (content BLOB PRIMARY KEY, size INTEGER);"
        )
        (found,) = self._connection.execute("PRAGMA integrity_check(1)").fetchone()
        if found != "ok":
            self._connection.close()
            raise sqlite3.DatabaseError(found)

    def want(self, content: bytes, size: int) -> None:
        """Say that the build needs the vectors of this content, which is `size` characters long."""
        with as_os_errors(self._folder / _FILE):
            self._connection.execute("INSERT OR IGNORE INTO wanted VALUES (?, ?)", (content, size))

    def settle(self) -> int:
        """Drop what is not wanted or not as it was written. Returns how many characters are left to embed."""
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

    def take(self, content: bytes) -> bool:
        """Whether these vectors have still to be made; whoever asks makes them."""
        with as_os_errors(self._folder / _FILE):
            return (
                self._connection.execute(
                    "DELETE FROM wanted WHERE content = ?", (content,)
                ).rowcount
                == 1
            )

    def add(self, made: list[tuple[bytes, PassageVectors]]) -> None:
        """Keep vectors that were made."""
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
        """The vectors of this content, if they are here."""
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
        """Let go of the file."""
        self._connection.close()


def _hash(content: bytes, whole: bytes, sentences: bytes) -> bytes:
    return hashlib.blake2b(content + whole + sentences, digest_size=8).digest()


def clear(folder: Path) -> None:
    """Remove a journal."""
    shutil.rmtree(folder, ignore_errors=True)
