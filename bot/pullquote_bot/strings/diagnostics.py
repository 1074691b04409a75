"""Lines for standard error: errors, warnings and notices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pullquote.translation import say, translate_constants
from pullquote_bot.visible_text import one_line

MOST_WARNINGS = 20
"""The most warnings that are printed at a time, unless all are asked for."""

OUT_OF_MEMORY = "there is not enough memory. Close other programs, or raise the limit of this one"
"""A command needs more memory than the machine or a limit (ulimit -v) gives it."""

NOT_UTF_8 = "is not UTF-8"
"""What is wrong with a line of a batch."""


def error(message: str) -> str:
    """An error, on one line."""
    return say("error: {message}\n", message=one_line(message))


def line_too_long(limit: int) -> str:
    """A line of a batch is too long; the limit counts characters."""
    return say("is longer than {limit:,} characters", limit=limit)


def own_mistake(error: Exception) -> str:
    """An error that no user has made."""
    return one_line(
        say(
            "cannot be answered because of a mistake in Pullquote ({kind}: {error})",
            kind=type(error).__name__,
            error=error,
        )
    )


def line_error(number: int, message: str) -> str:
    """An error in a line of a batch; lines are numbered from 1."""
    return error(say("line {number}: {message}", number=number, message=message))


def warning(message: str) -> str:
    """A warning, on one line."""
    return say("warning: {message}\n", message=one_line(message))


def warnings(messages: Sequence[str], *, hint: str = "") -> Iterator[str]:
    """A warning for each of the first messages, and one that counts the others.

    Args:
        messages: what the warnings say.
        hint: where the others are, for the warning that counts them.
    """
    yield from map(warning, messages[:MOST_WARNINGS])
    if len(messages) > MOST_WARNINGS:
        yield warning(
            say("and {count:,} more{hint}", count=len(messages) - MOST_WARNINGS, hint=hint)
        )


def notice(message: str) -> str:
    """A notice, on one line."""
    return say("notice: {message}\n", message=one_line(message))


translate_constants(__name__)
