"""The files and folders that a build reads."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pullquote.errors import (
    ArchiveDamaged,
    ArchiveError,
    ArchiveMismatch,
    ArchiveMissing,
    RequestError,
)
from pullquote.settings import Settings, load_settings
from pullquote.storage.manifest import Manifest
from pullquote.storage.stores import store_of
from pullquote_index.lifecycle.own_builds import is_own_build

_MENDED_BY_A_BUILD = (ArchiveMissing, ArchiveDamaged, ArchiveMismatch)
"""Errors after which a database may be built for; it cannot be asked after others."""


def articles_for(typed: Sequence[Path], settings: Settings) -> list[Path]:
    """The files and folders to read: those that were typed, or those of the settings.

    If neither names any, an index that this user built here is refreshed from the paths that it
    was built from, never from others that happen to be there.

    Raises:
        RequestError: no articles are named, the index was built elsewhere, or a path that it was
            built from is gone.
        ArchiveError: the database that has the index cannot be asked.
    """
    named = settings.articles.paths
    if typed or (named and named != load_settings({}).articles.paths):
        return list(typed or named)
    manifest, place = _live_manifest(settings), store_of(settings.index).place
    if manifest is None:
        if not named:
            raise RequestError(
                "no articles are named",
                mend="Name the folder that holds the articles: pullquote index my-articles/",
            )
        return list(named)
    if not is_own_build(manifest):
        raise RequestError(
            "was not built by this user on this machine, so the folders that it names are not read",
            where=place,
            mend="Name what to read: pullquote index PATH, or articles.paths in the settings",
        )
    roots = [Path(root) for root in manifest.roots]
    missing = [root for root in roots if not root.exists()]
    if missing and [root.name for root in roots] == [path.name for path in named]:
        return list(named)  # a checkout was moved, articles and all
    if missing:
        raise RequestError(
            f"was built from {missing[0]}, which is not there",
            where=place,
            mend="Name what to read: pullquote index PATH",
        )
    return roots


def _live_manifest(settings: Settings) -> Manifest | None:
    """The manifest of the live generation; None if there is no generation, or it is damaged."""
    index = store_of(settings.index)
    try:
        return index.manifest(index.live())
    except ArchiveError as error:
        if settings.index.store and not isinstance(error, _MENDED_BY_A_BUILD):
            raise
        return None
