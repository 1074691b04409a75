"""`pullquote watch`: keeps the index fresh while files come and go."""

from __future__ import annotations

import importlib
import os
import signal
from collections.abc import Mapping

from pullquote_bot.command_line.arguments import WatchArguments
from pullquote_bot.terminal.streams import Streams


def run(arguments: WatchArguments, streams: Streams, environment: Mapping[str, str]) -> int:
    """Watch until SIGTERM, with status 0, or Ctrl-C, with status 130."""
    # Until the watch begins there is nothing to end or to clean up.
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    # Imported only now, by its name: its libraries take seconds to load.
    refresh_loop = importlib.import_module("pullquote_bot.commands.refresh_loop")
    status: int = refresh_loop.run(arguments, streams, environment)
    return status
