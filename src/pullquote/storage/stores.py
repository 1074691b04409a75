"""Opens the store that the settings name."""

from __future__ import annotations

from pullquote.settings import IndexSettings
from pullquote.storage.embedded_store import EmbeddedStore
from pullquote.storage.index_store import IndexStore


def store_of(settings: IndexSettings) -> IndexStore:
    """The store of an index.

    Args:
        settings: name its folder.
    """
    return EmbeddedStore(settings.path)
