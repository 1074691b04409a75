"""Every sentence that the Discord bot says.

Discord allows at most 80 characters in a button's label and 100 in a command's description.
"""

# Longer than 250 lines because all sentences of the bot stand together.

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from pullquote.english.dates import written_moment
from pullquote.translation import say, translate_constants
from pullquote_bot.strings.quantities import counted

ASK_ABOUT = "Ask the archive a question; the answer is quoted word for word"
ASK_QUESTION = "What you want to know"
ASK_SINCE = "Only articles published since: 30 Oct 2025, 14 February, 2025, Q3, last week"
ASK_UNTIL = "Only articles published until: 30 Oct 2025, 14 February, 2025, Q3, last week"
ASK_SOURCE = "Only articles from this source"
ASK_AUTHOR = "Only articles by this author"
ASK_PRIVATE = "Show the answer only to you"
SEARCH_ABOUT = "Search the archive for passages, best first"
SEARCH_WORDS = "What to search for"
TIMELINE_ABOUT = "What the archive reports on a subject, by date, quoted word for word"
TIMELINE_SUBJECT = "The matter, such as: Istanbul talks"
ARTICLE_ABOUT = "Read an article of the archive"
ARTICLE_TITLE = "Words from its headline"
SOURCES_ABOUT = "What the archive holds: articles, sources, dates"
FIND_MENU = "Find in the archive"
VERIFY_ABOUT = "Check whether a quote is real: word for word, altered, or not in the archive"
VERIFY_TEXT = "The quote, or a text with several quotations"
VERIFY_SPEAKER = "Who is said to have said it"
SAID_ABOUT = "What a person or a body said, newest first"
SAID_WHO = "A person, a body, a part of a name, or a role such as “the defense minister”"
SAID_SUBJECT = "Only statements with these words, or with them in their paragraph or headline"
SPEAKERS_ABOUT = "Who is quoted most in the archive"
CHECK_MENU = "Check this quote"
REINDEX_ABOUT = "Update the archive from its articles (administrators)"
SETTINGS_ABOUT = "Where and how the bot answers in this server"
FEEDBACK_ABOUT = "What readers said of the answers in this server (moderators)"
REMOVE_MENU = "Remove this message"
WITHDRAW_MENU = "Withdraw from the archive"
HELP_ABOUT = "What the bot does, with examples"
STATUS_ABOUT = "How the bot is doing: archive, speed, memory"
PRIVACY_ABOUT = "What the bot stores, and how to delete it"

CONTEXT_MENU = "In context"
READ_MENU = "Read an article"
PAGE_MENU = "Go to a page"
PREVIOUS_BUTTON, NEXT_BUTTON = "Previous", "Next"
ARTICLE_BUTTON = "Article"
CITE_BUTTON = "Cite"
MORE_BUTTON = "More"
NEAREST_BUTTON = "Nearest passages"
FOLLOW_UP_BUTTON = "Follow up"
ALL_DATES_BUTTON = "Search all dates"
HELPFUL_BUTTON, UNHELPFUL_BUTTON = "👍", "👎"
SHARE_BUTTON = "Share"
CHECK_BUTTON = "Check as a quote"
ASK_AGAIN_BUTTON = "Ask again"
FORGET_BUTTON = "Delete my feedback"
REMOVE_BUTTON = "Remove"
WITHDRAW_CHOICE = "Withdraw an article"
SET_UP_BUTTON = "Set me up"
SOURCES_BUTTON = "What is in the archive?"
CHANNELS_MENU = "Channels where I answer (none chosen: everywhere)"
QUOTES_MENU = "Quotes in an answer"
PRIVACY_MENU = "Who sees my answers"
PRIVACY_CHOICES = (
    ("public", "Everyone sees my answers, unless the asker chooses otherwise"),
    ("private", "The asker alone sees them, unless they choose otherwise"),
    ("always-private", "The asker alone sees them, always"),
)
"""How private answers are: each value with its name, in the order of the menu."""
FOLLOW_UP_TITLE = "Ask a follow-up"
FOLLOW_UP_LABEL = "Your question"
WRONG_TITLE = "What was wrong?"
WRONG_LABEL = "In your own words (optional)"

WITHDRAW_TITLE = "Withdraw from the archive?"
WITHDRAW_LABEL = "Why (kept in the log of withdrawals)"

