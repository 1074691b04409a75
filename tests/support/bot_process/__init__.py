"""`pullquote bot` as a process of its own, on a loopback Discord: started, spoken with, read and ended."""

from support.bot_process.process import BotProcess, bot_on, environment_of, with_bot
from support.bot_process.shown import Shown, active_kinds, shown
from support.bot_process.talk import ask, fill_in, press, say

__all__ = [
    "BotProcess",
    "Shown",
    "active_kinds",
    "ask",
    "bot_on",
    "environment_of",
    "fill_in",
    "press",
    "say",
    "shown",
    "with_bot",
]
