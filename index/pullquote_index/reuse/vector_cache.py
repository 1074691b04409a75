"""The cache of vectors: those of the live generation and of the others that are kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pullquote.errors import ArchiveError
from pullquote.storage.article_store import ArticleStore
from pullquote.storage.manifest import STORE_FILE
from pullquote_index.reuse.previous_generation import PreviousGeneration, open_generation
from pullquote_index.reuse.stored_vectors import PassageVectors


class VectorCache:
    """Finds vectors by the hash of what was embedded, so that nothing is embedded twice."""

    def __init__(self, live: PreviousGeneration | None, others: Iterable[Path]) -> None:
        """Take the generations to search.

        Args:
            live: the generation that is searched first.
            others: folders of the others. One is opened, and compared with its manifest, only when
                it seems to have a vector.
        """
        self._live = live
        self._closed = [(folder, store) for folder in others if (store := _peek(folder))]
        self._open: list[PreviousGeneration] = []

    def __contains__(self, content: bytes) -> bool:
        """Whether the vectors of this content are known."""
        return any(
            generation.store.find_embedded(content) for generation in self._generations(content)
        )

    def find(self, content: bytes) -> PassageVectors | None:
        """The vectors of this content, if they are known."""
        return next(
            (
                found
                for generation in self._generations(content)
                if (found := generation.find(content))
            ),
            None,
        )

    def _generations(self, content: bytes) -> Iterator[PreviousGeneration]:
        if self._live:
            yield self._live
        yield from self._open
        for entry in list(self._closed):
            folder, store = entry
            if _may_hold(store, content):
                self._closed.remove(entry)
                store.close()
                if whole := open_generation(folder):
                    self._open.append(whole)
                    yield whole

    def close(self) -> None:
        """Close the generations that are not live."""
        for _, store in self._closed:
            store.close()
        for generation in self._open:
            generation.close()


def _peek(folder: Path) -> ArticleStore | None:
    try:
        return ArticleStore(folder / STORE_FILE)
    except ArchiveError:
        return None


def _may_hold(store: ArticleStore, content: bytes) -> bool:
    try:
        return store.find_embedded(content) is not None
    except ArchiveError:
        return False
