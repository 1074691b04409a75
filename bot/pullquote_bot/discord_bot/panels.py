"""What the bot shows of itself: the archive's sources, its own state, a server's settings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pullquote.generation import Manifest
from pullquote.store import SourceCount
from pullquote_bot import strings
from pullquote_bot.discord_bot.answer_layout import ANSWER_EDGE, PASSAGE_EDGE
from pullquote_bot.discord_bot.chart import month_chart
from pullquote_bot.discord_bot.layout import Button, ChannelMenu, Divider, Menu, Message, Part, Picture, Row, Style, Text
from pullquote_bot.discord_bot.markdown import escape_line
from pullquote_bot.discord_bot.measures import Times
from pullquote_bot.discord_bot.presses import Action, Press
from pullquote_bot.discord_bot.records import ServerSettings
from pullquote_bot.terminal import one_line

_LISTED = 12
_LONGEST_NAME = 60
QUOTE_CHOICES = (1, 2, 3, 4, 5, 6, 8)
"""Quotes in an answer that a server may choose."""


def sources_message(manifest: Manifest, counts: Sequence[SourceCount], dates: tuple[str | None, str | None], months: Mapping[str, int]) -> Message:
    """What the archive holds."""
    first, last = (strings.day(dt.date.fromisoformat(date)) if date else strings.UNDATED for date in dates)
    head = f"**{strings.counted(manifest.articles, 'article')}** from {strings.counted(len(counts), 'source')}, published {first} to {last}"
    listed = [_source_line(count) for count in counts[:_LISTED]]
    if len(counts) > _LISTED:
        listed.append(f"and {len(counts) - _LISTED:,} more")
    parts: list[Part] = [Text("\n".join([head, *(f"· {line}" for line in listed)]))]
    if months:
        most = max(months, key=lambda month: months[month])
        told = f"{strings.SOURCES_PICTURE} From {min(months)} to {max(months)}; most in {most}: {strings.counted(months[most], 'article')}."
        parts.append(Picture("months.png", month_chart(months), told))
    parts += [Divider(), Text(f"-# {_generation_line(manifest)}")]
    return Message(tuple(parts), (), PASSAGE_EDGE)


def _source_line(count: SourceCount) -> str:
    name = escape_line(one_line(count.source)[:_LONGEST_NAME]) or strings.NO_SOURCE
    dates = f", {count.first} to {count.last}" if count.first else ""
    return f"{name}: {strings.counted(count.articles, 'article')}{dates}"


def _generation_line(manifest: Manifest) -> str:
    return f"generation {manifest.id} · built {strings.moment(manifest.created)}, <t:{int(manifest.created.timestamp())}:R>"


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
    acknowledgements: Times
    answers: Times
    lag: Times
    waiting: int
    memory: int
    shards: Sequence[float]
    uptime: float
    servers: int


def status_message(health: Health) -> Message:
    """How the bot is doing."""
    hours, minutes = divmod(int(health.uptime // 60), 60)
    shards = ", ".join(f"{delay * 1000:.0f} ms" for delay in health.shards)
    lines = [
        f"**Index** {_generation_line(health.manifest)}",
        f"{strings.counted(health.manifest.articles, 'article')}, {strings.counted(health.manifest.passages, 'passage')}",
        f"**Answers** {health.answers.count:,} since the start, {_percentiles(health.answers)}; {health.waiting:,} waiting",
        f"**Acknowledged** {_percentiles(health.acknowledgements)}",
        f"**Event loop** late by {_percentiles(health.lag)}",
        f"**Memory** {health.memory / 1e6:,.0f} MB · **up** {hours:,} h {minutes} min · **servers** {health.servers:,}",
        f"**Shards** {len(health.shards)} ({shards})",
    ]
    return Message((Text("\n".join(lines)),), (), ANSWER_EDGE)


def _percentiles(times: Times) -> str:
    shown = [(name, times.percentile(share)) for name, share in (("median", 0.5), ("95%", 0.95), ("99%", 0.99))]
    return ", ".join(f"{name} {seconds * 1000:,.0f} ms" for name, seconds in shown if seconds is not None) or "none yet"


def settings_message(server: ServerSettings, default_quotes: int, note: str = "") -> Message:
    """A server's settings, to be changed."""
    quotes = server.quotes or default_quotes
    options = tuple((str(number), strings.quotes_shown(number)) for number in sorted({*QUOTE_CHOICES, quotes}))
    private = Button(strings.private_setting(private=server.private), str(Press(Action.PRIVATE)), Style.GOOD if server.private else Style.PLAIN)
    parts = (
        Text(f"**Settings of this server**{f' · {note}' if note else ''}"),
        ChannelMenu(str(Press(Action.CHANNELS)), strings.CHANNELS_MENU, server.channels),
        Menu(str(Press(Action.QUOTES)), strings.QUOTES_MENU, options, str(quotes)),
        Row((private,)),
    )
    return Message(parts, (), PASSAGE_EDGE)


def plain_message(text: str, *buttons: Button) -> Message:
    """A word of the interface, with buttons where there are any."""
    return Message((Text(text),), (Row(buttons),) if buttons else ())
