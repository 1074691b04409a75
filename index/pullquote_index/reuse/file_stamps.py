"""Sizes and times of files, and when they prove that a file is unchanged."""

from __future__ import annotations

import datetime as dt

from pullquote.storage.schema import FileRecord

_YOUNG_NS = 2_000_000_000
"""FAT's clock, the coarsest, ticks in two seconds."""


def trusts_time(record: FileRecord, began: dt.datetime) -> bool:
    """Whether a file that still has its size and time must be the one that was read.

    One that was young when the build began may have been written again within one tick of its clock, to the
    same size; so may one whose time was still to come, on a clock that was set back.
    """
    return record.modified_ns < began.timestamp() * 1e9 - _YOUNG_NS
