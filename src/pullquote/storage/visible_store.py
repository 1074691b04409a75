"""Opens a generation's articles as readers may see them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from pullquote.storage.article_store import ArticleStore
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.file_check import check_files
from pullquote.storage.manifest import STORE_FILE, Manifest
from pullquote.storage.withdrawals import last_day_published, withdrawn_articles


def open_visible_store(
    built: BuiltFolder, folder: Path, manifest: Manifest, now: dt.datetime
) -> ArticleStore:
    """Open the articles of a generation, without those that are withdrawn or of the future.

    Args:
        built: the folder of the index.
        folder: the folder of the generation.
        manifest: the generation's, with which the file is compared.
        now: the time, with its time zone.

    Raises:
        ArchiveDamaged: the file, or the log of withdrawals, is damaged.
    """
    check_files(manifest, folder, STORE_FILE)
    last_day = last_day_published(now)
    return ArticleStore(folder / STORE_FILE, withdrawn_articles(built.path), last_day)
