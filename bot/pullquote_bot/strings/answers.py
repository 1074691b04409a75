"""Sentences around the quotes of an answer. Nothing here is ever part of a quote."""

# Longer than 250 lines because the sentences around an answer stand together.

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from pullquote.answering.answers import Answer, Refusal
from pullquote.answering.named_dates import DatesUse
from pullquote.answering.query import Query
from pullquote.confidence.outcome import Outcome
from pullquote.english.order_cues import StatementOrder
from pullquote.translation import say, translate_constants
from pullquote_bot.strings.quantities import day
from pullquote_bot.visible_text import one_line

NOT_SURE = "Not sure: these passages may answer the question, or only come near it."
"""Stands above the quotes of an answer that is not sure."""
NO_ANSWER = "No answer was found in the archive."
NO_ANSWER_WITHIN = "No answer was found in the part of the archive that was searched."
NOT_QUOTABLE = "No answer that can be quoted was found."
NOTHING_NAMED = "That names nothing to search for."
NEAREST = "Nearest passages, which do not seem to answer it:"
SEARCHED_AS = "Searched:"
"""Stands before a follow-up question with the words that it takes from earlier turns."""
NO_DATES_OPTION = "--no-dates leaves them out."
"""How to ask without the dates that a question names."""
NEAREST_OPTION = "--nearest shows the passages that came nearest."
"""Where `pullquote ask` does not show them."""

REASONS = {
    Refusal.NOT_A_QUESTION: (
        'Ask about a person, a place or an event, for example: "Who mediated the talks?"'
    ),
    Refusal.NOTHING_SEARCHED: "No article has the requested dates, source and author.",
    Refusal.NOTHING_FOUND: "No passage has anything to do with it.",
    Refusal.NOTHING_ABOUT: "No passage seems to be about the subject.",
    Refusal.SUBJECT_ONLY: (
        "Some passages are about the subject, but none seems to answer the question."
    ),
    Refusal.OUTSIDE_DATES: "Only an article without a date might answer it.",
    Refusal.OTHER_SOURCE: "Only an article that names no source might answer it.",
    Refusal.OTHER_AUTHOR: "Only an article by somebody else might answer it.",
    Refusal.NOT_SAID: "The archive quotes them, but not on this.",
    Refusal.CHANGED: (
        "What might answer it is in articles that have changed since the archive was updated."
    ),
}

DATES_USED = {
    DatesUse.LIMIT: "only articles published then were searched",
    DatesUse.MATCH: "only what was published then or speaks of that time is quoted",
    DatesUse.PREFERENCE: "preferred, and other dates were searched, too",
}
"""What the dates in the words of a question did."""
ORDERS = {
    StatementOrder.NEWEST: "Newest statement",
    StatementOrder.OLDEST: "Oldest statement",
}
"""What comes first where the words of the question ask for it."""
LIKELIHOODS = (
    (0.95, "almost certain"),
    (0.8, "very likely"),
    (0.6, "likely"),
    (0.25, "possible"),
    (0.1, "unlikely"),
    (0.0, "very unlikely"),
)
"""The words for the confidence of an answer: those of the first number that it reaches.

The thresholds that ship are above the last two, which only a lower threshold lets through.
"""
_DECIMALS = (0, 1, 2)
"""Decimals of a percentage: as few as tell a confidence from its threshold."""


def index_of(moment: str) -> str:
    """The age of the index that was searched."""
    return say("index of {moment}", moment=one_line(moment))


def not_answered(answer: Answer) -> str:
    """The first sentence of a refusal. It claims no more than was searched and can be quoted."""
    if answer.refusal is Refusal.NOT_A_QUESTION:
        return say(NOTHING_NAMED)
    if answer.refusal is Refusal.CHANGED:
        return say(NOT_QUOTABLE)
    query = answer.query
    is_part = any(query.limits) or query.source or query.author
    return say(NO_ANSWER_WITHIN) if is_part else say(NO_ANSWER)


def confidence(answer: Answer) -> str:
    """The confidence of an answer in words; otherwise how it compares with the missed threshold.

    Empty where nothing was found, so that there is no confidence.
    """
    if answer.answered:
        words = say(next(words for least, words in LIKELIHOODS if answer.confidence >= least))
        which = say("this quote") if len(answer.quotes) == 1 else say("one of the first quotes")
        return say(
            "confidence {confidence:.0%}: {words} that {which} answers the question",
            confidence=answer.confidence,
            words=words,
            which=which,
        )
    if answer.explanation is None:
        return ""
    verdict = answer.explanation.verdict
    if answer.outcome is Outcome.UNSURE:
        return say("{below} for a sure answer", below=_below(answer.confidence, verdict.threshold))
    return _below(answer.confidence, verdict.unsure_threshold)


