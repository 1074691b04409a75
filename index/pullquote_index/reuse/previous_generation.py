"""The previous generation, and what a build can reuse of it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pullquote.corpus.hashing import file_sha256
from pullquote.errors import ArchiveError
from pullquote.storage.article_store import ArticleStore
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.manifest import (
    LEXICAL_FOLDER,
    SENTENCE_FILE,
    STORE_FILE,
    VECTOR_FILE,
    Manifest,
    read_manifest,
)
from pullquote.storage.schema import FileRecord
from pullquote.storage.sentence_vectors import SentenceRows
from pullquote.storage.vector_index import VectorIndex
from pullquote_index.reuse.file_stamps import times_prove
from pullquote_index.reuse.stage_versions import is_unchanged
from pullquote_index.reuse.stored_vectors import PassageVectors


@dataclass(frozen=True, slots=True)
class PreviousGeneration:
    """An open, intact generation of the current format.

    Attributes:
        manifest: its manifest.
        folder: its folder.
        store, vectors, sentences: its files, open.
    """

    manifest: Manifest
    folder: Path
    store: ArticleStore
    vectors: VectorIndex
    sentences: SentenceRows

    def files(self) -> dict[Path, tuple[int, FileRecord]]:
        """The source files by path, each with its row."""
        return {record.path: (row, record) for row, record in enumerate(self.store.files())}

    def has_same_reading(self, max_bytes: int) -> bool:
        """Whether unchanged files would give the same articles now."""
        manifest = self.manifest
        return is_unchanged(manifest.recipe, "reading") and manifest.max_bytes == max_bytes

    def has_same_passages(self, target_words: int, encoder_hash: str) -> bool:
        """Whether unchanged articles would give the same passages and vectors now."""
        manifest = self.manifest
        return is_unchanged(manifest.recipe, "cutting", "features", "embedding") and (
            manifest.passage_words,
            manifest.encoder.hash,
        ) == (target_words, encoder_hash)

    def trusts_time(self, record: FileRecord) -> bool:
        """Whether equal size and time prove that a file is unchanged."""
        return record.settled and times_prove(record, self.manifest.began)

    def equals(self, manifest: Manifest) -> bool:
        """Whether a new generation would hold the same.

        Also false if a source file's time does not prove that it is unchanged, since the new
        generation records a later time, and if a file of this generation is damaged.
        """
        return (
            _identity(self.manifest) == _identity(manifest)
            and all(map(self.trusts_time, self.store.files()))
            and self._is_intact()
        )

    def _is_intact(self) -> bool:
        """Whether every file still has the hash that the manifest records."""
        try:
            return all(
                file_sha256(self.folder / name) == entry.sha256
                for name, entry in self.manifest.files.items()
            )
        except OSError:
            return False

    def find(self, content: bytes) -> PassageVectors | None:
        """The vectors of the content with this hash; None if this generation has none."""
        place = self.store.find_embedded(content)
        if place is None:
            return None
        row, first, count = place
        return PassageVectors(
            self.vectors.row(row), np.array(self.sentences[first : first + count])
        )

    def has_intact_lexical_file(self, name: str) -> bool:
        """Whether a file of the lexical index still has its recorded hash."""
        entry = self.manifest.files.get(f"{LEXICAL_FOLDER}/{name}")
        try:
            return (
                entry is not None
                and file_sha256(self.folder / LEXICAL_FOLDER / name) == entry.sha256
            )
        except OSError:
            return False

    def close(self) -> None:
        """Close the files."""
        self.store.close()


def open_previous(built: BuiltFolder) -> PreviousGeneration | None:
    """Open the live generation; None if it is missing, damaged or of another format."""
    try:
        return open_generation(built.folder_of(built.live()))
    except ArchiveError:
        return None


def open_generation(folder: Path) -> PreviousGeneration | None:
    """Open a generation; None if it is missing, damaged or of another format."""
    try:
        manifest = read_manifest(folder)
        with ThreadPoolExecutor() as workers:
            names = (STORE_FILE, VECTOR_FILE, SENTENCE_FILE)
            hashes = list(workers.map(lambda name: file_sha256(folder / name), names))
        if hashes != [manifest.files[name].sha256 for name in names]:
            return None
        return PreviousGeneration(
            manifest,
            folder,
            ArticleStore(folder / STORE_FILE),
            VectorIndex(folder / VECTOR_FILE),
            SentenceRows(folder / SENTENCE_FILE),
        )
    except (ArchiveError, OSError, KeyError):
        return None


def _identity(manifest: Manifest) -> tuple[object, ...]:
    """What two generations that hold the same have in common."""
    return (
        manifest.pullquote,
        manifest.recipe,
        manifest.max_bytes,
        manifest.encoder,
        manifest.passage_words,
        manifest.vector_index,
        manifest.roots,
        manifest.content_sha256,
        *(manifest.files[name].sha256 for name in (STORE_FILE, VECTOR_FILE, SENTENCE_FILE)),
    )
