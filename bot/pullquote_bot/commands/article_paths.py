"""The files and folders that a build reads."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pullquote.errors import ArchiveError, RequestError
from pullquote.settings import Settings, load_settings
from pullquote.storage.stores import store_of
from pullquote_index.lifecycle.own_builds import is_own_build


def articles_for(typed: Sequence[Path], settings: Settings) -> list[Path]:
    """The files and folders to read: those that were typed, or those of the settings.

    If neither names any, an index that this user built here is refreshed from the paths that it
    was built from, never from others that happen to be there.

    Raises:
        RequestError: no articles are named, the index was built elsewhere, or a path that it was
            built from is gone.
    """
    named = settings.articles.paths
    if typed or (named and named != load_settings({}).articles.paths):
        return list(typed or named)
    index = store_of(settings.index)
    try:
        manifest = index.manifest(index.live())
    except ArchiveError:
        if not named:
            raise RequestError(
                "no articles are named",
                mend="Name the folder that holds the articles: pullquote index my-articles/",
            ) from None
        return list(named)
    if not is_own_build(manifest):
        raise RequestError(
            "was not built by this user on this machine, so the folders that it names are not read",
            where=index.place,
            mend="Name what to read: pullquote index PATH, or articles.paths in the settings",
        )
    roots = [Path(root) for root in manifest.roots]
    missing = [root for root in roots if not root.exists()]
    if missing and [root.name for root in roots] == [path.name for path in named]:
        return list(named)  # a checkout was moved, articles and all
    if missing:
        raise RequestError(
            f"was built from {missing[0]}, which is not there",
            where=index.place,
            mend="Name what to read: pullquote index PATH",
        )
    return roots
