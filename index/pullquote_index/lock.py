"""One builder at a time."""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from pullquote.errors import ArchiveBusy


@contextlib.contextmanager
def build_lock(folder: Path) -> Iterator[None]:
    """Hold the right to build in `folder`. The system takes it back from a process that dies.

    Raises:
        ArchiveBusy: another process holds it; says which, and since when.
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "lock"
    with path.open("a+", encoding="utf-8") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            stream.seek(0)
            holder = stream.read().strip() or "another process"
            raise ArchiveBusy(f"the index is being built by {holder}", where=str(folder), mend="Wait until it is done") from None
        stream.truncate(0)
        stream.write(f"process {os.getpid()} since {dt.datetime.now().astimezone().isoformat(timespec='seconds')}")
        stream.flush()
        yield
