"""The vectors of a running build, from which an interrupted build continues.

The journal is a SQLite file beside the generations. It finds vectors by the hash of their embedding
input. Each entry has a hash of its own; an entry that does not fit its hash is not used. The file
is deleted when the build has ended well.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from pullquote_index.reuse.stored_vectors import PassageVectors
from pullquote_index.writable_database import WritableDatabase

_FILE = "vectors.sqlite"
_TABLE = "vectors (content BLOB PRIMARY KEY, whole BLOB, sentences BLOB, hash BLOB)"


class EmbeddingJournal:
    """The vectors that a build embeds. Every method raises OSError if it cannot be written."""

    def __init__(self, folder: Path, dimension: int) -> None:
        """Open the journal. Start a new one if it is missing or cannot be read.

        Args:
            folder: the folder of the journal.
            dimension: the length of a vector.
        """
        self._dimension = dimension
        folder.mkdir(0o700, exist_ok=True)  # vectors say much of the words
        try:
            self._database = _opened(folder / _FILE)
        except OSError:
            delete(folder)
            folder.mkdir(exist_ok=True)
            self._database = _opened(folder / _FILE)

    def need(self, content_hash: bytes, characters: int) -> None:
        """Note that the build needs the vectors of an embedding input of this length."""
        self._database.execute(
            "INSERT OR IGNORE INTO needed VALUES (?, ?)", content_hash, characters
        )

    def discard_unusable(self) -> int:
        """Delete entries that are not needed or are damaged.

        Returns:
            The number of characters that are needed and have no vectors yet.
        """
        self._database.execute(
            "DELETE FROM vectors WHERE content NOT IN (SELECT content FROM needed)"
        )
        damaged = [
            (content_hash,)
            for content_hash, whole, sentences, entry_hash in self._database.rows(
                "SELECT content, whole, sentences, hash FROM vectors"
            )
            if _entry_hash(content_hash, whole, sentences) != entry_hash
        ]
        self._database.execute_for_each("DELETE FROM vectors WHERE content = ?", damaged)
        self._database.execute("DELETE FROM needed WHERE content IN (SELECT content FROM vectors)")
        return int(self._database.value("SELECT COALESCE(SUM(characters), 0) FROM needed"))

    def claim(self, content_hash: bytes) -> bool:
        """Whether the caller must embed this input: it is needed, and was not claimed before."""
        return self._database.execute("DELETE FROM needed WHERE content = ?", content_hash) == 1

    def add(self, embedded: Iterable[tuple[bytes, PassageVectors]]) -> None:
        """Write the vectors of embedding inputs with these hashes."""
        rows = (
            (content_hash, vectors.whole.astype("<f2").tobytes(), vectors.sentences.tobytes())
            for content_hash, vectors in embedded
        )
        self._database.execute("BEGIN")
        self._database.execute_for_each(
            "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?, ?)",
            ((*row, _entry_hash(*row)) for row in rows),
        )
        self._database.execute("COMMIT")

    def find(self, content_hash: bytes) -> PassageVectors | None:
        """The vectors of the embedding input with this hash, or None if the journal has none."""
        row = self._database.row(
            "SELECT whole, sentences FROM vectors WHERE content = ?", content_hash
        )
        if row is None:
            return None
        whole, sentences = row
        return PassageVectors(
            np.frombuffer(whole, "<f2").astype(np.float32),
            np.frombuffer(sentences, np.int8).reshape(-1, self._dimension),
        )

    def close(self) -> None:
        """Close the file."""
        self._database.close()


def _opened(path: Path) -> WritableDatabase:
    """Open a journal, or create one.

    Raises:
        OSError: the file cannot be written, or is damaged.
    """
    database = WritableDatabase(path)
    with contextlib.ExitStack() as on_error:
        on_error.callback(database.close)
        database.script(
            "PRAGMA trusted_schema=OFF;"
            "PRAGMA synchronous=OFF;"  # an entry that a loss of power damages has a wrong hash
            f"CREATE TABLE IF NOT EXISTS {_TABLE};"
            "CREATE TEMP TABLE needed (content BLOB PRIMARY KEY, characters INTEGER);"
        )
        problem = database.value("PRAGMA integrity_check(1)")
        others = "SELECT COUNT(*) FROM main.sqlite_master WHERE sql <> ?"
        if database.value(others, f"CREATE TABLE {_TABLE}"):  # a trigger or a view is a program
            problem = "holds more than the table of vectors"
        if problem != "ok":
            raise OSError(f"{path}: {problem}")
        on_error.pop_all()
    return database


def _entry_hash(content_hash: bytes, whole: bytes, sentences: bytes) -> bytes:
    return hashlib.blake2b(content_hash + whole + sentences, digest_size=8).digest()


def delete(folder: Path) -> None:
    """Delete the journal in a folder, if there is one, and the folder if nothing else is in it."""
    for ending in ("", "-journal", "-wal", "-shm"):
        with contextlib.suppress(OSError):
            (folder / f"{_FILE}{ending}").unlink()
    with contextlib.suppress(OSError):
        folder.rmdir()
