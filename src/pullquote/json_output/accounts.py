"""Quotes of an answer that do not say the same, as JSON."""

from __future__ import annotations

import datetime as dt

from pydantic import BaseModel, ConfigDict

from pullquote.answering.answers import Answer


class DatedNumberJson(BaseModel):
    """A number of a development: the number of its quote, and its place in the article's text."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    quote: int
    start: int
    end: int
    text: str
    published: dt.date


def disagreeing_quotes(answer: Answer) -> tuple[tuple[int, ...], ...]:
    """The groups of quotes of an answer that disagree, by their numbers."""
    groups = [one.numbers(answer.quotes) for one in answer.accounts if one.kind.disagrees]
    return tuple(filter(None, groups))


def developments(answer: Answer) -> tuple[tuple[DatedNumberJson, ...], ...]:
    """The numbers for one thing that quotes of an answer give at different times."""
    return tuple(
        tuple(
            DatedNumberJson(
                quote=number.quote,
                start=number.span.start,
                end=number.span.end,
                text=number.text,
                published=number.published,
            )
            for number in accounts.dated_numbers(answer.quotes)
        )
        for accounts in answer.accounts
        if not accounts.kind.disagrees and accounts.numbers(answer.quotes)
    )
