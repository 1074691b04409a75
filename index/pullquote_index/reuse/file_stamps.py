"""Sizes and times of files, and when they prove that a file is unchanged."""

from __future__ import annotations

import datetime as dt

from pullquote.storage.schema import FileRecord

_CLOCK_TICK_NS = 2_000_000_000
"""In nanoseconds: the coarsest clock of a file system, FAT's, ticks every two seconds."""


def times_prove(record: FileRecord, began: dt.datetime) -> bool:
    """Whether equal size and time prove that a file is the one that was read.

    A file that was younger than a clock tick when the build began may have been written again, with
    the same size, within that tick; so may a file with a future time, after a clock was set back.
    """
    return record.modified_ns < began.timestamp() * 1e9 - _CLOCK_TICK_NS
