"""How gateway messages are compressed: not at all, or as one zlib or zstd stream per connection."""

import importlib
import zlib
from typing import Any, Protocol


class Compressor(Protocol):
    """Turns the text of one gateway message into the payload of one WebSocket message."""

    def compress(self, text: str) -> bytes | str: ...


class NoCompression:
    """Sends the text itself."""

    def compress(self, text: str) -> bytes | str:
        return text


class ZlibStream:
    """One deflate stream, flushed after each message so that it ends with 00 00 ff ff."""

    def __init__(self) -> None:
        self._stream = zlib.compressobj()

    def compress(self, text: str) -> bytes | str:
        return self._stream.compress(text.encode()) + self._stream.flush(zlib.Z_SYNC_FLUSH)


class ZstdStream:
    """One zstd stream. discord.py asks for it only if the package `zstandard` is installed."""

    def __init__(self) -> None:
        self._zstd: Any = importlib.import_module("zstandard")
        self._stream = self._zstd.ZstdCompressor().compressobj()

    def compress(self, text: str) -> bytes | str:
        data: bytes = self._stream.compress(text.encode()) + self._stream.flush(
            self._zstd.COMPRESSOBJ_FLUSH_BLOCK
        )
        return data


COMPRESSORS: dict[str | None, type[NoCompression] | type[ZlibStream] | type[ZstdStream]] = {
    None: NoCompression,
    "zlib-stream": ZlibStream,
    "zstd-stream": ZstdStream,
}
"""By the value of the `compress` query parameter."""
