"""Sentences for readers who reach a rate limit."""

from __future__ import annotations

from pullquote.translation import say
from pullquote_bot.strings.quantities import counted


def wait_a_while(seconds: float, *, server: bool) -> str:
    """The reply to a question over the limit.

    Args:
        seconds: until the next question is allowed.
        server: whether the limit is the server's; otherwise it is the reader's own.
    """
    who = say("This server has") if server else say("You have")
    wait = counted(max(1, round(seconds + 0.5)), "second")
    return say(
        "{who} asked many questions in a short time. Please wait {wait}.", who=who, wait=wait
    )


def look_up_later(seconds: float) -> str:
    """The reply to a look-up over the limit.

    Args:
        seconds: until the next look-up is allowed.
    """
    wait = counted(max(1, round(seconds + 0.5)), "second")
    return say("You have looked up many things in a short time. Please wait {wait}.", wait=wait)