def _below(confidence: float, threshold: float) -> str:
    """A confidence beside the threshold that it does not reach."""
    for decimals in _DECIMALS:
        values = {"confidence": confidence, "limit": threshold, "n": decimals}
        if f"{confidence:.{decimals}%}" != f"{threshold:.{decimals}%}":
            return say(
                "confidence {confidence:.{n}%}, below the threshold of {limit:.{n}%}", **values
            )
    return say("confidence {confidence:.0%}, just below the threshold", confidence=confidence)


def reason(answer: Answer, shown: Callable[[str], str] = one_line) -> str:
    """Why a question is refused, or what to ask instead; empty if it is not refused.

    Args:
        answer: the outcome of the question.
        shown: makes the name of a source or of a speaker, which comes from articles or from the
            question, safe to show.
    """
    if answer.refusal is Refusal.OUTSIDE_DATES and answer.outside_date:
        since, best = answer.query.limits[0], answer.outside_date
        if since and best < since:
            return say(
                "Only an article of {day}, before the requested dates, might answer it.",
                day=day(best),
            )
        return say(
            "Only an article of {day}, after the requested dates, might answer it.", day=day(best)
        )
    if answer.refusal is Refusal.OTHER_SOURCE and answer.other_source:
        return say(
            "Only an article from {other_source} might answer it.",
            other_source=shown(answer.other_source),
        )
    if answer.refusal is Refusal.NOT_SAID and answer.query.speaker:
        return say(
            "The archive quotes {speaker}, but not on this.", speaker=shown(answer.query.speaker)
        )
    return say(REASONS[answer.refusal]) if answer.refusal else ""


def searched(answer: Answer) -> str:
    """The dates, the source and the author that were searched; empty if everything was."""
    return searched_of(answer.query)


def searched_of(query: Query) -> str:
    """The dates and the source that a query searches; empty if it searches everything."""
    part = part_searched(query.since, query.until, query.source, query.author)
    parts = [part] if part else []
    if query.as_of:
        parts.append(
            say("as of {as_of}, nothing published later or without a date", as_of=day(query.as_of))
        )
    return say("searched {parts}", parts=" ".join(parts)) if parts else ""


def follow_up(answer: Answer) -> str:
    """A follow-up question as it was searched, with words of earlier turns; empty for others."""
    return f"{say(SEARCHED_AS)} {one_line(answer.query.reading)}" if answer.query.carried else ""


def dates(answer: Answer, hint: str = "") -> str:
    """The dates that were read from the question's words, and what they did; empty if none were.

    Args:
        answer: the answer.
        hint: how to ask without them.
    """
    return dates_of(answer.query, hint)


def dates_of(query: Query, hint: str = "") -> str:
    """The same for a query."""
    named = query.dates
    if named is None:
        return ""
    if named.since and named.since == named.until:
        days = day(named.since)
    else:
        days = _range(named.since, named.until)
    sentence = say(
        "Dates: {days}, read from “{from_words}”; {use}.",
        days=days,
        from_words=one_line(named.from_words),
        use=say(DATES_USED[named.use]),
    )
    return f"{sentence} {hint}".rstrip()


def order(answer: Answer, hint: str = "") -> str:
    """Which statement comes first, and the words that ask for it; empty if no words do.

    Args:
        answer: the answer.
        hint: how to ask without them.
    """
    asked = answer.query.order
    if asked is None or not asked.words:
        return ""
    sentence = say(
        "{order} first, read from “{words}”.",
        order=say(ORDERS[asked.order]),
        words=one_line(asked.words),
    )
    return f"{sentence} {hint}".rstrip()


def following(since: dt.date | None, until: dt.date | None, source: str, author: str) -> str:
    """What the following questions search."""
    part = part_searched(since, until, source, author)
    return say("Questions search {part}.", part=part or say("the whole archive"))


def part_searched(
    since: dt.date | None, until: dt.date | None, source: str, author: str = ""
) -> str:
    """The part of the archive that is searched; empty if that is the whole."""
    parts = [
        _range(since, until),
        say("in {source}", source=one_line(source)) if source else "",
        say("by {author}", author=one_line(author)) if author else "",
    ]
    return " ".join(filter(None, parts))


def _range(first: dt.date | None, last: dt.date | None) -> str:
    if first and last:
        return say("from {first} until {last}", first=day(first), last=day(last))
    parts = [
        say("from {first}", first=day(first)) if first else "",
        say("until {last}", last=day(last)) if last else "",
    ]
    return " ".join(filter(None, parts))


translate_constants(__name__)
