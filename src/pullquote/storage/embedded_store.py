"""The embedded store: an index in a folder, in SQLite, FAISS and tantivy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from pullquote.models.cards import EncoderCard
from pullquote.storage.article_store import ArticleStore
from pullquote.storage.builder_note import current_builder
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.file_check import check_files, check_sizes
from pullquote.storage.index_store import OpenGeneration
from pullquote.storage.lexical_index import LexicalIndex
from pullquote.storage.manifest import (
    LEXICAL_FOLDER,
    SENTENCE_FILE,
    STORE_FILE,
    VECTOR_FILE,
    GenerationId,
    Manifest,
    read_manifest,
)
from pullquote.storage.sentence_vectors import SentenceRows
from pullquote.storage.vector_index import VectorIndex
from pullquote.storage.withdrawal_log import append_withdrawal
from pullquote.storage.withdrawals import (
    Withdrawal,
    read_withdrawals,
    withdrawals_version,
    withdrawn_articles,
)


class EmbeddedStore(BuiltFolder):
    """The folder of an index, open for reading. It is an `IndexStore`; see there."""

    kind: Literal["embedded"] = "embedded"

    @property
    def place(self) -> str:
        """The folder."""
        return str(self.path)

    @property
    def folder(self) -> Path:
        """The folder."""
        return self.path

    def manifest(self, generation: GenerationId) -> Manifest:
        """The manifest of a generation; see `read_manifest`."""
        return read_manifest(self.folder_of(generation))

    def check(self, generation: GenerationId, manifest: Manifest) -> None:
        """Compare every file of a generation with its hash.

        Raises:
            ArchiveDamaged: a file is missing, or is not as it was written.
        """
        folder = self.folder_of(generation)
        check_sizes(manifest, folder)
        check_files(manifest, folder)

    def open(
        self, generation: GenerationId, _manifest: Manifest, last_day: dt.date
    ) -> OpenGeneration:
        """Open a generation that was checked; see `IndexStore`."""
        folder = self.folder_of(generation)
        store = ArticleStore(folder / STORE_FILE, withdrawn_articles(self.path), last_day)
        hidden = store.hidden.passages
        return OpenGeneration(
            store,
            LexicalIndex(folder / LEXICAL_FOLDER, hidden),
            VectorIndex(folder / VECTOR_FILE, hidden=hidden),
            SentenceRows(folder / SENTENCE_FILE),
        )

    def visible_articles(
        self, generation: GenerationId, manifest: Manifest, last_day: dt.date
    ) -> ArticleStore:
        """Open the articles of a generation alone, as readers may see them.

        Raises:
            ArchiveDamaged: the file, or the log of withdrawals, is damaged.
        """
        path = self._checked_articles(generation, manifest)
        return ArticleStore(path, withdrawn_articles(self.path), last_day)

    def all_articles(self, generation: GenerationId, manifest: Manifest) -> ArticleStore:
        """Open the articles of a generation, none hidden.

        Raises:
            ArchiveDamaged: the file is damaged.
        """
        return ArticleStore(self._checked_articles(generation, manifest))

    def _checked_articles(self, generation: GenerationId, manifest: Manifest) -> Path:
        folder = self.folder_of(generation)
        check_files(manifest, folder, STORE_FILE)
        return folder / STORE_FILE

    def models(self, _card: EncoderCard, _reranker: str) -> BuiltFolder:
        """The folder itself: its models lie beside its generations."""
        return self

    def withdrawals(self) -> list[Withdrawal]:
        """The log of withdrawals, oldest first; see `read_withdrawals`."""
        return read_withdrawals(self.path)

    def withdrawals_version(self) -> tuple[int, int]:
        """Changes with every line that is added to the log."""
        return withdrawals_version(self.path)

    def add_withdrawal(self, withdrawal: Withdrawal) -> None:
        """Append to the log; see `append_withdrawal`."""
        append_withdrawal(self.path, withdrawal)

    def current_builder(self) -> str:
        """The process that is building, and since when; empty if none is."""
        return current_builder(self.path)

    def generation_size(self, generation: GenerationId) -> int:
        """The size of a generation alone, in bytes."""
        return _bytes_of(self.folder_of(generation).rglob("*"))

    def size(self, generation: GenerationId, manifest: Manifest) -> int:
        """The size of a generation and its encoder, in bytes."""
        encoder = self.encoder_folder(manifest.encoder)
        return _bytes_of([*self.folder_of(generation).rglob("*"), *encoder.rglob("*")])

    def vector_index(self, manifest: Manifest) -> str:
        """The kind of FAISS's index, as the build recorded it."""
        return manifest.vector_index

    def partial_size(self) -> int:
        """The size of what an unfinished build has left, in bytes."""
        return _bytes_of(self.partial.glob("*"))


def _bytes_of(files: Iterable[Path]) -> int:
    return sum(file.stat().st_size for file in files if file.is_file())
