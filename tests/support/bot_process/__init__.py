"""`pullquote bot` as a process on a loopback Discord: starting, using, reading and ending it."""

from support.bot_process.conversation import ask, enabled, fill_in, press, use, use_command
from support.bot_process.displayed_quotes import (
    DisplayedQuote,
    active_kinds,
    displayed_quotes,
    quoted_words,
)
from support.bot_process.process import BotProcess, bot_on, environment_of, with_bot

__all__ = [
    "BotProcess",
    "DisplayedQuote",
    "active_kinds",
    "ask",
    "bot_on",
    "displayed_quotes",
    "enabled",
    "environment_of",
    "fill_in",
    "press",
    "quoted_words",
    "use",
    "use_command",
    "with_bot",
]
