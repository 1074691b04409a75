"""When a file's size and times prove that it is unchanged."""

from __future__ import annotations

import contextlib
import datetime as dt

from pullquote.storage.schema import FileRecord

_CLOCK_TICK_NS = 2_000_000_000
"""The coarsest clock of a file system, FAT's, in nanoseconds."""


def nanoseconds(moment: dt.datetime) -> int:
    """A moment in nanoseconds since 1970."""
    return int(moment.timestamp() * 1e9)


def has_reliable_time(record: FileRecord, compared_ns: int) -> bool:
    """Whether a file that still has its recorded size and time is certainly unchanged.

    A file that was written just before it was compared may have been written again within the same
    tick of the clock, to the same size. So may a file with a time in the future, if the clock was
    set back. And a program that writes a file can set its modification time back, but not the time
    of its last change of any kind (`ctime`), which is the system's own.

    Args:
        record: the file, as the build read it.
        compared_ns: when its bytes were compared with the record, in nanoseconds since 1970.
    """
    changed_ns = 0
    with contextlib.suppress(OSError):
        changed_ns = record.path.stat().st_ctime_ns
    return max(record.modified_ns, changed_ns) < compared_ns - _CLOCK_TICK_NS
