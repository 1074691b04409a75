"""The previous generation, whose results a build reuses."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pullquote.corpus.hashing import file_sha256
from pullquote.errors import ArchiveError
from pullquote.storage.article_store import ArticleStore
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.file_check import check_files
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
from pullquote.storage.vector_index import VectorIndex, lists_path
from pullquote_index.readers.problems import ReadingOptions
from pullquote_index.reuse.file_stamps import has_reliable_time, nanoseconds
from pullquote_index.reuse.stage_versions import (
    ATTRIBUTING,
    CUTTING,
    EMBEDDING,
    STORIES,
    has_same_reading,
)
from pullquote_index.reuse.stored_vectors import PassageVectors

_COMPARED_FIELDS = (
    "pullquote",
    "recipe",
    "max_bytes",
    "encoder",
    "passage_words",
    "vector_index",
    "roots",
    "content_sha256",
)
_CHECKED_FILES = (STORE_FILE, VECTOR_FILE, SENTENCE_FILE)
"""The files whose hashes are compared when a generation is opened."""
_LISTS_FILE = lists_path(Path(VECTOR_FILE)).name
"""The file that is compared too if there is one."""


@dataclass(frozen=True, slots=True)
class PreviousGeneration:
    """A generation whose articles, passages and vectors are as they were written.

    Attributes:
        manifest: its manifest.
        folder: its folder.
        store: its articles and passages.
        vectors: its passages' vectors.
        sentences: its sentences' vectors.
        compared_ns: when the bytes of all its files were last compared with it, in nanoseconds
            since 1970.
    """

    manifest: Manifest
    folder: Path
    store: ArticleStore
    vectors: VectorIndex
    sentences: SentenceRows
    compared_ns: int

    def files(self) -> dict[Path, tuple[int, FileRecord]]:
        """The files that it was built from, each with its row, by path."""
        return {record.path: (row, record) for row, record in enumerate(self.store.files())}

    def can_reuse_articles(self, max_bytes: int, options: ReadingOptions) -> bool:
        """Whether an unchanged file would have the same articles if it were read now."""
        manifest = self.manifest
        return has_same_reading(manifest.recipe, options) and manifest.max_bytes == max_bytes

    def can_reuse_passages(self, target_words: int, encoder_hash: str) -> bool:
        """Whether an unchanged article would have the same passages if it were cut now."""
        manifest = self.manifest
        return (
            CUTTING.is_unchanged_since(manifest.recipe)
            and EMBEDDING.is_unchanged_since(manifest.recipe)
            and (manifest.passage_words, manifest.encoder.hash) == (target_words, encoder_hash)
        )

    @property
    def can_reuse_attributions(self) -> bool:
        """Whether an unchanged article would have the same attributions if it were read now."""
        return ATTRIBUTING.is_unchanged_since(self.manifest.recipe)

    @property
    def can_reuse_stories(self) -> bool:
        """Whether an unchanged article would have the same signature and notes now."""
        return STORIES.is_unchanged_since(self.manifest.recipe)

    def has_reliable_time(self, record: FileRecord) -> bool:
        """Whether a file that still has its size and time certainly has the same articles."""
        return record.settled and has_reliable_time(record, self.compared_ns)

    def is_as_good_as(self, manifest: Manifest) -> bool:
        """Whether a new generation would improve nothing.

        It would not if it has the same content, and every file of this generation is as it was
        written.
        """
        return (
            all(
                getattr(self.manifest, field) == getattr(manifest, field)
                for field in _COMPARED_FIELDS
            )
            and all(
                self.manifest.files[name].sha256 == manifest.files[name].sha256
                for name in _CHECKED_FILES
            )
            and all(map(self._is_as_written, self.manifest.files))
        )

    def gains_reliable_times(self, compared_ns: int) -> bool:
        """Whether a comparison at this time proves of more files that they are unchanged."""
        return any(
            record.settled
            and not has_reliable_time(record, self.compared_ns)
            and has_reliable_time(record, compared_ns)
            for record in self.store.files()
        )

    def find_vectors(self, content_hash: bytes) -> PassageVectors | None:
        """The vectors of the embedding input with this hash, or None if it has none."""
        embedded = self.store.find_embedded(content_hash)
        if embedded is None:
            return None
        first = embedded.first_sentence
        return PassageVectors(
            self.vectors.row(embedded.passage),
            np.array(self.sentences[first : first + embedded.sentences]),
        )

    def has_lexical_file(self, name: str) -> bool:
        """Whether a file of the lexical index is there as it was written."""
        name = f"{LEXICAL_FOLDER}/{name}"
        return name in self.manifest.files and self._is_as_written(name)

    def _is_as_written(self, name: str) -> bool:
        try:
            return file_sha256(self.folder / name) == self.manifest.files[name].sha256
        except OSError:
            return False

    def close(self) -> None:
        """Close the files."""
        self.store.close()


def open_previous(built: BuiltFolder) -> PreviousGeneration | None:
    """Open the live generation. None if it is missing, damaged or of another format."""
    try:
        return open_generation(built.folder_of(built.live()))
    except ArchiveError:
        return None


def open_generation(folder: Path) -> PreviousGeneration | None:
    """Open a generation; None if it has another format or is not as it was written."""
    try:
        manifest = read_manifest(folder)
        has_lists = lists_path(folder / VECTOR_FILE).exists()
        check_files(manifest, folder, *_CHECKED_FILES, *([_LISTS_FILE] if has_lists else []))
        return PreviousGeneration(
            manifest,
            folder,
            ArticleStore(folder / STORE_FILE),
            VectorIndex(folder / VECTOR_FILE),
            SentenceRows(folder / SENTENCE_FILE),
            nanoseconds(manifest.began),
        )
    except (ArchiveError, OSError, KeyError):
        return None
