"""Opens the store that the settings name."""

from __future__ import annotations

from pullquote.settings import IndexSettings
from pullquote.storage.embedded_store import EmbeddedStore
from pullquote.storage.index_store import IndexStore
from pullquote.storage.postgres.postgres_store import PostgresStore


def store_of(settings: IndexSettings) -> IndexStore:
    """The store of an index.

    Args:
        settings: name its database, or its folder.
    """
    if settings.store:
        return PostgresStore(settings.store, settings.path)
    return EmbeddedStore(settings.path)
