"""Runs the command that was typed, and prints its errors."""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Mapping, Sequence

from pullquote.errors import PullquoteError
from pullquote.translation import ENGLISH, speaking
from pullquote_bot.command_line.command_hints import with_index_options
from pullquote_bot.command_line.command_modules import module_of
from pullquote_bot.command_line.parser import parse
from pullquote_bot.discord_bot.bot_token import TOKEN_VARIABLES
from pullquote_bot.strings import diagnostics, prompt
from pullquote_bot.terminal.streams import Streams


def main() -> int:
    """Run the command that was typed, and return its exit status."""
    # A stream that the caller closed is None; reads and writes go to the null device instead.
    with open(os.devnull, "r+", encoding="utf-8") as null:  # noqa: PTH123 - it is no path of ours
        streams = Streams(sys.stdin or null, sys.stdout or null, sys.stderr or null)
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
        streams: what the command reads from and writes to.
        environment: the environment variables.

    Returns:
        0 if it answered or did what was asked, 1 if nothing in the archive answers or a check
        found something, 2 after an error.

    Raises:
        KeyboardInterrupt: Ctrl-C.
        SystemExit: the command line asks for help or the version, or has a mistake.
    """
    command = parse(words, default_command(environment))
    if command.name == "repl" and not command.typed:
        streams.errors.write(prompt.INSTEAD_OF_BOT)
    try:
        module = module_of(command.name)
        gc.freeze()
        gc.enable()
        with speaking(ENGLISH):  # until the settings name another language
            status: int = module.run(command.arguments, streams, environment)
        streams.output.flush()
    except PullquoteError as error:
        return _print_error(streams, with_index_options(str(error), command.arguments))
    except MemoryError:
        return _print_error(streams, diagnostics.OUT_OF_MEMORY)
    except BrokenPipeError:  # the reader of the pipe has closed it
        os.dup2(os.open(os.devnull, os.O_WRONLY), streams.output.fileno())
        return 0
    except OSError as error:
        file = f"{error.filename}: " if error.filename else ""
        return _print_error(streams, f"{file}{error.strerror or error}")
    return status


def default_command(environment: Mapping[str, str]) -> str:
    """What `pullquote` alone runs: the bot if its token is set, otherwise the local prompt."""
    return "bot" if any(environment.get(name) for name in TOKEN_VARIABLES) else "repl"


def _print_error(streams: Streams, message: str) -> int:
    streams.errors.write(diagnostics.error(message))
    return 2
