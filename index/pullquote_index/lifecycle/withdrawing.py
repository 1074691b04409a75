"""Withdraws articles, and undoes it: appends to the log of withdrawals."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from pullquote.corpus.articles import ArticleId
from pullquote.errors import ArchiveNotWritten, RequestError
from pullquote.storage.article_store import ArticleStore
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.manifest import STORE_FILE
from pullquote.storage.withdrawals import (
    WITHDRAWALS_FILE,
    Withdrawal,
    withdrawn_articles,
)

_PERMISSIONS = 0o644


def withdraw(index: Path, withdrawal: Withdrawal) -> None:
    """Withdraw an article from every generation of an index, or undo that.

    Args:
        index: the folder of the index.
        withdrawal: the line to append to the log.

    Raises:
        RequestError: the live generation has no such article, or it is not withdrawn.
        ArchiveError: there is no index, or its log cannot be read or written.
    """
    article_id = ArticleId(withdrawal.article_id)
    is_withdrawn = article_id in withdrawn_articles(index)
    if withdrawal.undone:
        if not is_withdrawn:
            raise RequestError(
                "is not withdrawn", where=article_id, mend="List what is: pullquote withdraw"
            )
    elif not is_withdrawn:
        _check_article(index, article_id)
    _append(index / WITHDRAWALS_FILE, withdrawal)


def _check_article(index: Path, article_id: ArticleId) -> None:
    """See that the live generation has an article.

    Raises:
        RequestError: it has not.
    """
    built = BuiltFolder(index)
    store = ArticleStore(built.folder_of(built.live()) / STORE_FILE)
    try:
        if store.article_row(article_id) is None:
            raise RequestError(
                "the archive has no article with this id",
                where=article_id,
                mend="Take `article_id` from the JSON of a quote: "
                "pullquote ask QUESTION --format json",
            )
    finally:
        store.close()


def _append(path: Path, withdrawal: Withdrawal) -> None:
    """Append a line, as a whole or not at all, and sync it to disk.

    Raises:
        ArchiveNotWritten: the log cannot be written.
    """
    line, written = withdrawal.model_dump_json().encode() + b"\n", 0
    try:
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW
        descriptor = os.open(path, flags, _PERMISSIONS)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            size = os.fstat(descriptor).st_size
            written = os.write(descriptor, line)
            if written < len(line):  # the disk is full
                os.ftruncate(descriptor, size)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise _not_written(path, str(error.strerror)) from error
    if written < len(line):
        raise _not_written(path, "the disk is full")


def _not_written(path: Path, reason: str) -> ArchiveNotWritten:
    return ArchiveNotWritten(
        f"cannot be written ({reason})",
        where=str(path),
        mend="Free disk space or correct the permissions, and type the command again",
    )
