"""Every sentence that the Discord bot says. Labels of buttons have at most 80 characters, descriptions of commands 100."""

from __future__ import annotations

import datetime as dt

from pullquote.english.dates import written_moment
from pullquote_bot.strings.quantities import counted

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
