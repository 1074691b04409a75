"""Decodes bytes to the text of an article, unchanged.

The encoding is that of the byte order mark; else UTF-16, if every other byte is zero; else UTF-8.
Bytes that are not UTF-8 are read in the encoding of the setting `articles.encoding`, or as
Windows-1252, and a note says so.
"""

from __future__ import annotations

import codecs
import contextlib
import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from pullquote_index.readers.mojibake import mojibake_in, mojibake_note
from pullquote_index.readers.problems import Problem, ReadingOptions, SourceFile, note

_BYTE_ORDER_MARK = "\ufeff"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks with their encodings. UTF-32's little-endian mark begins with UTF-16's."""
WINDOWS = "windows-1252"
_LATIN_1 = "iso8859-1"
_SINGLE_BYTE = ("iso8859", "cp125", "koi8", "mac-", "ascii", "cp866")
"""Beginnings of names of single-byte encodings, as Python spells them."""
_NO_CHARSETS = frozenset("idna punycode raw-unicode-escape undefined unicode-escape utf-7".split())
"""Python's encodings that no page may declare. Some raise errors of their own."""
_KEEP_NUMBER = "pullquote-keep-number"
"""The name of an error handler: a byte becomes the character of its number."""
_SAMPLE = 4_096
"""The number of bytes in which zeros are counted."""
_ZERO_SHARE, _OTHER_ZERO_SHARE = 0.3, 0.05
"""UTF-16 of western text has zeros in at least this share of one half of its bytes, and in at most
this share of the other half."""
_CONTROL_SHARE = 0.02
"""A file with more control characters is not text."""
_CONTROLS = bytes({*range(32), 127} - {*range(9, 14), 27})
_MAX_STRAY_BYTES = 10_000
"""With more bytes that are not UTF-8, a text is not UTF-8 with stray bytes."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text.

    Attributes:
        text: it.
        notes: what was guessed about its encoding.
    """

    text: str
    notes: tuple[Problem, ...] = ()


class DecodedFile(NamedTuple):
    """A file that contains one article.

    Attributes:
        data: its bytes.
        text: its text.
        notes: what was guessed about its encoding.
    """

    data: bytes
    text: str
    notes: tuple[Problem, ...]


def decode_file(
    file: SourceFile, max_bytes: int, declared_in: Callable[[bytes], str] = lambda _data: ""
) -> DecodedFile | Problem:
    """Read a file that contains one article.

    Args:
        file: the file.
        max_bytes: the maximum size, in bytes.
        declared_in: the encoding that such a file itself declares, as HTML does; empty without one.

    Returns:
        Its bytes and its text, or why it cannot be used.

    Raises:
        OSError: the file cannot be read.
    """
    with file.opened() as stream:
        data = stream.read(max_bytes + 1)
    if len(data) > max_bytes:
        return Problem(file.name, f"is larger than {max_bytes:,} bytes (articles.max_bytes)")
    decoded = decode(data, file.name, file.options, declared_in(data))
    if isinstance(decoded, Problem):
        return decoded
    return DecodedFile(data, decoded.text, decoded.notes)


def decode(
    data: bytes, where: str, options: ReadingOptions | None = None, declared: str = ""
) -> Decoded | Problem:
    """Decode the bytes of one article.

    Args:
        data: the bytes.
        where: the file, for the problem.
        options: names the encoding of text that is not UTF-8.
        declared: the encoding that the bytes themselves declare; empty without one.

    Returns:
        The text, or why there is none.
    """
    decoded = _decoded(data, where, options or ReadingOptions(), declared)
    if isinstance(decoded, Problem):
        return decoded
    if not decoded.text.strip().strip(_BYTE_ORDER_MARK).strip():
        return Problem(where, "is empty")
    sample = mojibake_in(decoded.text)
    if sample:
        return Decoded(decoded.text, (*decoded.notes, mojibake_note(where, sample)))
    return decoded


