"""How Discord displays text and messages, for tests of the bot's messages."""

from __future__ import annotations

import functools
import re

from hypothesis import HealthCheck, settings

from fakes.discord_markdown import Kind, Rendered, render
from pullquote_bot.discord_bot.messages.components import Message, Section, Text
from pullquote_bot.visible_text import visible

# The same examples in each run, however slow the machine is.
SAME_EACH_TIME = settings(deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
SLOW = settings(SAME_EACH_TIME, max_examples=25)
BOT_MARKUP = {
    Kind.BOLD,
    Kind.SUBTEXT,
    Kind.BLOCK_QUOTE,
    Kind.TIMESTAMP,
    Kind.MASKED_LINK,
    Kind.INVITE,
}
"""The markup that the bot itself writes. Invitations are active in any address of an article."""
BREAKS = re.compile("\r\n|[\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")

cached_render = functools.lru_cache(None)(render)


def visible_lines(text: str) -> str:
    """The text without invisible characters, its lines separated by line feeds."""
    return "\n".join(map(visible, BREAKS.split(text)))


def displayed(text: str) -> str:
    """The text as Discord displays it.

    Discord turns tabs into four spaces, and drops two or more spaces at the end of a line.
    """
    return re.sub(r" {2,}\n", "\n", visible_lines(text).replace("\t", "    "))


def without_spaces(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())


def texts(message: Message) -> list[str]:
    """The markdown of each text in a message."""
    parts = [
        part if isinstance(part, Text) else part.text
        for part in message.parts
        if isinstance(part, Text | Section)
    ]
    return [text.content for text in parts]


def rendered(message: Message) -> list[Rendered]:
    """Each text of a message as Discord displays it."""
    return [cached_render(content) for content in texts(message)]
