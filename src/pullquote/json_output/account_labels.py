"""The fixed lines beside quotes that do not say the same."""

from __future__ import annotations

import datetime as dt

from pullquote.answering.accounts import AccountKind, Accounts, DatedNumber
from pullquote.answering.answers import Answer
from pullquote.english.dates import written_date
from pullquote.translation import say

_DISAGREE = {
    AccountKind.NUMBERS: "Accounts differ: quotes {numbers} give different numbers.",
    AccountKind.DENIAL: "Accounts differ: of quotes {numbers} one denies what another says.",
    AccountKind.BLAME: "Accounts differ: in quotes {numbers} each side blames the other.",
}
_OVER_TIME = "Over time: {values}"
_SEPARATOR = " · "


def account_labels(answer: Answer, first: int = 1) -> tuple[str, ...]:
    """The lines for the quotes of an answer that do not say the same; most answers need none.

    Args:
        answer: the answer.
        first: the number of the first quote that is shown. Lines on earlier ones are left out.
    """
    labels = [
        (numbers, _label(accounts, answer, numbers))
        for accounts in answer.accounts
        if (numbers := accounts.numbers(answer.quotes))
    ]
    return tuple(label for numbers, label in labels if numbers[-1] >= first)


def _label(accounts: Accounts, answer: Answer, numbers: tuple[int, ...]) -> str:
    if accounts.kind.disagrees:
        *others, last = map(str, numbers)
        listed = say("{first} and {last}", first=", ".join(others), last=last)
        return say(_DISAGREE[accounts.kind], numbers=listed)
    dated = accounts.dated_numbers(answer.quotes)
    years = {number.published.year for number in dated}
    parts = [_dated(number, with_year=len(years) > 1) for number in dated]
    return say(_OVER_TIME, values=_SEPARATOR.join(parts))


def _dated(number: DatedNumber, *, with_year: bool) -> str:
    """A number with the day of its article, and the number of its quote."""
    day = _day(number.published, with_year=with_year)
    return say("{number} on {day} [{quote}]", number=number.text, day=day, quote=number.quote)


def _day(day: dt.date, *, with_year: bool) -> str:
    return written_date(day) if with_year else written_date(day).rpartition(" ")[0]
