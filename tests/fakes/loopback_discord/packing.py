"""How gateway messages are packed: as they are, or as one stream of zlib or zstd for the whole connection."""

import importlib
import zlib
from typing import Any, Protocol


class Packing(Protocol):
    """Turns the text of one gateway message into what goes over the wire."""

    def pack(self, text: str) -> bytes | str: ...


class Plain:
    """No compression."""

    def pack(self, text: str) -> bytes | str:
        return text


class ZlibStream:
    """One deflate stream, flushed after each message so that it ends with 00 00 ff ff."""

    def __init__(self) -> None:
        self._stream = zlib.compressobj()

    def pack(self, text: str) -> bytes | str:
        return self._stream.compress(text.encode()) + self._stream.flush(zlib.Z_SYNC_FLUSH)


class ZstdStream:
    """One zstd stream; discord.py asks for it only where the package `zstandard` is, which is then here as well."""

    def __init__(self) -> None:
        self._zstd: Any = importlib.import_module("zstandard")
        self._stream = self._zstd.ZstdCompressor().compressobj()

    def pack(self, text: str) -> bytes | str:
        data: bytes = self._stream.compress(text.encode()) + self._stream.flush(
            self._zstd.COMPRESSOBJ_FLUSH_BLOCK
        )
        return data


PACKINGS: dict[str | None, type[Plain] | type[ZlibStream] | type[ZstdStream]] = {
    None: Plain,
    "zlib-stream": ZlibStream,
    "zstd-stream": ZstdStream,
}
