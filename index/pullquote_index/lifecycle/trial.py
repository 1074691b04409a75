"""The trial of a new generation: it is opened and searched before it becomes live."""

from __future__ import annotations

from pathlib import Path

from pullquote.corpus.passages import ArticleRow, Passage, PassageFilter
from pullquote.english.stems import analyse
from pullquote.errors import ArchiveDamaged
from pullquote.storage.article_store import ArticleStore
from pullquote.storage.lexical_index import LexicalIndex
from pullquote.storage.manifest import (
    LEXICAL_FOLDER,
    SENTENCE_FILE,
    STORE_FILE,
    VECTOR_FILE,
    Manifest,
)
from pullquote.storage.sentence_vectors import SentenceRows
from pullquote.storage.vector_index import VectorIndex

_TERMS = 20
"""Number of a passage's first words that it is searched by."""


def try_generation(folder: Path, manifest: Manifest, built: Path) -> None:
    """Open the files of a new generation, and find its first and last passage by words and meaning.

    FAISS's and tantivy's files are partly written by hand, so a version of theirs that reads them
    otherwise must not become live.

    Args:
        folder: the generation's folder.
        manifest: its manifest, which is not written yet.
        built: the folder of built indexes, for the error message.

    Raises:
        ArchiveDamaged: the generation cannot be opened, or does not find its own passages.
    """
    try:
        _try_parts(folder, manifest)
    except ArchiveDamaged as error:
        raise ArchiveDamaged(
            f"the new index cannot be used: {error.where}: {error.what}",
            where=str(built),
            mend="The live index is unchanged. Try again with: pullquote index --full",
        ) from error


def _try_parts(folder: Path, manifest: Manifest) -> None:
    store = ArticleStore(folder / STORE_FILE)
    try:
        lexical = LexicalIndex(folder / LEXICAL_FOLDER)
        dense = VectorIndex(folder / VECTOR_FILE)
        sentences = SentenceRows(folder / SENTENCE_FILE)
        counts = [store.articles, store.passages, len(lexical), len(dense), len(sentences)]
        passages = manifest.passages
        if counts != [manifest.articles, passages, passages, passages, manifest.sentences]:
            raise ArchiveDamaged("its files do not belong together", where=folder.name)
        for row in {0, manifest.articles - 1}:
            for passage in store.passages_of(ArticleRow(row)):
                _find(passage, store, lexical, dense)
                break
    finally:
        store.close()


def _find(passage: Passage, store: ArticleStore, lexical: LexicalIndex, dense: VectorIndex) -> None:
    """Search for a passage, among itself alone, by its own words and its own vector.

    Raises:
        ArchiveDamaged: one of the searches does not find it.
    """
    only_itself = PassageFilter(rows=range(passage.id, passage.id + 1))
    terms = analyse(passage.span.of(store.article(passage.article).text))[:_TERMS]
    by_words = [found for found, _ in lexical.search(terms, 1, only_itself)]
    by_meaning = [found for found, _ in dense.search(dense.row(passage.id), 1, only_itself)]
    if (terms and by_words != [passage.id]) or by_meaning != [passage.id]:
        raise ArchiveDamaged(
            "a search does not find a passage by its own words", where=f"passage {passage.id}"
        )
