"""The `pullquote` command."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Mapping, Sequence
from typing import TextIO

from pullquote.errors import PullquoteError
from pullquote_bot.arguments import parser
from pullquote_bot.streams import Streams

_INTERRUPTED = 130
"""128 and the number of SIGINT, as shells report it."""
_MODULES = {
    "ask": "pullquote_bot.commands.ask",
    "check": "pullquote_bot.commands.check",
    "index": "pullquote_bot.commands.index",
    "repl": "pullquote_bot.commands.repl",
    "status": "pullquote_bot.commands.status",
}
"""Each command's module, imported only when it is typed: answering must start at once."""


def main() -> int:
    """Run the command that was typed, and return its exit status."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace" if stream is sys.stdin else "backslashreplace")
    return run(sys.argv[1:], Streams(sys.stdin, sys.stdout, sys.stderr), os.environ)


def run(words: Sequence[str], streams: Streams, environment: Mapping[str, str]) -> int:
    """Run a command.

    Args:
        words: the command line, without the program's name.
        streams: where it reads and writes.
        environment: the environment variables.

    Returns:
        0 when it answered or did what was asked, 1 when nothing in the archive answers or a
        check found something, 2 for an error, 130 when it was interrupted.
    """
    arguments = parser().parse_args(words)
    command = importlib.import_module(_MODULES[arguments.command or "repl"])
    try:
        status: int = command.run(arguments, streams, environment)
        streams.output.flush()
    except PullquoteError as error:
        return _complain(streams.errors, str(error))
    except KeyboardInterrupt:
        streams.errors.write("\n")
        return _INTERRUPTED
    except BrokenPipeError:  # the reader of a pipe has left
        os.dup2(os.open(os.devnull, os.O_WRONLY), streams.output.fileno())
        return 0
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        return _complain(streams.errors, f"{place}{error.strerror or error}. Nothing was changed")
    return status


def _complain(stream: TextIO, message: str) -> int:
    stream.write(f"error: {message}\n")
    return 2


if __name__ == "__main__":
    sys.exit(main())
