"""What Discord shows of text and messages, for tests of what the bot sends."""

from __future__ import annotations

import functools
import re

from hypothesis import HealthCheck, settings

from fakes.discord_markdown import Kind, Rendered, render
from pullquote_bot.discord_bot.messages.components import Beside, Message, Text
from pullquote_bot.visible_text import visible

SAME_EACH_TIME = settings(deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
SLOW = settings(SAME_EACH_TIME, max_examples=25)
OURS = {Kind.BOLD, Kind.SUBTEXT, Kind.BLOCK_QUOTE, Kind.TIMESTAMP, Kind.MASKED_LINK, Kind.INVITE}
"""The markup that the bot itself writes. An invitation counts wherever it stands in an article's address."""
BREAKS = re.compile("\r\n|[\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")

cached_render = functools.lru_cache(None)(render)


def seen(text: str) -> str:
    """The text in lines, whatever ends them, with nothing that cannot be seen."""
    return "\n".join(map(visible, BREAKS.split(text)))


def displayed(text: str) -> str:
    """The same as Discord shows it, which turns tabs into four spaces and passes over two or more spaces before the end of a line."""
    return re.sub(r" {2,}\n", "\n", seen(text).replace("\t", "    "))


def words(text: str) -> str:
    """The text without its white space."""
    return "".join(text.split())


def texts(message: Message) -> list[str]:
    """The markdown of each text in a message."""
    found = [
        part if isinstance(part, Text) else part.text
        for part in message.parts
        if isinstance(part, Text | Beside)
    ]
    return [text.content for text in found]


def rendered(message: Message) -> list[Rendered]:
    """Each text of a message as Discord shows it."""
    return [cached_render(content) for content in texts(message)]
