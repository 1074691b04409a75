"""Runs a command: its arguments, its module, and what its errors are to the person who typed it."""

from __future__ import annotations

import importlib
import io
import os
import sys
from collections.abc import Mapping, Sequence
from typing import TextIO

from pullquote.errors import PullquoteError
from pullquote_bot.arguments import parser
from pullquote_bot.discord_bot.bot_token import TOKEN_VARIABLES
from pullquote_bot.strings import no_token
from pullquote_bot.terminal.streams import Streams
from pullquote_bot.visible_text import one_line

_MODULES = {
    "ask": "pullquote_bot.commands.ask",
    "bot": "pullquote_bot.commands.bot",
    "calibrate": "pullquote_bot.commands.calibrate",
    "check": "pullquote_bot.commands.check",
    "eval": "pullquote_bot.commands.eval",
    "index": "pullquote_bot.commands.index",
    "repl": "pullquote_bot.commands.repl",
    "status": "pullquote_bot.commands.status",
    "watch": "pullquote_bot.commands.watch",
}
"""Each command's module, imported only when it is typed: answering must start at once."""


def main() -> int:
    """Run the command that was typed, and return its exit status."""
    with open(os.devnull, "r+", encoding="utf-8") as nothing:  # noqa: PTH123 - a stream that the caller closed is read and written as nothing
        streams = Streams(sys.stdin or nothing, sys.stdout or nothing, sys.stderr or nothing)
        for stream, errors in (
            (streams.input, "surrogateescape"),
            (streams.output, "backslashreplace"),
            (streams.errors, "backslashreplace"),
        ):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(encoding="utf-8", errors=errors)
        return run(sys.argv[1:], streams, os.environ)


def run(words: Sequence[str], streams: Streams, environment: Mapping[str, str]) -> int:
    """Run a command.

    Args:
        words: the command line, without the program's name.
        streams: where it reads and writes.
        environment: the environment variables.

    Returns:
        0 when it answered or did what was asked, 1 when nothing in the archive answers or a
        check found something, 2 for an error.

    Raises:
        KeyboardInterrupt: the person who typed it interrupted it.
    """
    arguments = parser().parse_args(words)
    name = arguments.command or default_command(environment)
    if not arguments.command and name == "repl":
        streams.errors.write(f"{no_token()}\n")
    command = importlib.import_module(_MODULES[name])
    try:
        status: int = command.run(arguments, streams, environment)
        streams.output.flush()
    except PullquoteError as error:
        return _complain(streams.errors, str(error))
    except BrokenPipeError:  # the reader of a pipe has left
        os.dup2(os.open(os.devnull, os.O_WRONLY), streams.output.fileno())
        return 0
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        return _complain(streams.errors, f"{place}{error.strerror or error}")
    return status


def default_command(environment: Mapping[str, str]) -> str:
    """What `pullquote` alone runs: the bot where its token is, otherwise the REPL."""
    return "bot" if any(environment.get(name) for name in TOKEN_VARIABLES) else "repl"


def _complain(stream: TextIO, message: str) -> int:
    stream.write(f"error: {one_line(message)}\n")
    return 2
