"""Lines for standard error: errors, warnings and notices."""

from __future__ import annotations

from pullquote_bot.visible_text import one_line

NOT_UTF_8 = "is not UTF-8"
"""What is wrong with a line of a batch."""


def error(message: str) -> str:
    """An error, on one line."""
    return f"error: {one_line(message)}\n"


def line_error(number: int, message: str) -> str:
    """An error in a line of a batch; lines are numbered from 1."""
    return error(f"line {number}: {message}")


def warning(message: str) -> str:
    """A warning, on one line."""
    return f"warning: {one_line(message)}\n"


def notice(message: str) -> str:
    """A notice, on one line."""
    return f"notice: {one_line(message)}\n"
