"""Every sentence that Pullquote itself says to a reader. Nothing here is ever part of a quote."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from pullquote.answering.answers import Answer, Refusal
from pullquote.answering.quotes import Citation, Quote
from pullquote.english.dates import written_date
from pullquote.storage.article_store import SourceCount
from pullquote_bot.visible_text import one_line

NOT_ANSWERED = "Nothing in the archive answers this."
NEAREST = "Nearest passages, which are no answer:"
UNTITLED = "(no headline)"
UNDATED = "no date"
NO_SOURCE = "no source named"

REASONS = {
    Refusal.NOTHING_SEARCHED: "No article is of the dates and the source that were asked for.",
    Refusal.NOTHING_FOUND: "No passage has anything to do with it.",
    Refusal.NOTHING_ABOUT: "Nothing in it seems to be about the subject.",
    Refusal.NOT_SURE: "Some passages are about the subject, but none seems to answer the question.",
    Refusal.OUTSIDE_DATES: "Only an article without a date seems to answer it.",
    Refusal.OTHER_SOURCE: "Only an article that names no source seems to answer it.",
    Refusal.CHANGED: "What might answer it stands in articles that changed since the index was built.",
}

LIKELIHOODS = (
    (0.95, "almost certain"),
    (0.8, "very likely"),
    (0.6, "likely"),
    (0.4, "possible"),
    (0.15, "unlikely"),
    (0.0, "very unlikely"),
)
"""From which confidence on which words are used."""

REPL_WELCOME = "Ask the archive. :help lists the commands, Ctrl-D leaves."
REPL_HELP = """\
Type a question, or one of these:
  :context N   the paragraphs around quote N, with the quote marked
  :article N   the whole article of quote N
  :more        further quotes for the last question
  :explain     how the last answer came about
  :sources     what the archive holds
  :help        this list
  :quit        leave (Ctrl-D does too; Ctrl-C abandons a question)"""
REPL_ABANDONED = "Abandoned."
REPL_NO_ANSWER_YET = "Ask a question first."
EXPLAIN_NOTHING = "Nothing was searched, so there is nothing to explain."
REPL_NO_MORE = "There are no further quotes for this question."


def counted(number: int, noun: str) -> str:
    """A number with its noun: 1 article, 2,000 articles."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def day(date: dt.date | None) -> str:
    """A date in words: 30 October 2025."""
    return written_date(date) if date else UNDATED


def paragraph(number: int) -> str:
    """Which paragraph of an article."""
    return f"paragraph {number}"


def place(number: int, start: int, end: int) -> str:
    """Where in its article a quote stands, in words: paragraph and characters."""
    return f"{paragraph(number)}, characters {start}-{end}"


def citation_place(citation: Citation) -> str:
    """The same, of a citation."""
    return place(citation.paragraph, *citation.span)


def index_of(moment: str) -> str:
    """How old the index is that was searched."""
    return f"index of {moment}"


def also_printed(quote: Quote) -> str:
    """How many other articles print a quote's sentences, in words; empty if none."""
    count = quote.also_printed_in
    return f"also printed in {counted(count, 'other article')}" if count else ""


def confidence(answer: Answer) -> str:
    """How sure an answer is, in words with the number behind it."""
    words = next(words for least, words in LIKELIHOODS if answer.confidence >= least)
    return f"confidence {answer.confidence:.0%}: {words} that the archive answers this"


def reason(answer: Answer, shown: Callable[[str], str] = one_line) -> str:
    """Why a question is not answered, in words; empty if it is.

    Args:
        answer: what the question got.
        shown: makes the name of a source, which comes from articles, safe to show.
    """
    since, best = answer.query.since, answer.outside
    if answer.refusal is Refusal.OUTSIDE_DATES and best:
        side = "before" if since and best < since else "after"
        return (
            f"Only an article from {side} the dates asked for seems to answer it, of {day(best)}."
        )
    if answer.refusal is Refusal.OTHER_SOURCE and answer.elsewhere:
        return f"Only an article from {shown(answer.elsewhere)} seems to answer it."
    return REASONS[answer.refusal] if answer.refusal else ""


def searched(answer: Answer) -> str:
    """The dates and the source that were searched, in words; empty if everything was."""
    query = answer.query
    parts = []
    if query.since:
        parts.append(f"from {day(query.since)}")
    if query.until:
        parts.append(f"until {day(query.until)}")
    if query.source:
        parts.append(f"in {one_line(query.source)}")
    return f"searched {' '.join(parts)}" if parts else ""


def source_line(count: SourceCount, name: str = "") -> str:
    """How much of the archive comes from a source, in words; `name` where its own is to be written otherwise."""
    dates = f", {count.first} to {count.last}" if count.first else ""
    return f"{name or one_line(count.source) or NO_SOURCE}: {counted(count.articles, 'article')}{dates}"


def problem_in_answer(number: str, known: int) -> str:
    """Said when a reader asks for a quote that is not there."""
    return f"There is no quote {number}; the last answer has {known}."


def no_token() -> str:
    """Said when the REPL runs because no token is there."""
    return "DISCORD_TOKEN is not set, so this is the local prompt and not the Discord bot."


def wait_a_while(seconds: float, *, server: bool) -> str:
    """Said to one who asks too often."""
    who = "This server has" if server else "You have"
    return f"{who} asked many questions in a short time. Please wait {counted(max(1, round(seconds + 0.5)), 'second')}."
