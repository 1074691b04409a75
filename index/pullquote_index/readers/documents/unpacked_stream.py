"""A stream that stops where a packed file unpacks to too much."""

from __future__ import annotations

from collections.abc import Callable

from pullquote_index.readers.documents import limits


class ArchiveRefused(Exception):
    """An archive or a member is not read further. The message says why."""


class UnpackedStream:
    """Reads from a stream until its limits."""

    def __init__(
        self, read: Callable[[int], bytes], packed_bytes: Callable[[], int], most: int
    ) -> None:
        """Begin at the stream's start.

        Args:
            read: reads at most the given number of unpacked bytes.
            packed_bytes: gives how many packed bytes were read for them.
            most: the maximum number of unpacked bytes.
        """
        self._read = read
        self._packed_bytes = packed_bytes
        self._most = most
        self._size = 0

    def read(self, size: int) -> bytes:
        """Read at most `size` bytes.

        Raises:
            ArchiveRefused: a limit is exceeded.
        """
        data = self._read(size)
        self._size += len(data)
        if self._size > self._most:
            raise ArchiveRefused(f"unpacks to more than {self._most >> 30:,} GB")
        ratio_limit = limits.RATIO_FREE_BYTES + limits.UNPACKED_RATIO * self._packed_bytes()
        if self._size > ratio_limit:
            ratio = f"{limits.UNPACKED_RATIO} times its size"
            raise ArchiveRefused(f"unpacks to more than {ratio}, as no text does")
        return data
