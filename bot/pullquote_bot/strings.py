"""Every sentence that Pullquote itself says to a reader. Nothing here is ever part of a quote."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from pullquote.answering.answers import Answer, Refusal
from pullquote.answering.quotes import Citation, Quote
from pullquote.english.dates import written_date, written_moment
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


# What the Discord bot says. Labels of buttons have at most 80 characters, descriptions of commands 100.

ASK_ABOUT = "Ask the archive a question; the answer is quoted word for word"
ASK_QUESTION = "What you want to know"
ASK_SINCE = "Only articles published since then: 30 Oct 2025, October 2025, 2025, last week"
ASK_UNTIL = "Only articles published until then"
ASK_SOURCE = "Only articles of this source"
ASK_PRIVATE = "Show the answer to you alone"
SEARCH_ABOUT = "Look for passages yourself, best first"
SEARCH_WORDS = "What to look for"
ARTICLE_ABOUT = "Read an article of the archive"
ARTICLE_TITLE = "Words of its headline"
SOURCES_ABOUT = "What the archive holds: articles, sources, dates"
FIND_MENU = "Find in the archive"
REINDEX_ABOUT = "Rebuild the index from the articles (administrators)"
SETTINGS_ABOUT = "Where and how the bot answers in this server"
HELP_ABOUT = "What the bot does, with examples"
STATUS_ABOUT = "How the bot is doing: index, speed, memory"
PRIVACY_ABOUT = "What the bot stores, and how to have it deleted"

CONTEXT_BUTTON = "In context"
EARLIER_BUTTON = "Earlier"
LATER_BUTTON = "Later"
ARTICLE_BUTTON = "Article"
READ_BUTTON = "Read"
MORE_BUTTON = "More"
NEAREST_BUTTON = "Show the nearest passages"
FOLLOW_UP_BUTTON = "Ask a follow-up"
HELPFUL_BUTTON = "Helpful"
UNHELPFUL_BUTTON = "Not helpful"
SHARE_BUTTON = "Share"
AGAIN_BUTTON = "Ask again"
FORGET_BUTTON = "Delete my feedback"
CHANNELS_MENU = "Channels where I answer (none chosen: everywhere)"
QUOTES_MENU = "Quotes in an answer"
FOLLOW_UP_TITLE = "Ask a follow-up"
FOLLOW_UP_LABEL = "Your question"
WRONG_TITLE = "What was wrong?"
WRONG_LABEL = "In your words, if you like"

OPEN_ARTICLE = "open the article"
QUESTION_MARK = "Question"
SEARCH_MARK = "Passages about"
CONTINUED = "continued"
THANKS = "Thank you. That is noted."
THANKS_WHAT_WAS_WRONG = "Thank you. It is noted, with what you wrote."
NOTHING_FOUND = "No passage has anything to do with it."
NO_MORE = "There are no further quotes for this question."
NO_QUESTION_HERE = "The question of this message cannot be read any more. Ask it again with /ask."
UNKNOWN_BUTTON = "That button is of another version of me, and does nothing any more. Please ask again with /ask."
COMMAND_CHANGED = (
    "That command has just changed. Please restart Discord, or try again in a few minutes."
)
GENERATION_GONE = "This came from an index that has been replaced and cleared away since. Ask again to search the present one."
ARTICLE_GONE = "The archive has no such article now. Look for it with /article."
CHANGED_SINCE = "This article changed since the index was built, so it is not shown. It will be after the next rebuild."
ARCHIVE_ABSENT = "The archive cannot be read at the moment. Whoever runs this bot will find the reason in its log."
BUSY = "I am busy: too many questions are waiting. Please try again in a few seconds."
LEAVING = "I am just being restarted. Please try again in a minute."
WENT_WRONG = "Something went wrong, and it is in my log. Please try again."
CANNOT_POST = "I may not write there. Someone who manages the server has to let me send messages in that channel."
ANSWERS_NOWHERE = "The channels where I answered in this server are gone. Someone who manages it can choose others with `/settings`."
SETTINGS_TITLE = "**Settings of this server**"
NO_TIMES = "none yet"
TIMES = (("median", 0.5), ("95%", 0.95), ("99%", 0.99))
"""Names of the percentiles that are shown."""
STATUS = """\
**Index** {generation}
{articles}, {passages}
**Answers** {answers:,} since the start, {answer_times}; {waiting:,} waiting
**Acknowledged** {acknowledgements}
**Event loop** late by {lag}
**Memory** {memory:,.0f} MB · **up** {hours:,} h {minutes} min · **servers** {servers:,}
**Shards** {shards} ({delays})"""
NOTHING_TO_FIND = "That message has no words to look for."
ASK_ME = "Ask me a question, and I will answer with quotes from the archive. `/help` tells more."
ADMINISTRATORS_ONLY = "Only administrators of this server may do that."
NOT_FROM_HERE = "The index cannot be rebuilt from this server."
MANAGERS_ONLY = "Only those who manage this server may do that."
PRIVATE_HERE = "In this server my answers are private. Please use `/ask`, and the answer is shown to you alone."
REBUILDING_ALREADY = "The index is being rebuilt already."
REBUILD_BEGUN = "Rebuilding the index. The present one answers meanwhile."
REBUILD_ENDED = "The rebuild was ended, because I am being restarted. The index stays as it was."
SETTINGS_SAVED = "Saved."
FORGOTTEN = "Your feedback has been deleted."
TOO_LONG_FOR_DISCORD = "A quote was too long for a message and is not shown. The article has it."
PASSAGE_TOO_LONG = "This passage is too long for a message; its context shows it by pages."

BOT_HELP = """\
**Ask the archive, and read what it says, word for word.**
I answer with quotes from articles. Each has its place: headline, source, date, paragraph. I never write an answer myself, and when nothing in the \
archive answers, I say so.

