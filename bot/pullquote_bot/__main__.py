"""The `pullquote` command: as little as can be, so that an interruption is quiet from the first moment."""

from __future__ import annotations

import importlib
import signal
import sys

_INTERRUPTED = 130
"""128 and the number of SIGINT, as shells report it."""


def main() -> int:
    """Run the command that was typed, and return its exit status."""
    signal.signal(
        signal.SIGINT, signal.SIG_DFL
    )  # while libraries load, which wrap an interruption in errors of their own
    cli = importlib.import_module("pullquote_bot.cli")
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        status: int = cli.main()
    except KeyboardInterrupt:
        return _INTERRUPTED
    return status


if __name__ == "__main__":
    sys.exit(main())