OPEN_ARTICLE = "open"
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
THANKS = "Thank you. Your feedback is saved."
THANKS_FOR_COMMENT = "Thank you. Your feedback and your comment are saved."
NOTHING_FOUND = "No passages were found."
NO_MORE = "There are no more quotes for this question."
NO_QUESTION_HERE = (
    "I can no longer read the question of this message. Please ask it again with `/ask`."
)
UNKNOWN_BUTTON = "This button no longer works. Please ask again with `/ask`."
COMMAND_CHANGED = (
    "This command has just changed. Please restart Discord, or try again in a few minutes."
)
GENERATION_GONE = (
    "The archive has been updated since, and I no longer have it as it was then. "
    "Ask again to search it as it is now."
)
SOURCE_GONE = (
    "The archive no longer has the source that this question was limited to. "
    "Ask again with `/ask` to search the other sources."
)
AUTHOR_GONE = (
    "The archive no longer has the author that this question was limited to. "
    "Ask again with `/ask` to search the articles of others."
)
SOURCE_OF_OLD_BUTTON = (
    "This button is from an earlier version of me and no longer says which source it means. "
    "Please ask again with `/ask`."
)
ARTICLE_GONE = "The archive has no such article. Try other words of its headline with `/article`."
NEAREST_HEADLINES = "**No headline has these words.** The nearest articles:"
CHANGED_SINCE = (
    "This article has changed since the archive was updated, so it is not shown. "
    "It will be shown after the next update."
)
STATEMENT_CHANGED = "Not shown: its article has changed since the archive was updated."
ARCHIVE_ABSENT = "The archive cannot be read at the moment. My log has the reason."
BUSY = "I am busy: too many questions are waiting. Please try again in a few seconds."
TOO_MANY_WAITING = (
    "Several of your questions are still waiting, so I have not taken this one. "
    "Please ask it again when they are answered."
)
LEAVING = "I am restarting. Please try again in a minute."
WENT_WRONG = "Something went wrong. My log has the details. Please try again."
CANNOT_POST = (
    "I am not allowed to write there. "
    "Someone who manages the server has to let me send messages in that channel."
)
ANSWERS_NOWHERE = (
    "The channels where I answered in this server no longer exist. "
    "Someone who manages the server can choose others with `/settings`."
)
WELCOME = "**Thanks for adding me**"
FOR_MANAGERS = (
    f"For those who manage this server: “{SET_UP_BUTTON}”, or `/settings`, chooses where I answer "
    "and who sees it. `/privacy` says what I store."
)
OPEN_TO_SOME = (
    "I answer questions with quotes from an archive of articles. It is open to some members of "
    "this server only: `/ask` tells you whether you are one of them."
)
NOT_FOR_SERVER = (
    "This archive is not open to this server, so I answer nothing here. "
    "Whoever runs me decides who may ask."
)
SETTINGS_TITLE = "**Settings of this server**"
CONFIDENCES = (
    (0.95, "almost certainly answered"),
    (0.8, "very likely answered"),
    (0.6, "likely answered"),
    (0.5, "more likely answered than not"),
)
"""The least probability for which each of the words stand."""
NO_TIMINGS = "none yet"
PERCENTILES = (("median", 0.5), ("95% within", 0.95), ("99% within", 0.99))
"""The names of the percentiles that /status shows, and their shares."""
STATUS = """\
**Archive** {articles}, {updated}
**Answers** {answers:,} since I started
-# {answer_times}; {waiting:,} waiting
**First responses**
-# {acknowledgements}
**Delays inside**
-# {lag}
**Memory** {memory:,.0f} MB
**Running for** {hours:,} h {minutes} min in {servers}
**Connections to Discord** {shards} ({delays})"""
NOTHING_TO_FIND = "That message has no words to search for."
ASK_ME = "Ask me a question, and I answer with quotes from the archive. See `/help` for examples."
CHECK_YOURSELF = (
    "Discord does not let me read the message that you reply to. Choose *Apps › "
    f"{CHECK_MENU}* on it to see whether the archive prints its words, or *Apps › {FIND_MENU}* "
    "to ask the archive what it says."
)
QUOTED_AS_PRINTED = (
    "What I quote is printed in the article named below it, word for word. "
    f"“{CONTEXT_MENU}” shows it there. Whether an article is right, I cannot say."
)
NOT_FOR_YOU = "This archive is not open to you here. Whoever runs me decides who may ask."
CHOOSE_FIRST = "There are several archives. A manager of the server chooses the one to ask."
ARCHIVE_GONE = (
    "The archive that was chosen here is no longer there, so I answer from none. "
    "A manager of the server chooses another one with `/settings`."
)
BUTTON_ARCHIVE_GONE = "This message is of an archive that I no longer have."
ARCHIVE_NOT_CHOSEN = (
    "There are several archives, and none has been chosen for this place yet. "
    "A manager of the server chooses one with `/settings`."
)
CHOOSE_FOR_YOURSELF = "There are several archives. Please choose the one to ask: `/archive`."
YOUR_ARCHIVE_GONE = (
    "The archive that you chose is no longer there, so I answer from none. "
    "Please choose another one: `/archive`."
)
ARCHIVE_ABOUT = "Which archive is asked here; in direct messages, choose it"
ARCHIVE_MENU = "The archive to ask in direct messages"
SERVER_ARCHIVE_MENU = "The archive of this server"
CHANNELS_OF_MENU = "Give channels an archive of their own…"
NO_ARCHIVE_CHOSEN = "None chosen"
NOT_YOUR_CHANNEL = (
    "You may not send messages here, so I post nothing here for you. "
    "What you ask is answered to you alone."
)
ALWAYS_PRIVATE = "In this server my answers are always private."
REMOVED = "The message has been removed."
NOT_MINE = "That message is not one of mine. I can remove my own messages only."
NOT_YOURS = (
    "Only the person who had this message posted, and those who may manage messages here, "
    "can remove it."
)
SEEN_BY_YOU_ALONE = "Only you see that message. Discord's *Dismiss message* removes it."
CANNOT_REMOVE = (
    "I cannot remove that message from the menu, because I am not a member here. "
    f"“{REMOVE_BUTTON}” below it can."
)
NO_ARTICLE_HERE = "That message shows no article of the archive."
OWNERS_ONLY = (
    "Only moderators of a server that owns this archive may withdraw its articles. "
    "Whoever runs me names those servers."
)
CHOOSE_WITHDRAWN = (
    "**Withdraw from the archive**\nWithdrawn articles are no longer quoted, listed or counted, "
    "here and everywhere else. You will be asked why."
)
WITHDRAWN_ALREADY = "The article is no longer in the archive."
QUOTES_ONLY = (
    "This archive shows quotes and where they were published, not whole articles. "
    "The publisher has the whole text."
)
MODERATORS_ONLY = "Only those who may manage messages here may do that."
NO_RATINGS = "Nobody has rated an answer in this server yet."
QUESTIONS_NOT_KEPT = (
    "The words of questions are not kept, so they are missing here. "
    "Whoever runs me can have them kept."
)
PRIVATE_ANSWER = "a private answer, which only its reader can open"
OPEN_ANSWER = "open the answer"
ADMINISTRATORS_ONLY = "Only administrators of this server may do that."
NOT_FROM_HERE = "The archive cannot be updated from this server."
REBUILD_FAILED_BRIEFLY = (
    "The archive could not be updated, and is unchanged. My log has the reason."
)
MANAGERS_ONLY = "Only those who manage this server may do that."
PRIVATE_HERE = (
    "In this server my answers are private. Please use `/ask`, and the answer is shown only to you."
)
REBUILDING_ALREADY = "The archive is already being updated."
REBUILD_BEGUN = "Updating the archive. It answers as before in the meantime."
REBUILD_ENDED = "The update was stopped because I am restarting. The archive is unchanged."
SETTINGS_SAVED = "Saved."
FORGOTTEN = "Your feedback has been deleted."
TOO_LONG_FOR_DISCORD = (
    "A quote was too long for a message and is not shown. Open the article to read it."
)
CHECKED_AGAINST_COPY = (
    "The original files are not available here; "
    "these quotes were checked against the archive's copy of them."
)
TIMELINE_SHORTENED = "Quotes for which there is no room are left out: those that tell least."
PASSAGE_TOO_LONG = (
    f"This passage is too long for a message. “{CONTEXT_MENU}” shows it page by page."
)

