"""Decodes a file's bytes to the text of an article, unchanged."""

from __future__ import annotations

from pullquote_index.readers.problems import Problem, SourceFile

_BYTE_ORDER_MARK = "\ufeff"


def decode_file(file: SourceFile, max_bytes: int) -> tuple[bytes, str] | Problem:
    """Read a file that contains one article.

    Args:
        file: the file.
        max_bytes: the maximum size, in bytes.

    Returns:
        Its bytes and its text, or why it cannot be used.

    Raises:
        OSError: the file cannot be read.
    """
    with file.path.open("rb") as stream:
        data = stream.read(max_bytes + 1)
    if len(data) > max_bytes:
        return Problem(file.name, f"is larger than {max_bytes:,} bytes (articles.max_bytes)")
    text = decode(data, file.name)
    return text if isinstance(text, Problem) else (data, text)


def decode(data: bytes, where: str) -> str | Problem:
    """Decode UTF-8.

    Args:
        data: the bytes.
        where: the file, for the problem.

    Returns:
        The text, or why there is none.
    """
    if b"\0" in data:
        return Problem(where, "is binary, not text (it contains a NUL byte)")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return Problem(where, f"is not UTF-8 (byte 0x{data[error.start]:02x} at {error.start})")
    if not text.strip().strip(_BYTE_ORDER_MARK).strip():
        return Problem(where, "is empty")
    return text


def byte_order_mark_length(text: str) -> int:
    """The length of the byte order mark at the beginning of a text: 1, or 0 without one."""
    return 1 if text.startswith(_BYTE_ORDER_MARK) else 0