`/ask question:Who mediated the talks?`
`/ask question:What did the minister threaten? since:October 2025 private:True`
`/search words:ceasefire Doha` to look through passages yourself
`/article title:peace talks` to read an article
`/sources` for what the archive holds

Mention me with a question, write to me directly, or choose *Apps › Find in the archive* on a message.
Under an answer: **In context** shows the paragraphs around a quote, **More** further quotes, **Article** the articles, and **Ask a follow-up** \
goes on in a thread."""


def privacy(*, keeps_questions: bool) -> str:
    """What the bot stores, in words."""
    questions = (
        "The words of questions are kept in the log and with feedback, as whoever runs this bot has chosen."
        if keeps_questions
        else "The words of your questions are not kept: they are answered and forgotten."
    )
    return (
        "**What I store**\n"
        "· Of a server: the settings that its administrators make with `/settings`.\n"
        "· Of you: when you press *Helpful* or *Not helpful*, your Discord id, the message, your choice and what you wrote. Nothing else.\n"
        f"· {questions}\n"
        "· I read messages only where I am mentioned or written to. Nothing leaves the machine I run on but my replies."
    )


def cannot_post_in(channel: str) -> str:
    """Said to one who mentioned the bot where it may not write."""
    return f"I may not write in {channel}, where you asked me. Someone who manages that server has to let me send messages there."


def wait_a_while(seconds: float, *, server: bool) -> str:
    """Said to one who asks too often."""
    who = "This server has" if server else "You have"
    return f"{who} asked many questions in a short time. Please wait {counted(max(1, round(seconds + 0.5)), 'second')}."


def answers_elsewhere(channels: str) -> str:
    """Said where the server's settings have the bot silent."""
    return f"In this server I answer in {channels}."


def answered_in(place: str) -> str:
    """Where a follow-up was answered."""
    return f"Answered in {place}."


def not_a_date(text: str) -> str:
    """Said of a date that cannot be read."""
    return f"{text!r} is not a date that I can read. Try 30 October 2025, October 2025, 2025, yesterday, last week or 3 months ago."


def too_long(length: int, most: int) -> str:
    """Said of a question that is too long."""
    return f"The question has {length:,} characters, {most:,} are allowed. Please ask it in fewer words."


def quotes_shown(count: int) -> str:
    """A choice of how many quotes an answer has."""
    return counted(count, "quote")


def private_setting(*, private: bool) -> str:
    """Whether answers are private unless asked otherwise, as a button's label."""
    return f"Answers are private: {'yes' if private else 'no'}"


def archive_line(articles: int, sources: int, first: str, last: str) -> str:
    """What the archive holds."""
    return f"**{counted(articles, 'article')}** from {counted(sources, 'source')}, published {first} to {last}"


def and_more(count: int) -> str:
    """How many more there are than are listed."""
    return f"and {count:,} more"


def chart_told(first: str, last: str, most: str, count: int) -> str:
    """What the chart of months shows, for those who cannot see it."""
    told = f"From {first} to {last}; most in {most}: {counted(count, 'article')}."
    return f"A chart of how many articles the archive holds of each month. {told}"


def generation_line(generation: str, created: dt.datetime) -> str:
    """Which generation of the index it is, and how old."""
    return f"generation {generation} · built {written_moment(created)}, <t:{int(created.timestamp())}:R>"


def page_of(page: int, pages: int) -> str:
    """Which page this is."""
    return f"page {page} of {pages}"


def rebuild_step(step: str, share: float | None) -> str:
    """How far a rebuild is."""
    return f"{step}{f', {share:.0%}' if share is not None else ''}"


def rebuilt(
    generation: str, articles: int, embedded: int, seconds: float, *, switched: bool
) -> str:
    """That a rebuild is done, and whether there was anything to do."""
    if not switched:
        return f"Nothing has changed since the index was built. Live stays: {generation}"
    made = f"{counted(articles, 'article')}, {counted(embedded, 'new passage')}"
    return f"The index has been rebuilt in {seconds:.0f} seconds: {made}. Live now: {generation}"


def rebuild_failed(reason: str) -> str:
    """That a rebuild failed."""
    return f"The index could not be rebuilt, and stays as it was. {reason}"


def no_token() -> str:
    """Said when the REPL runs because no token is there."""
    return "DISCORD_TOKEN is not set, so this is the local prompt and not the Discord bot."
