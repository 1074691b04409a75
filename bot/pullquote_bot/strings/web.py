"""Sentences of the HTTP server: what is printed when it starts, and the titles of problems."""

from __future__ import annotations

from pullquote_bot.visible_text import one_line

NOT_FOUND = "there is nothing at this address"
BUSY = "too many questions are waiting"
BUSY_MEND = "Ask again in a few seconds"
TOO_MANY_WAITING = "several of your questions are still waiting"
ASK_LATER = "Ask again when they are answered"
TOO_SLOW = "there was no answer in time"
TOO_SLOW_MEND = "Ask again, or ask for less"
NO_TOKEN = "a token of this archive is needed"  # noqa: S105 - a sentence
NO_TOKEN_MEND = "Send it as Authorization: Bearer TOKEN"  # noqa: S105 - a sentence
WRONG_HOST = "this server does not answer to that name"
NOT_JSON = "the body is not JSON"
NOT_JSON_MEND = "Send application/json, in UTF-8"
TWICE = "is given twice"
QUOTES_ONLY = "this archive shows quotes, but not whole articles"
LEAVING = "the server is about to end"
OWN_MISTAKE = "this cannot be answered because of a mistake in Pullquote"
OWN_MISTAKE_MEND = "The server's log has it"


def serving_at(address: str) -> str:
    """The line that says where the server is."""
    return f"Serving at {one_line(address)} (Ctrl-C ends it)\n"


def too_large(most: int) -> str:
    """The body of a request is too large; the limit is in bytes."""
    return f"the body has more than {most:,} bytes"


def not_allowed(method: str, allowed: str) -> str:
    """The method of a request does not fit its address."""
    return f"{one_line(method)} is not possible here, but {one_line(allowed)}"