def _decoded(data: bytes, where: str, options: ReadingOptions, declared: str) -> Decoded | Problem:
    if encoding := wide_encoding(data[:_SAMPLE]):
        name = encoding.upper().removesuffix("-LE").removesuffix("-BE")
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            return Problem(where, f"begins like {name}, but is not ({error.reason})")
        is_marked = text.startswith(_BYTE_ORDER_MARK)
        guess = f"has no byte order mark; it looks like {name}, and is read as such"
        return Decoded(text, () if is_marked else (note(where, guess),))
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if b"\0" in data or controls > _CONTROL_SHARE * len(data):
        what = "it contains a NUL byte" if b"\0" in data else "it contains control characters"
        return Problem(where, f"is binary, not text ({what})")
    if declared and not data.startswith(codecs.BOM_UTF8):
        as_stated = as_declared(data, declared)
        if as_stated is not None:
            return Decoded(as_stated)
    try:
        return Decoded(data.decode())
    except UnicodeDecodeError as error:
        return decode_otherwise(data, where, options, error)


def as_declared(data: bytes, declared: str) -> str | None:
    """The text in the encoding that the bytes declare; None if the declaration is wrong.

    Text of a single-byte encoding is hardly ever UTF-8 by chance, so what is UTF-8 is read as such.
    As in browsers, ISO 8859-1 means Windows-1252.
    """
    try:
        name = codecs.lookup(declared).name
        if name in _NO_CHARSETS:
            return None
        if name.startswith(_SINGLE_BYTE):
            with contextlib.suppress(UnicodeDecodeError):
                return data.decode()
        return decode_with(data, WINDOWS) if name == _LATIN_1 else data.decode(name)
    except (UnicodeError, LookupError):
        return None


def wide_encoding(sample: bytes) -> str:
    """The encoding of the beginning of a file if it is UTF-16 or UTF-32; otherwise empty."""
    for mark, encoding in _MARKS:
        if sample.startswith(mark):
            return "" if encoding == "utf-8" else encoding
    if b"\0" not in sample:
        return ""
    half = max(1, len(sample) // 2)
    even, odd = sample[::2].count(0) / half, sample[1::2].count(0) / half
    if odd >= _ZERO_SHARE and even <= _OTHER_ZERO_SHARE:
        return "utf-16-le"
    if even >= _ZERO_SHARE and odd <= _OTHER_ZERO_SHARE:
        return "utf-16-be"
    return ""


def decode_otherwise(
    data: bytes, where: str, options: ReadingOptions, error: UnicodeDecodeError
) -> Decoded:
    """Decode bytes that are not UTF-8, or not all of them."""
    chosen = options.encoding or WINDOWS
    kept = data.decode(errors="ignore")
    multibyte = len(kept) - len(kept.encode("ascii", "ignore"))
    stray = len(data) - len(kept.encode())
    at = f"byte 0x{data[error.start]:02x} at {error.start}"
    if multibyte > stray and stray <= _MAX_STRAY_BYTES:
        text = _mixed(data, chosen)
        count = "1 byte that is" if stray == 1 else f"{stray:,} bytes that are"
        what = f"has {count} not UTF-8 ({at}): read as {options.encoding or 'Windows-1252'}"
        return Decoded(text, (note(where, what),))
    text = decode_with(data, chosen)
    if options.encoding:
        return Decoded(text)
    guess = f"is not UTF-8 ({at}): read as Windows-1252; name another with articles.encoding"
    return Decoded(text, (note(where, guess),))


def decode_with(data: bytes, encoding: str) -> str:
    """Decode all bytes. Those that the encoding does not define keep their number."""
    if codecs.lookup(encoding).name.startswith(_SINGLE_BYTE):
        return codecs.charmap_decode(data, "strict", _characters(encoding))[0]
    return data.decode(encoding, errors=_KEEP_NUMBER)


@functools.cache
def _characters(encoding: str) -> str:
    """The character of each byte in a single-byte encoding."""
    return "".join(bytes([byte]).decode(encoding, errors=_KEEP_NUMBER) for byte in range(256))


def _mixed(data: bytes, encoding: str) -> str:
    """UTF-8 in which single bytes are of another encoding."""

    def stray_bytes(error: UnicodeError) -> tuple[str, int]:
        assert isinstance(error, UnicodeDecodeError)
        return decode_with(error.object[error.start : error.end], encoding), error.end

    handler = f"pullquote-stray-{encoding}"
    codecs.register_error(handler, stray_bytes)
    return data.decode(errors=handler)


def _kept_number(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error(_KEEP_NUMBER, _kept_number)


def byte_order_mark_length(text: str) -> int:
    """The length of the byte order mark at the beginning of a text: 1, or 0 without one."""
    return 1 if text.startswith(_BYTE_ORDER_MARK) else 0
