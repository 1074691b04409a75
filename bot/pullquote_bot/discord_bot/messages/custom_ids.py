"""What a button remembers: its custom id says all that is needed to act on it, so that it outlives a restart."""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, replace

from pullquote.answering.query import Query
from pullquote.corpus.hashing import sentence_hash
from pullquote.storage.manifest import GenerationId

TEMPLATE = r"pq:(?P<action>[a-z-]+):(?P<generation>(?:[0-9]{6,}-[0-9a-f]{8})?):(?P<numbers>(?:[0-9]{1,18}(?:\.[0-9]{1,18})*)?)"
"""What every custom id of ours matches, as a regular expression."""
QUESTION_TEXT = 1
"""The id of the text component that holds a question, by which the question is found again."""


class Action(enum.StrEnum):
    """What is pressed."""

    CONTEXT = "context"
    READ = "read"
    ARTICLES = "articles"
    MORE = "more"
    NEAREST = "nearest"
    AGAIN = "again"
    FOLLOW_UP = "follow-up"
    HELPFUL = "helpful"
    UNHELPFUL = "unhelpful"
    SHARE = "share"
    SEARCH = "search"
    FORGET = "forget"
    CHANNELS = "channels"
    PRIVATE = "private"
    QUOTES = "quotes"


FIGURES: Mapping[Action, Container[int]] = {
    Action.CONTEXT: (
        3,
        5,
    ),  # article row, start, end, and where a reader has gone on: piece, direction
    Action.READ: (2, 3),  # article row, page, and that a page is turned
    Action.ARTICLES: range(1, 9),  # article rows
    Action.MORE: (4,),  # scope, quotes shown
    Action.SHARE: (4,),
    Action.NEAREST: (3,),  # scope
    Action.FOLLOW_UP: (3,),
    Action.AGAIN: (0, 3),
    Action.SEARCH: (4, 5),  # scope, page, and that it is turned
}
"""How many figures a press of each action has; of those not named, none."""


@dataclass(frozen=True, slots=True)
class CustomId:
    """A button's action, the generation of the index that it speaks of, and its figures."""

    action: Action
    generation: GenerationId | None = None
    numbers: tuple[int, ...] = ()

    def __str__(self) -> str:
        return f"pq:{self.action}:{self.generation or ''}:{'.'.join(map(str, self.numbers))}"


def parse_custom_id(custom_id: str) -> CustomId | None:
    """The press that a custom id stands for, or None where it is not one of ours."""
    match = re.fullmatch(TEMPLATE, custom_id)
    if not match or match["action"] not in set(Action):
        return None
    action = Action(match["action"])
    numbers = (
        tuple(int(number) for number in match["numbers"].split(".")) if match["numbers"] else ()
    )
    if len(numbers) not in FIGURES.get(action, (0,)):
        return None
    return CustomId(
        action, GenerationId(match["generation"]) if match["generation"] else None, numbers
    )


@dataclass(frozen=True, slots=True)
class Scope:
    """The dates and the source of a question as figures: days of the common era and a hash, 0 where open."""

    since: int = 0
    until: int = 0
    source: int = 0

    @property
    def numbers(self) -> tuple[int, int, int]:
        """For a custom id."""
        return self.since, self.until, self.source


def scope_of(query: Query) -> Scope:
    """The scope that a question was asked in."""
    return Scope(
        query.since.toordinal() if query.since else 0,
        query.until.toordinal() if query.until else 0,
        source_key(query.source),
    )


def scoped(query: Query, scope: Scope, sources: dict[int, str]) -> Query:
    """The question in a scope.

    Args:
        query: the question.
        scope: that it was asked in.
        sources: the archive's sources by their key.
    """
    try:
        since, until = (
            dt.date.fromordinal(day) if day else None for day in (scope.since, scope.until)
        )
    except (ValueError, OverflowError):
        since = until = None
    return replace(query, since=since, until=until, source=sources.get(scope.source, ""))


def source_key(source: str) -> int:
    """A source's name as a figure, 0 for none."""
    return sentence_hash(source.casefold()) % 2**32 if source else 0
