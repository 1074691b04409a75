"""The dates, the source and the author that a conversation searches, as the reader sets them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from pullquote.answering.query import Query, understand
from pullquote.english.typed_periods import Limit, limit_day


@dataclass(frozen=True, slots=True)
class SearchScope:
    """What the questions of a conversation search.

    Attributes:
        since: the first day of publication; None for no limit.
        until: the last day of publication; None for no limit.
        source: the only source; empty for all.
        author: the only author; empty for all.
    """

    since: dt.date | None = None
    until: dt.date | None = None
    source: str = ""
    author: str = ""

    def since_typed(self, text: str, today: dt.date) -> SearchScope:
        """The scope from a typed day or period on; from any day if nothing is typed.

        Raises:
            RequestError: the text names no day or period.
        """
        return replace(self, since=limit_day(text, Limit.SINCE, today, ":since"))

    def until_typed(self, text: str, today: dt.date) -> SearchScope:
        """The scope up to a typed day or period; up to any day if nothing is typed.

        Raises:
            RequestError: the text names no day or period.
        """
        return replace(self, until=limit_day(text, Limit.UNTIL, today, ":until"))

    def query(self, question: str) -> Query:
        """The query of a question in this scope.

        Raises:
            RequestError: the question has no words, or the first day is after the last.
        """
        return understand(
            question,
            since=self.since,
            until=self.until,
            source=self.source,
            author=self.author,
        )
