"""What the bot says of itself and of its archive: welcome, help, privacy, status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pullquote.translation import say, translate_constants
from pullquote_bot.discord_bot.strings import contents
from pullquote_bot.strings.quantities import counted

WELCOME = "**Thanks for adding me**"
FOR_MANAGERS = (
    "For those who manage this server: “Set me up”, or `/settings`, chooses where I answer and who "
    "sees it. `/privacy` says what I store."
)
OPEN_TO_SOME = (
    "I answer questions with quotes from an archive of articles. It is open to some members of "
    "this server only: `/ask` tells you whether you are one of them."
)
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


def archive_here(title: str) -> str:
    """Which archive is asked in a place; `title` is escaped."""
    return say("Here I answer from **{title}**.", title=title)


def archive_saved(title: str) -> str:
    """An archive was chosen for direct messages; `title` is escaped."""
    return say("In direct messages I now answer you from **{title}**.", title=title)


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


def choose_first(titles: Sequence[str], more: int) -> str:
    """There are several archives, and nobody has chosen one for the server yet.

    Args:
        titles: those of the first ones, escaped.
        more: how many further ones there are.
    """
    named = [f"· **{title}**" for title in titles]
    named += [contents.and_more(more)] if titles and more else []
    return say(
        "I answer questions with exact quotes from one of several archives. I never write an "
        "answer myself.{archives}\n\nA manager of the server chooses the one to ask.",
        archives="".join(f"\n{line}" for line in named),
    )


def try_it(examples: int) -> str:
    """How to begin; `examples` is the number of questions on buttons below."""
    return {
        0: say("Try `/ask`."),
        1: say("Try `/ask`, or press this question:"),
    }.get(examples, say("Try `/ask`, or press one of these questions:"))


translate_constants(__name__)
