"""The dates that a question names, and what they do to its search."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass

from pullquote.english.question_time import QuestionTime


class DatesUse(enum.StrEnum):
    """What the dates of a question do."""

    LIMIT = "limit"
    """Only articles published between them are searched ("since", "before", "between")."""
    MATCH = "match"
    """Only what was published then, or speaks of that time, is quoted."""
    PREFERENCE = "preference"
    """What was published then comes first; other articles are quoted, too."""


@dataclass(frozen=True, slots=True)
class NamedDates:
    """The dates that a question names.

    Attributes:
        words: the words that they were read from, such as "since Friday".
        since: the first day; None for no limit.
        until: the last day; None for no limit.
        use: what they do.
        time: the time that the question is about.
    """

    words: tuple[str, ...]
    since: dt.date | None
    until: dt.date | None
    use: DatesUse
    time: QuestionTime

    @property
    def from_words(self) -> str:
        """The words as one text."""
        return ", ".join(self.words)
