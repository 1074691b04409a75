"""The vectors of the generations that are kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pullquote.errors import ArchiveError
from pullquote.storage.article_store import ArticleStore
from pullquote.storage.manifest import STORE_FILE
from pullquote_index.reuse.previous_generation import PreviousGeneration, open_generation
from pullquote_index.reuse.stored_vectors import PassageVectors


class VectorCache:
    """Finds vectors by the hash of their embedding input, so that nothing is embedded twice."""

    def __init__(self, live: PreviousGeneration | None, others: Iterable[Path]) -> None:
        """Open the cache.

        Args:
            live: the generation that is searched first; None if there is none.
            others: the folders of the generations that are searched next. The files of one are
                compared with its manifest only when it seems to have vectors that are searched.
        """
        self._live = live
        self._unchecked = [(folder, store) for folder in others if (store := _store(folder))]
        self._checked: list[PreviousGeneration] = []

    def __contains__(self, content_hash: bytes) -> bool:
        """Whether the cache has vectors of the embedding input with this hash."""
        return any(
            generation.store.find_embedded(content_hash)
            for generation in self._generations(content_hash)
        )

    def find(self, content_hash: bytes) -> PassageVectors | None:
        """The vectors of the embedding input with this hash, or None if the cache has none."""
        for generation in self._generations(content_hash):
            if vectors := generation.find_vectors(content_hash):
                return vectors
        return None

    def _generations(self, content_hash: bytes) -> Iterator[PreviousGeneration]:
        """The generations that may have the vectors. All their files are as they were written."""
        if self._live:
            yield self._live
        yield from self._checked
        for folder, store in list(self._unchecked):
            if _seems_to_contain(store, content_hash):
                self._unchecked.remove((folder, store))
                store.close()
                if generation := open_generation(folder):
                    self._checked.append(generation)
                    yield generation

    def close(self) -> None:
        """Close the files of all generations but the live one."""
        for _, store in self._unchecked:
            store.close()
        for generation in self._checked:
            generation.close()


def _store(folder: Path) -> ArticleStore | None:
    """A generation's articles and passages, or None if the file cannot be opened."""
    try:
        return ArticleStore(folder / STORE_FILE)
    except ArchiveError:
        return None


def _seems_to_contain(store: ArticleStore, content_hash: bytes) -> bool:
    try:
        return store.find_embedded(content_hash) is not None
    except ArchiveError:
        return False
