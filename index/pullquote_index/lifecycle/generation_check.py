"""Opens a new generation and searches it, before it becomes the live one.

The header of the vector index and tantivy's list of segments are not written by FAISS and tantivy.
So a build proves that both libraries read what was written, by searching for a few passages.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from pullquote.corpus.passages import Passage, PassageFilter, PassageId
from pullquote.english.stems import analyse
from pullquote.errors import ArchiveDamaged, ArchiveError
from pullquote.storage.article_store import ArticleStore
from pullquote.storage.file_check import check_sizes
from pullquote.storage.lexical_index import LexicalIndex
from pullquote.storage.lexical_shards import read_shards
from pullquote.storage.manifest import (
    LEXICAL_FOLDER,
    SENTENCE_FILE,
    STORE_FILE,
    VECTOR_FILE,
    Manifest,
    read_manifest,
)
from pullquote.storage.sentence_vectors import SentenceRows
from pullquote.storage.vector_index import VectorIndex
from pullquote_index.reuse.stored_vectors import FindVectors, PassageVectors
from pullquote_index.steps.embedding import embedding_input

_MAX_TERMS = 8
"""The number of terms of a passage that are searched."""
_MAX_ROUNDING = 0.01
"""The most by which a similarity differs between FAISS and NumPy."""


def check_new_generation(
    folder: Path, manifest: Manifest, find_vectors: FindVectors, index: Path
) -> None:
    """Open all files of a generation, and search for its first passage and the last of each shard.

    Args:
        folder: the folder of the generation.
        manifest: its manifest, which is also in the folder.
        find_vectors: returns vectors as they were embedded, or as an earlier build stored them.
        index: the folder of the index, for the error.

    Raises:
        ArchiveDamaged: a file cannot be read, or a passage is not found.
    """
    try:
        if read_manifest(folder) != manifest:
            raise ArchiveDamaged("the manifest is not as it was written")
        check_sizes(manifest, folder)  # the manifest was made from the files' hashes just now
        with contextlib.closing(ArticleStore(folder / STORE_FILE)) as store:
            parts = GenerationParts(folder, manifest, store)
            parts.check_counts()
            for row in _sampled_rows(folder):
                parts.check_passage(row, find_vectors)
    except ArchiveError as error:
        raise ArchiveDamaged(
            f"the new generation cannot be used ({error.what})",
            where=str(index),
            mend="The live index is unchanged. Try again with: pullquote index --full",
        ) from error


def _sampled_rows(folder: Path) -> Iterator[PassageId]:
    """Yield the first passage, and the last of each shard."""
    yield PassageId(0)
    for shard in read_shards(folder / LEXICAL_FOLDER):
        yield PassageId(shard.first + shard.count - 1)


class GenerationParts:
    """The open parts of a generation."""

    def __init__(self, folder: Path, manifest: Manifest, store: ArticleStore) -> None:
        self._folder = folder
        self._manifest = manifest
        self._store = store
        self._lexical = LexicalIndex(folder / LEXICAL_FOLDER)
        self._vectors = VectorIndex(folder / VECTOR_FILE)
        self._sentences = SentenceRows(folder / SENTENCE_FILE)

    def check_counts(self) -> None:
        """Compare the numbers of articles, passages, sentences and dimensions.

        Raises:
            ArchiveDamaged: they differ.
        """
        manifest = self._manifest
        expected = {
            "articles": (self._store.articles, manifest.articles),
            "passages": (self._store.passages, manifest.passages),
            "indexed passages": (len(self._lexical), manifest.passages),
            "vectors": (len(self._vectors), manifest.passages),
            "sentence vectors": (len(self._sentences), manifest.sentences),
            "dimensions": (self._vectors.dimension, manifest.encoder.dimension),
        }
        for name, (count, expected_count) in expected.items():
            if count != expected_count:
                raise ArchiveDamaged(
                    f"it has {count:,} {name} instead of {expected_count:,}",
                    where=str(self._folder),
                )

    def check_passage(self, row: PassageId, find_vectors: FindVectors) -> None:
        """Search for a passage, by its words and by its vector.

        Raises:
            ArchiveDamaged: it is not found, or its vectors are others.
        """
        passage = self._store.passage(row)
        article = self._store.article(passage.article)
        terms = list(dict.fromkeys(analyse(passage.span.of(article.text))))[:_MAX_TERMS]
        only_row = PassageFilter(rows=range(row, row + 1))
        hits = self._lexical.search(terms, 1, only_row)
        if terms and [hit for hit, _ in hits] != [row]:
            raise ArchiveDamaged(f"passage {row} is not found by its words")
        item = embedding_input(article, passage.sentences, self._manifest.encoder.hash)
        self._check_vectors(passage, find_vectors(item.content_hash), only_row)

    def _check_vectors(
        self, passage: Passage, expected: PassageVectors, only_row: PassageFilter
    ) -> None:
        first, end = passage.first_sentence, passage.first_sentence + len(passage.sentences)
        if not (
            np.array_equal(self._vectors.row(passage.id), expected.whole, equal_nan=True)
            and np.array_equal(self._sentences[first:end], expected.sentences)
        ):
            raise ArchiveDamaged(f"passage {passage.id} has other vectors than were embedded")
        similarity = float(expected.whole @ expected.whole)
        hits = self._vectors.search(expected.whole, 1, only_row)
        best = self._vectors.search(expected.whole, 1, PassageFilter())
        if not (
            hits
            and best
            and hits[0][0] == passage.id
            and abs(hits[0][1] - similarity) < _MAX_ROUNDING
            and best[0][1] > similarity - _MAX_ROUNDING
        ):
            raise ArchiveDamaged(f"passage {passage.id} is not found by its vector")
