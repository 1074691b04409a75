"""When a file's size and modification time prove that it is unchanged."""

from __future__ import annotations

import datetime as dt

from pullquote.storage.schema import FileRecord

_CLOCK_TICK_NS = 2_000_000_000
"""The coarsest clock of a file system, FAT's, in nanoseconds."""


def has_reliable_time(record: FileRecord, began: dt.datetime) -> bool:
    """Whether a file that still has its recorded size and time is certainly unchanged.

    A file that was written just before the build began may have been written again within the same
    tick of the clock, to the same size. So may a file with a time in the future, if the clock was
    set back.

    Args:
        record: the file, as the build read it.
        began: when that build began.
    """
    return record.modified_ns < began.timestamp() * 1e9 - _CLOCK_TICK_NS
