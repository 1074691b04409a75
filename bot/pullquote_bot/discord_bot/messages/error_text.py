"""The reply to a user whose request ended in an error of Pullquote's own."""

from __future__ import annotations

from pullquote.errors import ArchiveError, PullquoteError, RequestError
from pullquote_bot.discord_bot.messages.markdown import escape
from pullquote_bot.discord_bot.strings import refusals as discord_refusals
from pullquote_bot.serving.fair_threads import Busy, TooManyWaiting
from pullquote_bot.visible_text import one_line

_LONGEST_REASON = 1_500
"""Characters of the text of an error."""


def own_error_text(error: PullquoteError | Busy) -> str:
    """The reply, as markdown."""
    match error:
        case TooManyWaiting():
            return discord_refusals.TOO_MANY_WAITING
        case Busy():
            return discord_refusals.BUSY
        case RequestError():
            return escape(_request_error_text(error))
        case ArchiveError():
            return discord_refusals.ARCHIVE_ABSENT
        case _:
            return discord_refusals.WENT_WRONG


def _request_error_text(error: RequestError) -> str:
    """What is wrong with a request, without the names of command-line options."""
    text = f"{error.what}. {error.mend}" if error.where in {"--source", "--author"} else error.what
    sentence = one_line(text)[:_LONGEST_REASON]
    full_stop = "" if sentence.endswith((".", "…", "?")) else "."
    return f"{sentence[:1].upper()}{sentence[1:]}{full_stop}"
