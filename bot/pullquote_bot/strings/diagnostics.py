"""Lines for standard error: errors, warnings and notices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pullquote_bot.visible_text import one_line

MOST_WARNINGS = 20
"""The most warnings that are printed at a time, unless all are asked for."""

OUT_OF_MEMORY = "there is not enough memory. Close other programs, or raise the limit of this one"
"""A command needs more memory than the machine or a limit (ulimit -v) gives it."""

NOT_UTF_8 = "is not UTF-8"
"""What is wrong with a line of a batch."""


def error(message: str) -> str:
    """An error, on one line."""
    return f"error: {one_line(message)}\n"


def line_too_long(limit: int) -> str:
    """A line of a batch is too long; the limit counts characters."""
    return f"is longer than {limit:,} characters"


def own_mistake(error: Exception) -> str:
    """An error that no user has made."""
    return one_line(
        f"cannot be answered because of a mistake in Pullquote ({type(error).__name__}: {error})"
    )


def line_error(number: int, message: str) -> str:
    """An error in a line of a batch; lines are numbered from 1."""
    return error(f"line {number}: {message}")


def warning(message: str) -> str:
    """A warning, on one line."""
    return f"warning: {one_line(message)}\n"


def warnings(messages: Sequence[str], *, hint: str = "") -> Iterator[str]:
    """A warning for each of the first messages, and one that counts the others.

    Args:
        messages: what the warnings say.
        hint: where the others are, for the warning that counts them.
    """
    yield from map(warning, messages[:MOST_WARNINGS])
    if len(messages) > MOST_WARNINGS:
        yield warning(f"and {len(messages) - MOST_WARNINGS:,} more{hint}")


def notice(message: str) -> str:
    """A notice, on one line."""
    return f"notice: {one_line(message)}\n"
