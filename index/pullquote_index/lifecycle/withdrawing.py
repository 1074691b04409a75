"""Withdraws articles, and undoes it: appends to the log of withdrawals."""

from __future__ import annotations

import contextlib
import fcntl
import os
from pathlib import Path

from pullquote.corpus.articles import ArticleId
from pullquote.errors import ArchiveNotWritten, RequestError
from pullquote.storage.article_store import ArticleStore
from pullquote.storage.built_folder import CURRENT_FILE, BuiltFolder
from pullquote.storage.file_check import check_files
from pullquote.storage.manifest import STORE_FILE, read_manifest
from pullquote.storage.withdrawals import WITHDRAWALS_FILE, Withdrawal, withdrawn_articles


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
    folder = built.folder_of(built.live())
    check_files(read_manifest(folder), folder, STORE_FILE)
    with contextlib.closing(ArticleStore(folder / STORE_FILE)) as store:
        if store.article_row(article_id) is None:
            raise RequestError(
                "the archive has no article with this id",
                where=article_id,
                mend="Take `article_id` from the JSON of a quote: "
                "pullquote ask QUESTION --format json",
            )


def _append(path: Path, withdrawal: Withdrawal) -> None:
    """Append a line, as a whole or not at all, and sync it to disk.

    A new log is as readable as the index.

    Raises:
        ArchiveNotWritten: the log cannot be written.
    """
    line, written = withdrawal.model_dump_json().encode() + b"\n", 0
    try:
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW
        permissions = path.with_name(CURRENT_FILE).stat().st_mode & 0o666
        descriptor = os.open(path, flags, permissions)
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
