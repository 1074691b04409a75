"""The generation before: what a build may take over from it."""

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
from pullquote_index.reuse.file_stamps import trusts_time
from pullquote_index.reuse.stage_versions import recipe
from pullquote_index.reuse.stored_vectors import PassageVectors


@dataclass(frozen=True, slots=True)
class PreviousGeneration:
    """A whole generation of this form.

    Attributes:
        manifest: its own.
        folder: where it lies.
        store, vectors, sentences: its parts, open.
    """

    manifest: Manifest
    folder: Path
    store: ArticleStore
    vectors: VectorIndex
    sentences: SentenceRows

    def files(self) -> dict[Path, tuple[int, FileRecord]]:
        """The files it was made from, each with its row, by their paths."""
        return {record.path: (row, record) for row, record in enumerate(self.store.files())}

    def may_skip(self, max_bytes: int) -> bool:
        """Whether files that have not changed would be read as they were then."""
        return self.manifest.recipe == recipe() and self.manifest.max_bytes == max_bytes

    def may_keep_passages(self, words: int, encoder_hash: str) -> bool:
        """Whether articles that have not changed would be cut and embedded as they were then."""
        made = self.manifest
        return (made.recipe, made.passage_words, made.encoder.hash) == (
            recipe(),
            words,
            encoder_hash,
        )

    def trusts_time(self, record: FileRecord) -> bool:
        """Whether a file of this size and time must be the one that was read."""
        return record.settled and trusts_time(record, self.manifest.began)

    def is_as_good_as(self, manifest: Manifest) -> bool:
        """Whether a new generation would have nothing that this one has not: the same articles, times that can be believed, and every file whole."""
        ours, theirs = (
            (made.pullquote, made.recipe, made.max_bytes, made.encoder, made.passage_words, made.vector_index, made.roots, made.content_sha256,
             *(made.files[name].sha256 for name in (STORE_FILE, VECTOR_FILE, SENTENCE_FILE)))
            for made in (self.manifest, manifest)
        )  # fmt: skip
        return (
            ours == theirs and all(map(self.trusts_time, self.store.files())) and self._is_whole()
        )

    def _is_whole(self) -> bool:
        """Whether every file is as it was written; those of articles and vectors were seen to be when this was opened."""
        try:
            return all(
                file_sha256(self.folder / name) == entry.sha256
                for name, entry in self.manifest.files.items()
            )
        except OSError:
            return False

    def find(self, content: bytes) -> PassageVectors | None:
        """The vectors of what has this hash, if they are here."""
        place = self.store.find_embedded(content)
        if place is None:
            return None
        row, first, count = place
        return PassageVectors(
            self.vectors.row(row), np.array(self.sentences[first : first + count])
        )

    def words_are_whole(self, name: str) -> bool:
        """Whether a file of the lexical index is as it was written."""
        entry = self.manifest.files.get(f"{LEXICAL_FOLDER}/{name}")
        try:
            return (
                entry is not None
                and file_sha256(self.folder / LEXICAL_FOLDER / name) == entry.sha256
            )
        except OSError:
            return False

    def close(self) -> None:
        """Let go of the files."""
        self.store.close()


def open_previous(built: BuiltFolder) -> PreviousGeneration | None:
    """The live generation, if there is one of this form whose every part is as it was written."""
    try:
        return open_generation(built.folder_of(built.live()))
    except ArchiveError:
        return None


def open_generation(folder: Path) -> PreviousGeneration | None:
    """A generation, if it is of this form and its parts are as they were written."""
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
