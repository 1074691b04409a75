"""`pullquote bot` as a process of its own, on a loopback Discord: started, spoken with, read and ended."""

from support.bot_process.displayed_message import DisplayedMessage, active_kinds, displayed_message
from support.bot_process.process import BotProcess, bot_on, environment_of, with_bot
from support.bot_process.talk import ask, fill_in, press, say

__all__ = [
    "BotProcess",
    "DisplayedMessage",
    "active_kinds",
    "ask",
    "bot_on",
    "displayed_message",
    "environment_of",
    "fill_in",
    "press",
    "say",
    "with_bot",
]
