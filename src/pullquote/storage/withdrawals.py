"""Withdrawn articles: nothing of them is quoted, found, listed or counted.

`withdrawn.jsonl` in the folder of an index is a log with a line for each withdrawal, and for each
one that was undone. It applies to every generation.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from pullquote.corpus.articles import ArticleId
from pullquote.errors import ArchiveDamaged
from pullquote.plain_files import read_plain

WITHDRAWALS_FILE = "withdrawn.jsonl"
_FIRST_TIME_ZONE = dt.timedelta(hours=14)
"""A day begins first in the time zone UTC+14."""


class Withdrawal(BaseModel):
    """A line of the log.

    Attributes:
        article_id: the article.
        undone: whether this ends its withdrawal.
        when: the time.
        who: who withdrew it, or undid that.
        why: the reason; empty if none was given.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    article_id: str
    undone: bool = False
    when: AwareDatetime
    who: str
    why: str = ""


def read_withdrawals(index: Path) -> list[Withdrawal]:
    """The log of an index, oldest first; empty if nothing was ever withdrawn.

    Args:
        index: the folder of the index.

    Raises:
        ArchiveDamaged: the log cannot be read. Then nothing may be quoted, because nobody knows
            what is withdrawn.
    """
    path = index / WITHDRAWALS_FILE
    try:
        lines = read_plain(path).splitlines()
    except FileNotFoundError:
        return []
    except OSError as error:
        raise _damaged(path, str(error.strerror)) from error
    withdrawals = []
    for number, line in enumerate(lines, start=1):
        try:
            withdrawals.append(Withdrawal.model_validate_json(line))
        except ValidationError as error:
            raise _damaged(path, f"line {number} is not a withdrawal") from error
    return withdrawals


def withdrawn_articles(index: Path) -> frozenset[ArticleId]:
    """The articles that are withdrawn now.

    Args:
        index: the folder of the index.

    Raises:
        ArchiveDamaged: the log cannot be read.
    """
    return withdrawn_by(read_withdrawals(index))


def withdrawn_by(log: Iterable[Withdrawal]) -> frozenset[ArticleId]:
    """The articles that are withdrawn at the end of a log."""
    last = {entry.article_id: entry for entry in log}
    return frozenset(ArticleId(name) for name, entry in last.items() if not entry.undone)


def withdrawals_version(index: Path) -> tuple[int, int]:
    """Changes with every line that is added to the log.

    Args:
        index: the folder of the index.

    Returns:
        The log's size in bytes and its modification time in nanoseconds; zeros without a log.
    """
    try:
        status = (index / WITHDRAWALS_FILE).stat()
    except OSError:
        return 0, 0
    return status.st_size, status.st_mtime_ns


def last_day_published(now: dt.datetime) -> dt.date:
    """The latest date of publication that is not in the future: its day has begun somewhere."""
    return (now.astimezone(dt.UTC) + _FIRST_TIME_ZONE).date()


def _damaged(path: Path, what: str) -> ArchiveDamaged:
    return ArchiveDamaged(
        f"the log of withdrawn articles cannot be read ({what})",
        where=str(path),
        mend="Correct or remove that line: until then nothing is quoted from this index",
    )