BOT_HELP = """\
**Ask the archive, and read what it says, word for word.**
I answer with quotes from articles, each with its headline, source, date and paragraph. I never \
write an answer myself. When I am not sure that the quotes answer you, or find no answer, I say so.

{ask} a question
-# such as: Who mediated the talks?
{search} for passages yourself
-# such as: ceasefire Doha
{timeline} of a subject, by date
-# such as: Istanbul talks
{verify} whether a quote is real
-# such as: The talks were mediated by Qatar.
{said}: what somebody said, newest first
-# such as: Bill Roggio, about Bagram
{article}: read an article
-# by words from its headline
{sources}: what the archive holds
{speakers}: who is quoted most

You can also mention me with a question, write to me directly, or choose *Apps › Find in the \
archive* or *Apps › Check this quote* on a message.

Under an answer, the menu **In context** shows the paragraphs around each quote, and the whole \
articles; **More** shows further quotes. **Follow up** answers your next question in a thread; it \
may leave out what you just asked ("when was that?"). A reply to an answer goes on from there, \
too. **Remove**, or *Apps › Remove this message*, takes away what I posted for you."""
"""What /help says. The commands in braces can be pressed."""


def bot_help(command_ids: Mapping[str, int]) -> str:
    """What /help says.

    Args:
        command_ids: the ids of the commands, with which Discord makes their names buttons; a
            command that is not known yet is shown as it is typed.
    """
    names = ("ask", "search", "timeline", "verify", "said", "article", "sources", "speakers")
    shown = {
        name: f"</{name}:{command_ids[name]}>" if name in command_ids else f"`/{name}`"
        for name in names
    }
    return say(BOT_HELP, **shown)


