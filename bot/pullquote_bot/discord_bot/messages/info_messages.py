"""Messages about the archive's sources and the bot's state."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pullquote.storage.manifest import Manifest
from pullquote.storage.store_values import SourceCount
from pullquote_bot.discord_bot.messages.answer_messages import ANSWER_EDGE, PASSAGE_EDGE
from pullquote_bot.discord_bot.messages.bar_charts import month_chart
from pullquote_bot.discord_bot.messages.components import (
    Button,
    Divider,
    Message,
    Part,
    Picture,
    Row,
    Text,
)
from pullquote_bot.discord_bot.messages.custom_ids import FOOTER_TEXT
from pullquote_bot.discord_bot.messages.markdown import escape_line
from pullquote_bot.discord_bot.strings import about as discord_about
from pullquote_bot.discord_bot.strings import contents as discord_contents
from pullquote_bot.serving.timings import Timings
from pullquote_bot.strings import articles as article_strings
from pullquote_bot.strings import quantities
from pullquote_bot.visible_text import one_line

_MOST_SOURCES = 12
"""Sources that /sources lists."""
_LONGEST_NAME = 60
"""Characters of a source's name."""


def sources_message(
    manifest: Manifest,
    articles: int,
    counts: Sequence[SourceCount],
    dates: tuple[dt.date | None, dt.date | None],
    months: Mapping[str, int],
) -> Message:
    """The archive's sources, with a chart of its months.

    Args:
        manifest: the manifest of the live generation.
        articles: the number of articles that are not hidden.
        counts: the sources, largest first.
        dates: the first and the last date of the articles.
        months: the number of articles of each month ("2025-10").
    """
    head = discord_contents.archive_line(articles, len(counts), _period(*dates))
    lines = [_source_line(count) for count in counts[:_MOST_SOURCES]]
    if len(counts) > _MOST_SOURCES:
        lines.append(discord_contents.and_more(len(counts) - _MOST_SOURCES))
    parts: list[Part] = [Text("\n".join([head, *lines]))]
    if len(months) > 1:
        highest = max(months, key=lambda month: months[month])
        description = discord_contents.chart_description(
            min(months), max(months), highest, months[highest]
        )
        parts.append(Picture("months.png", month_chart(months), description))
    parts += [
        Divider(),
        Text(f"-# {discord_contents.archive_updated(manifest.created)}", FOOTER_TEXT),
    ]
    return Message(tuple(parts), (), PASSAGE_EDGE)


def _source_line(count: SourceCount) -> str:
    name = escape_line(one_line(count.source)[:_LONGEST_NAME]) or article_strings.NO_SOURCE
    first, last = (dt.date.fromisoformat(day) if day else None for day in (count.first, count.last))
    articles = quantities.counted(count.articles, "article")
    return f"**{name}** · {articles}\n-# {_period(first, last)}"


def _period(first: dt.date | None, last: dt.date | None) -> str:
    """The first and the last day in words; one if they are the same."""
    days = dict.fromkeys(map(quantities.day, (first, last)))
    return " to ".join(days)


@dataclass(frozen=True, slots=True)
class BotStatus:
    """The state of the bot.

    Attributes:
        manifest: the manifest of the live generation.
        acknowledgements: times from an interaction to its acknowledgement.
        answers: times from a question to its answer.
        lag: delays of the event loop.
        waiting: the number of questions in the queue.
        memory: resident memory, in bytes.
        shards: the latency of each connection to Discord, in seconds.
        uptime: seconds since the start.
        servers: the number of servers that the bot is in.
    """

    manifest: Manifest
    acknowledgements: Timings
    answers: Timings
    lag: Timings
    waiting: int
    memory: int
    shards: Sequence[float]
    uptime: float
    servers: int


def status_message(status: BotStatus) -> Message:
    """The state of the bot."""
    hours, minutes = divmod(int(status.uptime // 60), 60)
    manifest = status.manifest
    text = discord_about.STATUS.format(
        updated=discord_contents.archive_updated(manifest.created),
        articles=quantities.counted(manifest.articles, "article"),
        answers=status.answers.count,
        answer_times=_percentiles(status.answers),
        waiting=status.waiting,
        acknowledgements=_percentiles(status.acknowledgements),
        lag=_percentiles(status.lag),
        memory=status.memory / 1e6,
        hours=hours,
        minutes=minutes,
        servers=quantities.counted(status.servers, "server"),
        shards=len(status.shards),
        delays=", ".join(f"{delay * 1000:.0f} ms" for delay in status.shards),
    )
    return Message((Text(text),), (), ANSWER_EDGE)


def _percentiles(times: Timings) -> str:
    percentiles = [(name, times.percentile(share)) for name, share in discord_about.PERCENTILES]
    lines = [
        f"{name} {seconds * 1000:,.0f} ms" for name, seconds in percentiles if seconds is not None
    ]
    return ", ".join(lines) or discord_about.NO_TIMINGS


def plain_message(text: str, *buttons: Button) -> Message:
    """A text of the interface, with a row of buttons if there are any."""
    return Message((Text(text),), (Row(buttons),) if buttons else ())
