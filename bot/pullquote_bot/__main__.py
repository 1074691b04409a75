"""The `pullquote` command. It imports little, so that Ctrl-C is quiet from the first moment."""

from __future__ import annotations

import gc
import importlib
import os
import signal
import sys

_INTERRUPTED = 130
"""The exit status of shells after SIGINT: 128 and the signal's number."""


def main() -> int:
    """Run the command that was typed, and return its exit status."""
    # While libraries load, SIGINT ends the process: they would wrap a KeyboardInterrupt in errors.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    # pydantic would read the metadata of all installed packages to look for plugins.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    gc.disable()  # nothing that is loaded at the start is garbage; `cli.run` enables it
    cli = importlib.import_module("pullquote_bot.cli")
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        status: int = cli.main()
    except KeyboardInterrupt:
        return _INTERRUPTED
    except ImportError as error:  # a library that a command loads was interrupted in its start
        if isinstance(error.__cause__, KeyboardInterrupt):
            return _INTERRUPTED
        raise
    return status


if __name__ == "__main__":
    sys.exit(main())
