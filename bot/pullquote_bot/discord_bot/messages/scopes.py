"""What a question searches, as numbers: a button's custom id has them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from pullquote.answering.query import Query
from pullquote.corpus.hashing import sha256_of
from pullquote.corpus.name_keys import name_key
from pullquote.errors import RequestError
from pullquote_bot.discord_bot.strings import refusals as discord_refusals

_LEAST_LONG_KEY = 2**32
"""Buttons of earlier versions have keys of 32 bits, for which other names are easily found."""
_SOURCE_BITS = 128
"""Of the key of a source."""
_AUTHOR_BITS = 64
"""Of the key of an author, and of the key of a source beside one: a custom id has little room."""
_HAS_AUTHOR = 1 << 23
"""Among the flags; the day from which dates are counted has less than 22 bits."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The dates, the source and the author of a question as numbers; each is 0 if there is none.

    A custom id has the last four of them in one number, because those of messages already sent
    have three numbers: the source in its lowest 128 bits, then a bit for `all_dates`, then `asked`.
    Beside an author the source has the lowest 64 bits and the author the next 64, and a bit above
    `asked` says so.

    Attributes:
        since: the first day, as a proleptic Gregorian ordinal (`datetime.date.toordinal`).
        until: the last day, likewise.
        source: the key of the source (`source_key`); beside an author, its lowest 64 bits.
        author: the key of the author (`author_key`).
        all_dates: whether dates in the words of the question do not count.
        asked: the day from which they are counted, likewise; 0 if it names none.
    """

    since: int = 0
    until: int = 0
    source: int = 0
    all_dates: bool = False
    asked: int = 0
    author: int = 0

    @property
    def numbers(self) -> tuple[int, int, int]:
        """The numbers of a custom id."""
        flags = self.asked << 1 | self.all_dates
        keys = self.source
        if self.author:
            flags |= _HAS_AUTHOR
            keys = _beside_author(self.source) + (self.author << _AUTHOR_BITS)
        return self.since, self.until, keys + (flags << _SOURCE_BITS)

    @property
    def days(self) -> tuple[dt.date | None, dt.date | None, dt.date | None]:
        """`since`, `until` and `asked`; all None if one of them is no day."""
        try:
            since, until, asked = (
                dt.date.fromordinal(day) if day else None
                for day in (self.since, self.until, self.asked)
            )
        except (ValueError, OverflowError):
            return None, None, None
        return since, until, asked


def _beside_author(source: int) -> int:
    """The key of a source, as it is written beside that of an author."""
    return source % (1 << _AUTHOR_BITS)


def scope_in(since: int, until: int, packed: int) -> Scope:
    """The scope that the numbers of a custom id give."""
    flags, keys = divmod(packed, 1 << _SOURCE_BITS)
    if not flags & _HAS_AUTHOR:
        return Scope(since, until, keys, bool(flags & 1), flags >> 1)
    author, source = divmod(keys, 1 << _AUTHOR_BITS)
    asked = (flags & ~_HAS_AUTHOR) >> 1
    return Scope(since, until, source, bool(flags & 1), asked, author)


def scope_of(query: Query) -> Scope:
    """The scope of a question."""
    return Scope(
        query.since.toordinal() if query.since else 0,
        query.until.toordinal() if query.until else 0,
        source_key(query.source),
        all_dates=not query.reads_dates,
        asked=query.asked_on.toordinal() if query.dates and query.asked_on else 0,
        author=author_key(query.author),
    )


def scoped(
    query: Query,
    scope: Scope,
    sources: Mapping[int, str],
    authors: Mapping[int, str] = MappingProxyType({}),
) -> Query:
    """Set the dates, the source and the author of a question. Dates that are no days are left out.

    Args:
        query: the question.
        scope: its dates, source and author.
        sources: the archive's sources by key.
        authors: the archive's authors by key; needed if the scope has one.

    Raises:
        RequestError: the archive does not have the source or the author.
    """
    source = scope.source
    if scope.author:
        source = _beside_author(source)
        sources = {_beside_author(key): name for key, name in sources.items()}
        if scope.author not in authors:
            raise RequestError(discord_refusals.AUTHOR_GONE)
    if source and source not in sources:
        raise RequestError(
            discord_refusals.SOURCE_GONE
            if source >= _LEAST_LONG_KEY
            else discord_refusals.SOURCE_OF_OLD_BUTTON
        )
    since, until, asked = scope.days
    return replace(
        query,
        since=since,
        until=until,
        source=sources.get(source, ""),
        author=authors[scope.author] if scope.author else "",
        reads_dates=not scope.all_dates,
        asked_on=asked,
    )


def source_key(source: str) -> int:
    """The first 128 bits of the SHA-256 of a source's name, whatever its case; 0 for no source."""
    return int(sha256_of(source.casefold().encode())[:32], 16) if source else 0


def author_key(author: str) -> int:
    """The first 64 bits of the SHA-256 of an author's name; 0 for no author.

    Names that differ only in case, accents or punctuation have one key.
    """
    return int(sha256_of(name_key(author).encode())[:16], 16) if author else 0
