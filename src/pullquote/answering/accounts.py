"""Accounts: quotes of one answer that do not say the same."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pullquote.answering.quotes import Quote
from pullquote.corpus.spans import Span


class AccountKind(enum.StrEnum):
    """How quotes do not say the same."""

    NUMBERS = "numbers"
    """They give different numbers for one thing at about one time."""
    DENIAL = "denial"
    """One denies what another says."""
    BLAME = "blame"
    """In each one a party blames the party that speaks in the other."""
    DEVELOPMENT = "development"
    """They give different numbers for one thing at different times."""

    @property
    def disagrees(self) -> bool:
        """Whether not all of them can be right."""
        return self is not AccountKind.DEVELOPMENT


@dataclass(frozen=True, slots=True)
class Statement:
    """A quote as one of several accounts.

    Attributes:
        quote: the quote.
        number: the place of the number that it gives, in its article's text; None if the accounts
            are not about numbers.
    """

    quote: Quote
    number: Span | None = None


class DatedNumber(NamedTuple):
    """A number of a development.

    Attributes:
        quote: the number of its quote in the answer, from 1.
        span: its place in the article's text.
        text: its words there.
        published: the day on which the article was published.
    """

    quote: int
    span: Span
    text: str
    published: dt.date


@dataclass(frozen=True, slots=True)
class Accounts:
    """Statements that do not say the same.

    Attributes:
        kind: how they differ.
        statements: at least two.
    """

    kind: AccountKind
    statements: tuple[Statement, ...]

    def numbers(self, quotes: Sequence[Quote]) -> tuple[int, ...]:
        """The numbers of their quotes in an answer, in order; empty if one is not in it."""
        numbers = [_number(statement.quote, quotes) for statement in self.statements]
        return tuple(sorted(set(numbers))) if all(numbers) else ()

    def dated_numbers(self, quotes: Sequence[Quote]) -> tuple[DatedNumber, ...]:
        """The numbers that they give, in the order of their articles' dates."""
        dated = [
            DatedNumber(_number(quote, quotes), place, place.of(quote.article.text), published)
            for quote, place in ((one.quote, one.number) for one in self.statements)
            if place is not None and (published := quote.article.published)
        ]
        return tuple(sorted(dated, key=lambda number: number.published))


def _number(quote: Quote, quotes: Sequence[Quote]) -> int:
    """The number of a quote among others, from 1; 0 if it is not one of them."""
    place = quote.article.id, quote.span
    numbered = enumerate(quotes, start=1)
    return next((number for number, one in numbered if (one.article.id, one.span) == place), 0)