def privacy(*, keeps_questions: bool) -> str:
    """What the bot stores."""
    questions = (
        say(
            "The text of questions is kept in the log and with feedback: this bot is set up "
            "to do so."
        )
        if keeps_questions
        else say("The text of your questions is not kept.")
    )
    return say(
        "**What I store**\n· Of a server: the settings that its managers make with "
        "`/settings`.\n· Of you: when you press 👍 or 👎, your Discord id, the message, its "
        "server and channel, the state of the archive, which places were quoted, the time, "
        "your choice and your comment. Moderators of the server see them, without your "
        "name.\n· When you choose an archive for direct messages: your Discord id, and which "
        "one.\n· When you have me post something that others see: your Discord id, in that "
        "message and in my log.\n· {questions}\n· I read only messages that mention me or are "
        "written to me. Only my replies leave the machine that I run on.",
        questions=questions,
    )


def cannot_post_in(channel: str) -> str:
    """The reply, in a direct message, to a user who mentioned the bot where it may not write."""
    return say(
        "I am not allowed to write in {channel}, where you asked me. Someone who manages "
        "that server has to let me send messages there.",
        channel=channel,
    )


def mention_me(bot: int) -> str:
    """The reply to a mention of the bot's role, whose words Discord keeps from the bot.

    Args:
        bot: the id of the bot's user.
    """
    return say(
        "You mentioned my role, and Discord then does not let me read what you wrote. "
        "Mention <@{bot}> instead, or use `/ask`.",
        bot=bot,
    )


def answers_elsewhere(channels: str) -> str:
    """The reply in a channel where the server's settings do not let the bot answer.

    Args:
        channels: the channels where it answers, as far as every member sees them; may be empty.
    """
    return say("In this server I answer in {channels}.", channels=channels or say("other channels"))


def answered_in(place: str) -> str:
    """Where a follow-up was answered."""
    return say("Answered in {place}.", place=place)


def not_a_date(text: str) -> str:
    """The reply to a date that cannot be read."""
    return say(
        "{text!r} is not a date that I can read. Try 30 October 2025, October 2025, "
        "2025, yesterday, last week or 3 months ago.",
        text=text,
    )


def two_ways(text: str) -> str:
    """The reply to a date that may mean two days."""
    return say(
        "{text} may be read in two ways. Write the month in words, such as 3 April 2025.", text=text
    )


def too_long(length: int, limit: int) -> str:
    """The reply to a question that is too long; both numbers count characters."""
    return say(
        "The question has {length:,} characters; at most {limit:,} are allowed. Please "
        "ask it in fewer words.",
        length=length,
        limit=limit,
    )


def channels_of(title: str) -> str:
    """The menu of the channels that ask an archive of their own."""
    return say("Channels and forums that ask {title} (none: no channel)", title=title)


