"""What the rest of the program asks of an index, whichever store it is in.

Two stores answer: the embedded one (SQLite, FAISS and tantivy in a folder) and PostgreSQL.
`stores.store_of` opens the one that the settings name; nothing outside of this package knows which.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from pullquote.models.cards import EncoderCard
from pullquote.storage.article_store import ArticleStore
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.manifest import GenerationId, Manifest
from pullquote.storage.ports import DenseIndex, SentenceIndex, WordIndex
from pullquote.storage.withdrawals import Withdrawal

StoreKind = Literal["embedded", "postgresql"]


@dataclass(frozen=True, slots=True)
class OpenGeneration:
    """The open parts of one generation.

    Attributes:
        articles: its articles and passages, but for those that are hidden.
        words, vectors, sentences: what finds its passages, and the vectors of its sentences.
    """

    articles: ArticleStore
    words: WordIndex
    vectors: DenseIndex
    sentences: SentenceIndex


class LiveGeneration(Protocol):
    """Knows which generation is live."""

    def live(self) -> GenerationId:
        """The id of the live generation.

        Raises:
            ArchiveError: there is none, or the store cannot be read.
        """


class CalibrationShelf(Protocol):
    """Keeps the calibration of an index."""

    def calibration(self) -> bytes | None:
        """The stored calibration; None without one.

        Raises:
            OSError: it cannot be read.
        """


class IndexStore(LiveGeneration, CalibrationShelf, Protocol):
    """An index: its generations, and what applies to all of them. Safe to share between threads.

    Every method raises `ArchiveError` if the store cannot be read.
    """

    @property
    def kind(self) -> StoreKind:
        """Which store it is, for people and programs that ask."""

    @property
    def place(self) -> str:
        """Its folder or its address, for people. No password is in it."""

    def finished(self) -> list[GenerationId]:
        """The complete generations, oldest first."""

    def manifest(self, generation: GenerationId) -> Manifest:
        """The manifest of a generation."""

    def check(self, generation: GenerationId, manifest: Manifest) -> None:
        """See that a generation is as it was built, as far as that is quick."""

    def open(
        self, generation: GenerationId, manifest: Manifest, last_day: dt.date
    ) -> OpenGeneration:
        """Open a generation that was checked.

        Withdrawn articles, and those dated after `last_day`, are hidden.
        """

    def visible_articles(
        self, generation: GenerationId, manifest: Manifest, last_day: dt.date
    ) -> ArticleStore:
        """The articles of a generation alone, as readers may see them."""

    def all_articles(self, generation: GenerationId, manifest: Manifest) -> ArticleStore:
        """The articles of a generation, none hidden."""

    def models(self, card: EncoderCard, reranker: str) -> BuiltFolder:
        """The folder with an exported encoder, and with the reranker of this name."""

    def withdrawals(self) -> list[Withdrawal]:
        """The log of withdrawals, oldest first."""

    def withdrawals_version(self) -> tuple[int, int]:
        """Changes with every line that is added to the log."""

    def add_withdrawal(self, withdrawal: Withdrawal) -> None:
        """Append to the log.

        Raises:
            ArchiveNotWritten: the log cannot be written.
        """

    def write_calibration(self, text: str) -> object:
        """Store a calibration in place of another.

        Raises:
            OSError: a folder cannot be written.
        """

    @property
    def calibration_place(self) -> str:
        """Where the calibration is stored, for people."""

    def current_builder(self) -> str:
        """The process that is building, and since when; empty if none is."""

    def generation_size(self, generation: GenerationId) -> int:
        """The size of a generation alone, in bytes."""

    def size(self, generation: GenerationId, manifest: Manifest) -> int:
        """The size of a generation and its encoder, in bytes."""

    def vector_index(self, manifest: Manifest) -> str:
        """The kind of index of a generation's vectors, in words."""

    def partial_size(self) -> int:
        """The size of what an unfinished build has left, in bytes."""

    @property
    def folder(self) -> Path:
        """The folder in which a build works: that of the index itself if it has one."""
