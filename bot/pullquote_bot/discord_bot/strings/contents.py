"""What stands around the quotes in a message. Nothing here is ever part of a quote."""

from __future__ import annotations

import datetime as dt

from pullquote.english.dates import written_moment
from pullquote.translation import say, translate_constants
from pullquote_bot.strings.quantities import counted

SAID_MARK = "Said by"
MOST_QUOTED = "**Who is quoted most**"
SEARCH_MARK = "Passages about"
TIMELINE_MARK = "Timeline of"
CONTINUED = "continued"
CONTINUES_BELOW = "1 of 2: the rest is in the next message"
CONTINUED_ANSWER = "2 of 2: the first part is in the message above"
HOW_TO_CHECK = (
    "The characters count from 0 in the article's text, and the SHA-256 is that of the text: "
    "whoever has the text can check every quote from it."
)
NOTHING_FOUND = "No passages were found."
NEAREST_HEADLINES = "**No headline has these words.** The nearest articles:"
CHANGED_SINCE = (
    "This article has changed since the archive was updated, so it is not shown. "
    "It will be shown after the next update."
)
STATEMENT_CHANGED = "Not shown: its article has changed since the archive was updated."
CONFIDENCES = (
    (0.95, "almost certainly answered"),
    (0.8, "very likely answered"),
    (0.6, "likely answered"),
    (0.5, "more likely answered than not"),
)
"""The least probability for which each of the words stand."""
QUOTED_AS_PRINTED = (
    "What I quote is printed in the article named below it, word for word. "
    "“In context” shows it there. Whether an article is right, I cannot say."
)
TOO_LONG_FOR_DISCORD = (
    "A quote was too long for a message and is not shown. Open the article to read it."
)
CHECKED_AGAINST_COPY = (
    "The original files are not available here; "
    "these quotes were checked against the archive's copy of them."
)
TIMELINE_SHORTENED = "Quotes for which there is no room are left out: those that tell least."
PASSAGE_TOO_LONG = "This passage is too long for a message. “In context” shows it page by page."


def answered_in(place: str) -> str:
    """Where a follow-up was answered."""
    return say("Answered in {place}.", place=place)


def asked_by(user: int) -> str:
    """Who had the bot post a message; Discord shows the user's name."""
    return say("asked by <@{user}>", user=user)


def not_quoted(title: str, built: dt.datetime) -> str:
    """The notice about an article that changed since the index was built."""
    return say(
        "Not quoted: {title} has changed since the archive was updated ({updated}).",
        title=title,
        updated=written_moment(built),
    )


def archive_line(articles: int, sources: int, period: str) -> str:
    """How many articles and sources the archive holds, and the days of their publication."""
    head = say(
        "**{articles}** from {sources}",
        articles=counted(articles, "article"),
        sources=counted(sources, "source"),
    )
    return f"{head}\n-# {period}"


def and_more(count: int) -> str:
    """The number of sources that are not listed."""
    return say("and {count:,} more", count=count)


def chart_description(first: str, last: str, highest: str, count: int) -> str:
    """The alternative text of the chart of months.

    Args:
        first: the first month ("2025-10").
        last: the last month.
        highest: the month with most articles.
        count: the number of articles of that month.
    """
    return say(
        "A chart of how many articles the archive holds of each month. From {first} to "
        "{last}; most in {highest}: {articles}.",
        first=first,
        last=last,
        highest=highest,
        articles=counted(count, "article"),
    )


def speakers_chart_description(speakers: int, first: str, count: int) -> str:
    """The alternative text of the chart of speakers.

    Args:
        speakers: the number of speakers.
        first: the name of the most quoted one.
        count: the number of statements of that speaker.
    """
    return say(
        "A chart of how many statements the archive has of each of {speakers}, in the "
        "order of the list. Most of {first}: {statements}.",
        speakers=counted(speakers, "speaker"),
        first=first,
        statements=counted(count, "statement"),
    )


def archive_updated(moment: dt.datetime) -> str:
    """How long ago the archive that was searched was updated; Discord shows it in words."""
    return say("archive updated {ago}", ago=f"<t:{int(moment.timestamp())}:R>")


def confidence(probability: float) -> str:
    """How sure an answer is, in words; empty where only a setting lets so low a one answer.

    Args:
        probability: that one of the first quotes answers, from 0 to 1.
    """
    return say(next((words for least, words in CONFIDENCES if probability >= least), ""))


def paragraphs(first: int, last: int) -> str:
    """Which paragraphs of an article are shown, by their numbers from 1."""
    if first == last:
        return say("paragraph {number}", number=first)
    return say("paragraphs {first} to {last}", first=first, last=last)


def part_of(part: int, parts: int) -> str:
    """A part of a long article, from 1, and how many there are."""
    return say("part {part} of {parts}", part=part, parts=parts)


def page_of(page: int, pages: int, part: int = 1, parts: int = 1) -> str:
    """The number of a page, from 1, and how many there are; likewise the part of a long article."""
    place = say("page {page} of {pages}", page=page, pages=pages)
    return f"{place}, {part_of(part, parts)}" if parts > 1 else place


translate_constants(__name__)