def archive_here(title: str) -> str:
    """Which archive is asked in a place; `title` is escaped."""
    return say("Here I answer from **{title}**.", title=title)


def archive_saved(title: str) -> str:
    """An archive was chosen for direct messages; `title` is escaped."""
    return say("In direct messages I now answer you from **{title}**.", title=title)


def quote_count(count: int) -> str:
    """The number of quotes in an answer, as a choice of a menu."""
    return counted(count, "quote")


def asked_by(user: int) -> str:
    """Who had the bot post a message; Discord shows the user's name."""
    return say("asked by <@{user}>", user=user)


def withdrawn(title: str) -> str:
    """An article was withdrawn; `title` is escaped."""
    return say(
        "Withdrawn: **{title}**. Nothing of it is shown any more. My messages that quote "
        "it stay: *Apps › {menu}* removes each.",
        title=title,
        menu=say(REMOVE_MENU),
    )


def not_withdrawn(reason: str) -> str:
    """An article could not be withdrawn; `reason` is escaped."""
    return say("The article could not be withdrawn. {reason}", reason=reason)


def rating(*, helpful: bool, at: dt.datetime) -> str:
    """A reader's rating, and when it was given."""
    words = say("Helpful") if helpful else say("Not helpful")
    verdict = f"{HELPFUL_BUTTON if helpful else UNHELPFUL_BUTTON} {words}"
    return f"**{verdict}**, <t:{int(at.timestamp())}:R>"


def ratings_title(helpful: int, unhelpful: int) -> str:
    """How many ratings there are of each kind."""
    return say(
        "**Feedback in this server**: {helpful:,} helpful, {unhelpful:,} not helpful",
        helpful=helpful,
        unhelpful=unhelpful,
    )


def not_quoted(title: str, built: dt.datetime) -> str:
    """The notice about an article that changed since the index was built."""
    return say(
        "Not quoted: {title} has changed since the archive was updated ({updated}).",
        title=title,
        updated=written_moment(built),
    )


def holdings(articles: int, sources: Sequence[str], more: int, dates: tuple[str, str]) -> str:
    """What the bot does, and what the archive holds.

    Args:
        articles: the number of articles.
        sources: the names of the largest sources, escaped; may be empty.
        more: the number of further sources.
        dates: the first and the last date, in words; empty if no article has a date.
    """
    named = [*sources, *([counted(more, "more source")] if more else [])]
    *others, last = named or [""]
    listed = say("{first} and {last}", first=", ".join(others), last=last) if others else last
    first_day, last_day = dates
    days = first_day
    if first_day != last_day:
        days = say("{first_day} to {last_day}", first_day=first_day, last_day=last_day)
    return say(
        "I answer questions with exact quotes from **{articles}**{sources}{period}. I "
        "never write an answer myself.",
        articles=counted(articles, "article"),
        sources=say(" of {listed}", listed=listed) if listed else "",
        period=f", {days}" if days else "",
    )


def try_it(examples: int) -> str:
    """How to begin; `examples` is the number of questions on buttons below."""
    return {
        0: say("Try `/ask`."),
        1: say("Try `/ask`, or press this question:"),
    }.get(examples, say("Try `/ask`, or press one of these questions:"))


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


def whole_articles(count: int) -> str:
    """The option that shows the articles of the quotes."""
    return say("The whole article") if count == 1 else say("The {count} articles", count=count)


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


def rebuild_step(step: str, share: float | None) -> str:
    """The step that a rebuild is at, and the share of it that is done (0 to 1)."""
    return f"{step}{f', {share:.0%}' if share is not None else ''}"


def rebuilt(articles: int, embedded: int, seconds: float, *, switched: bool) -> str:
    """The result of a rebuild.

    Args:
        articles: the number of articles.
        embedded: the number of passages that were embedded.
        seconds: how long the rebuild took.
        switched: whether it changed anything.
    """
    if not switched:
        return say("Nothing has changed since the archive was last updated.")
    counts = f"{counted(articles, 'article')}, {counted(embedded, 'new passage')}"
    return say(
        "The archive has been updated in {seconds:.0f} seconds: {counts}.",
        seconds=seconds,
        counts=counts,
    )


def rebuild_failed(reason: str) -> str:
    """The result of a rebuild that failed."""
    return say("The archive could not be updated, and is unchanged. {reason}", reason=reason)


translate_constants(__name__)
