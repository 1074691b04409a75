"""The bytes of a file of records: unpacked, and in UTF-8 if the file is in UTF-16 or UTF-32."""

from __future__ import annotations

import codecs
import contextlib
import gzip
import io
import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast

from pullquote_index.readers.decoding import Decoded, decode_otherwise, wide_encoding
from pullquote_index.readers.documents import limits
from pullquote_index.readers.problems import Problem, SourceFile

GZIP_ERRORS = (gzip.BadGzipFile, EOFError, zlib.error)
"""What reading a damaged gzip file raises."""
_SAMPLE = 4_096
_BLOCK = 1 << 16
"""In bytes."""


@contextlib.contextmanager
def open_records(file: SourceFile) -> Iterator[BinaryIO]:
    """Open a file of records.

    Raises:
        OSError: the file cannot be read.
        GZIP_ERRORS: it is not a whole gzip file. Reading from it raises them, too.
    """
    with file.opened() as raw:
        is_gzipped = file.path.name.lower().endswith(".gz")
        stream = io.BufferedReader(_Unpacked(raw), _BLOCK) if is_gzipped else raw
        encoding = wide_encoding(stream.peek(_SAMPLE)[:_SAMPLE])
        if encoding:
            yield cast("BinaryIO", io.BufferedReader(_Recoded(cast("BinaryIO", stream), encoding)))
        else:
            yield cast("BinaryIO", stream)


class UnpacksTooMuchError(gzip.BadGzipFile):
    """A gzip file unpacks to more than text does."""


def gzip_problem(name: str, error: Exception) -> Problem:
    """What is wrong with a gzip file."""
    if isinstance(error, UnpacksTooMuchError):
        return Problem(name, f"{error}: the rest of the file is not read")
    return Problem(name, f"is not a whole gzip file ({error})")


class _Unpacked(io.RawIOBase):
    """The unpacked bytes of a gzip file, up to a multiple of its size."""

    def __init__(self, packed: BinaryIO) -> None:
        self._packed = packed
        self._stream = gzip.GzipFile(fileobj=packed)
        self._size = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        count = self._stream.readinto1(buffer)
        self._size += count
        if self._size > limits.RATIO_FREE_BYTES + limits.UNPACKED_RATIO * self._packed.tell():
            ratio = f"{limits.UNPACKED_RATIO} times its size"
            raise UnpacksTooMuchError(f"unpacks to more than {ratio}, as no text does")
        return count


class _Recoded(io.RawIOBase):
    """A stream of UTF-16 or UTF-32, read as UTF-8."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
        self._pending = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        while not self._pending:
            block = self._stream.read(_BLOCK)
            self._pending = self._decoder.decode(block, final=not block).encode()
            if not block:
                break
        count = min(len(buffer), len(self._pending))
        buffer[:count] = self._pending[:count]
        self._pending = self._pending[count:]
        return count


class LineDecoder:
    """Decodes the lines of a file; reports an encoding that is guessed once."""

    def __init__(self, file: SourceFile) -> None:
        """Decode the lines of this file."""
        self._options = file.options
        self._was_reported = False

    def decode(self, line: bytes, where: str) -> tuple[str, tuple[Problem, ...]]:
        """The text of a line, with a note the first time that it is not UTF-8."""
        try:
            return line.decode(), ()
        except UnicodeDecodeError as error:
            decoded: Decoded = decode_otherwise(line, where, self._options, error)
        notes = () if self._was_reported else decoded.notes
        self._was_reported = self._was_reported or bool(notes)
        return decoded.text, notes
