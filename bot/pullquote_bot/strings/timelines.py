"""Sentences around the quotes of a timeline. Nothing here is ever part of a quote."""

from __future__ import annotations

import datetime as dt

from pullquote.answering.answers import Refusal
from pullquote.translation import say, translate_constants
from pullquote_bot.strings.quantities import counted, day
from pullquote_bot.visible_text import one_line

SUBJECT_AFTER_TIMELINE = "Type a subject after :timeline, such as :timeline Istanbul talks"
NOTHING = "The archive reports nothing on it."
NOTHING_WITHIN = "The part of the archive that was searched reports nothing on it."
ONLY_UNDATED = "Only articles without a date report on it."
REASONS = {
    Refusal.NOT_A_QUESTION: "That names nothing to search for.",
    Refusal.NOTHING_SEARCHED: "No article has the requested dates and source.",
    Refusal.CHANGED: (
        "What the archive reports on it is in articles that have changed "
        "since the archive was updated."
    ),
}
"""Why there is no timeline."""
BY_PUBLICATION = "published"
"""Stands beside a date that the quote does not name."""


def nothing(refusal: Refusal, undated: int, *, is_limited: bool) -> str:
    """Why there is no timeline.

    Args:
        refusal: the reason.
        undated: how many articles without a date tell of it.
        is_limited: whether only some dates or one source were searched.
    """
    if refusal is Refusal.NOTHING_ABOUT and undated:
        return say(ONLY_UNDATED)
    if refusal in REASONS:
        return say(REASONS[refusal])
    return say(NOTHING_WITHIN) if is_limited else say(NOTHING)


def dated(written: str, announced: dt.date | None, *, by_publication: bool) -> str:
    """The date above a quote.

    Args:
        written: the date in words.
        announced: when a date was announced that was still to come; None for any other.
        by_publication: whether it is the day of publication.
    """
    date = one_line(written)
    if announced:
        return say("{date} · as announced on {announced}", date=date, announced=day(announced))
    return f"{date} · {say(BY_PUBLICATION)}" if by_publication else date


def shown(quotes: int, dates: int, *, has_more: bool) -> str:
    """How much is shown.

    Args:
        quotes: the number of quotes.
        dates: the number of their dates.
        has_more: whether further dates were left out.
    """
    count = say(
        "{quotes} of {dates}", quotes=counted(quotes, "quote"), dates=counted(dates, "date")
    )
    return say("{count}, the most important ones", count=count) if has_more else count


def left_out(count: int) -> str:
    """Articles without a date are left out; empty if there are none."""
    return (
        say("{articles} without a date left out", articles=counted(count, "article"))
        if count
        else ""
    )


translate_constants(__name__)
