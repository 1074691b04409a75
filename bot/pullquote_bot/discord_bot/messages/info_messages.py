"""What the bot shows of itself: the archive's sources, its own state, a server's settings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pullquote.storage.article_store import SourceCount
from pullquote.storage.manifest import Manifest
from pullquote_bot.strings import articles as article_strings
from pullquote_bot.strings import quantities
from pullquote_bot.discord_bot import discord_strings
from pullquote_bot.discord_bot.messages.answer_messages import ANSWER_EDGE, PASSAGE_EDGE
from pullquote_bot.discord_bot.messages.components import (
    Button,
    ChannelMenu,
    Divider,
    Menu,
    Message,
    Part,
    Picture,
    Row,
    Style,
    Text,
)
from pullquote_bot.discord_bot.messages.custom_ids import Action, CustomId
from pullquote_bot.discord_bot.messages.markdown import escape_line
from pullquote_bot.discord_bot.messages.month_chart import month_chart
from pullquote_bot.serving.bot_database import ServerSettings
from pullquote_bot.serving.timings import Timings
from pullquote_bot.visible_text import one_line

_LISTED = 12
_LONGEST_NAME = 60
QUOTE_CHOICES = (1, 2, 3, 4, 5, 6, 8)
"""Quotes in an answer that a server may choose."""


def sources_message(
    manifest: Manifest,
    counts: Sequence[SourceCount],
    dates: tuple[dt.date | None, dt.date | None],
    months: Mapping[str, int],
) -> Message:
    """What the archive holds."""
    first, last = (quantities.day(date) if date else quantities.UNDATED for date in dates)
    head = discord_strings.archive_line(manifest.articles, len(counts), first, last)
    listed = [_source_line(count) for count in counts[:_LISTED]]
    if len(counts) > _LISTED:
        listed.append(discord_strings.and_more(len(counts) - _LISTED))
    parts: list[Part] = [Text("\n".join([head, *(f"· {line}" for line in listed)]))]
    if months:
        most = max(months, key=lambda month: months[month])
        told = discord_strings.chart_told(min(months), max(months), most, months[most])
        parts.append(Picture("months.png", month_chart(months), told))
    parts += [
        Divider(),
        Text(f"-# {discord_strings.generation_line(manifest.id, manifest.created)}"),
    ]
    return Message(tuple(parts), (), PASSAGE_EDGE)


def _source_line(count: SourceCount) -> str:
    return article_strings.source_line(count, escape_line(one_line(count.source)[:_LONGEST_NAME]))


@dataclass(frozen=True, slots=True)
class Health:
    """How the bot is doing.

    Attributes:
        manifest: of the live generation.
        acknowledgements, answers: how long they took.
        lag: how late the event loop was.
        waiting: questions in the queue.
        memory: in bytes.
        shards: the delay of each connection to Discord, in seconds.
        uptime: in seconds.
        servers: how many the bot is in.
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


def status_message(health: Health) -> Message:
    """How the bot is doing."""
    hours, minutes = divmod(int(health.uptime // 60), 60)
    manifest = health.manifest
    told = discord_strings.STATUS.format(
        generation=discord_strings.generation_line(manifest.id, manifest.created),
        articles=quantities.counted(manifest.articles, "article"),
        passages=quantities.counted(manifest.passages, "passage"),
        answers=health.answers.count,
        answer_times=_percentiles(health.answers),
        waiting=health.waiting,
        acknowledgements=_percentiles(health.acknowledgements),
        lag=_percentiles(health.lag),
        memory=health.memory / 1e6,
        hours=hours,
        minutes=minutes,
        servers=health.servers,
        shards=len(health.shards),
        delays=", ".join(f"{delay * 1000:.0f} ms" for delay in health.shards),
    )
    return Message((Text(told),), (), ANSWER_EDGE)


def _percentiles(times: Timings) -> str:
    shown = [(name, times.percentile(share)) for name, share in discord_strings.TIMES]
    return (
        ", ".join(
            f"{name} {seconds * 1000:,.0f} ms" for name, seconds in shown if seconds is not None
        )
        or discord_strings.NO_TIMES
    )


def settings_message(server: ServerSettings, default_quotes: int, note: str = "") -> Message:
    """A server's settings, to be changed."""
    quotes = server.quotes or default_quotes
    options = tuple(
        (str(number), discord_strings.quotes_shown(number))
        for number in sorted({*QUOTE_CHOICES, quotes})
    )
    private = Button(
        discord_strings.private_setting(private=server.private),
        str(CustomId(Action.PRIVATE)),
        Style.GOOD if server.private else Style.PLAIN,
    )
    parts = (
        Text(" · ".join(filter(None, (discord_strings.SETTINGS_TITLE, note)))),
        ChannelMenu(str(CustomId(Action.CHANNELS)), discord_strings.CHANNELS_MENU, server.channels),
        Menu(str(CustomId(Action.QUOTES)), discord_strings.QUOTES_MENU, options, str(quotes)),
        Row((private,)),
    )
    return Message(parts, (), PASSAGE_EDGE)


def plain_message(text: str, *buttons: Button) -> Message:
    """A word of the interface, with buttons where there are any."""
    return Message((Text(text),), (Row(buttons),) if buttons else ())
