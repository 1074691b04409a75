"""What embeds in a build in place of threads: a number of processes, or those of a scheduler."""

from __future__ import annotations

import re

MOST_PROCESSES = 512
"""The most processes of one machine."""
_SCHEDULER = re.compile(r"(tcp|tls)://[\w.:\[\]-]+:\d{1,5}", re.ASCII)


def parse_workers(text: str) -> int | str:
    """A number of worker processes, or the address of a Dask scheduler.

    Raises:
        ValueError: the text is neither; the message says so.
    """
    if text.isdecimal() and text.isascii():
        if not 1 <= int(text[:9]) <= MOST_PROCESSES:
            raise ValueError(f"{text!r} is not a number of processes from 1 to {MOST_PROCESSES}")
        return int(text)
    if _SCHEDULER.fullmatch(text):
        return text
    raise ValueError(
        f"{text!r} is neither a number of processes nor an address such as tcp://10.0.0.5:8786"
    )
