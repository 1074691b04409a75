"""The process that has the archives open, and works on them for the bot (`archive_process`).

    python -m pullquote_bot.serving.archive_worker DESCRIPTOR...

Each descriptor is a socket. What arrives there is a function, pickled: the first opens the
archives, the others get them. The reply is what it returned, what it raised, and the answers that
it counted. The process ends with its parent.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from pullquote.errors import PullquoteError
from pullquote_bot.serving.json_log import configure_logging
from pullquote_bot.serving.prometheus_metrics import collected_counts

_NICENESS = 2
"""Its priority, as in nice(1): acknowledgements come first, and a rebuild (10) later."""
_SWITCH_INTERVAL = 0.001
"""Seconds for which a thread may hold the GIL while a short look-up waits for it."""


def main(descriptors: list[int]) -> None:
    """Open the archives, and work on them until the bot's process ends."""
    # Signals to the whole group reach this process, too; the bot ends it when its work is done.
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    sys.setswitchinterval(_SWITCH_INTERVAL)
    configure_logging(sys.stderr)
    first, *others = (Connection(descriptor) for descriptor in descriptors)
    opened: list[Any] = []
    _reply(first, lambda open_archives: opened.append(open_archives()))
    if not opened:
        return
    gc.freeze()
    gc.enable()
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, 0, _NICENESS)  # the threads to come inherit it
    for connection in others:
        threading.Thread(target=_serve, args=(connection, opened[0]), daemon=True).start()
    _serve(first, opened[0])


def _serve(connection: Connection, archives: Any) -> None:
    """Work on the archives until the other end of the connection is closed."""
    while True:
        _reply(connection, lambda work: work(archives))


def _reply(connection: Connection, run: Callable[[Any], Any]) -> None:
    """Receive a function, run it, and send what it returned or raised, and what it counted."""
    try:
        request = connection.recv_bytes()
    except (EOFError, OSError):
        os._exit(0)  # other threads may be at work: nobody waits for them any more
    value, error = None, None
    with collected_counts() as counts:
        try:
            value = run(pickle.loads(request))  # noqa: S301 - from our own process
        except Exception as raised:  # noqa: BLE001 - raised again where it was asked for
            error = _portable(raised)
    try:
        reply = pickle.dumps((value, error, counts), pickle.HIGHEST_PROTOCOL)
    except Exception as raised:  # noqa: BLE001 - pickling raises anything
        reply = pickle.dumps((None, _portable(raised), counts))
    with contextlib.suppress(OSError):
        connection.send_bytes(reply)


def _portable(error: Exception) -> Exception:
    """The error if it can be sent; else one that says the same. A mistake gets its traceback."""
    if not isinstance(error, PullquoteError):
        error.add_note("".join(traceback.format_exception(error)))
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - from this process
    except Exception:  # noqa: BLE001 - pickling raises anything
        portable = RuntimeError(f"{type(error).__name__}: {error}")
        portable.__notes__ = getattr(error, "__notes__", [])
        return portable
    return error


if __name__ == "__main__":
    gc.disable()  # nothing that is loaded at the start is garbage
    main([int(descriptor) for descriptor in sys.argv[1:]])
