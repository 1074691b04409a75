"""Reads archives: .zip, .tar, .tar.gz, and .gz of one file. Archives in archives are not read."""

from __future__ import annotations

import contextlib
import errno
import functools
import gzip
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, Self, cast

from pullquote.corpus.articles import Article
from pullquote_index.readers.documents import limits
from pullquote_index.readers.documents.archive_members import (
    BROKEN,
    Member,
    ReaderFor,
    articles_of_members,
    refused_if_broken,
)
from pullquote_index.readers.documents.unpacked_stream import ArchiveRefused, UnpackedStream
from pullquote_index.readers.documents.zip_directory import directory_problem
from pullquote_index.readers.problems import Problem, SourceFile

_GZIP = b"\x1f\x8b"
_ENCRYPTED = 1
"""The bit of a zip member's flags."""
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_FILE_TYPE, _REGULAR_FILE = 0o170000, 0o100000
_MAX_TAR_HEADER_BYTES = 1 << 20
"""A long name, or the properties of a tar member, which are read into memory."""
_NO_FILE = "is a link, or no regular file"


def read_zip(
    file: SourceFile, max_bytes: int, reader_for: ReaderFor
) -> Iterator[Article | Problem]:
    """Yield the articles of the files in a zip file, and the problems in their places.

    Args:
        file: the zip file.
        max_bytes: the maximum size of an article, in bytes.
        reader_for: gives the reader for a member's name.

    Raises:
        OSError: the file cannot be read.
    """
    with contextlib.ExitStack() as stack:
        raw = stack.enter_context(file.opened())
        if problem := directory_problem(raw):
            yield Problem(file.name, problem)
            return
        try:
            package = stack.enter_context(zipfile.ZipFile(raw))
        except BROKEN as error:
            yield Problem(file.name, f"is not a whole zip file ({error})")
            return
        yield from articles_of_members(_zip_members(package), file, max_bytes, reader_for)


def read_tar(
    file: SourceFile, max_bytes: int, reader_for: ReaderFor
) -> Iterator[Article | Problem]:
    """Yield the articles of the files in a tar file, packed by gzip or not. As `read_zip`."""
    with file.opened() as raw:
        yield from articles_of_members(_tar_members(raw), file, max_bytes, reader_for)


def read_gzip(
    file: SourceFile, max_bytes: int, reader_for: ReaderFor
) -> Iterator[Article | Problem]:
    """Yield the articles of a file that is packed by gzip alone. As `read_zip`."""
    with file.opened() as raw:
        file_name = PurePosixPath(file.name).name[: -len(".gz")]
        member = Member("", file_name, lambda: _gunzipped(raw, limits.MEMBER_BYTES))
        yield from articles_of_members(iter([member]), file, max_bytes, reader_for)


def _gunzipped(raw: IO[bytes], most: int) -> UnpackedStream:
    # `read1` returns what there is; `read` would lose it where the file is cut short.
    return UnpackedStream(gzip.GzipFile(fileobj=raw).read1, raw.tell, most)


def _zip_members(package: zipfile.ZipFile) -> Iterator[Member]:
    for info in package.infolist():
        if not info.is_dir():
            yield Member(
                info.filename,
                info.filename,
                functools.partial(_zip_stream, package, info),
                _zip_problem(info),
            )


def _zip_problem(info: zipfile.ZipInfo) -> str:
    if (info.external_attr >> 16) & _FILE_TYPE not in {0, _REGULAR_FILE}:
        return _NO_FILE
    if info.flag_bits & _ENCRYPTED:
        return "is encrypted"
    if info.compress_type not in _METHODS:
        return f"is packed by a method that is not read (number {info.compress_type})"
    return ""


def _zip_stream(package: zipfile.ZipFile, info: zipfile.ZipInfo) -> UnpackedStream:
    try:
        stream = package.open(info)
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
        raise zipfile.BadZipFile("it begins before the archive") from error
    return UnpackedStream(stream.read, lambda: info.compress_size, limits.MEMBER_BYTES)


class _TarInfo(tarfile.TarInfo):
    """A tar member whose further headers are small: the standard library reads them whole."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        """Parse a header."""
        info = super().frombuf(buf, encoding, errors)
        if not (info.isreg() or info.isdir()) and info.size > _MAX_TAR_HEADER_BYTES:
            raise ArchiveRefused(f"has a header of more than {_MAX_TAR_HEADER_BYTES >> 20} MB")
        return info


def _tar_members(raw: IO[bytes]) -> Iterator[Member]:
    start = raw.read(len(_GZIP))
    raw.seek(0)
    if start == _GZIP:
        stream = _gunzipped(raw, limits.ARCHIVE_BYTES)
    else:
        stream = UnpackedStream(raw.read, raw.tell, limits.ARCHIVE_BYTES)
    with contextlib.ExitStack() as stack:
        with refused_if_broken():
            fileobj = cast("IO[bytes]", stream)
            package = stack.enter_context(
                tarfile.open(fileobj=fileobj, mode="r|", tarinfo=_TarInfo)
            )
        while info := _next_info(package):
            package.members.clear()  # type: ignore[attr-defined]  # it would grow
            if not info.isdir():
                yield Member(
                    info.name,
                    info.name,
                    functools.partial(_tar_stream, package, info),
                    "" if info.isreg() and not info.issparse() else _NO_FILE,
                    is_of_stream=True,
                )


def _next_info(package: tarfile.TarFile) -> tarfile.TarInfo | None:
    with refused_if_broken():
        return package.next()


def _tar_stream(package: tarfile.TarFile, info: tarfile.TarInfo) -> UnpackedStream:
    """A member's bytes. The limit of the ratio is the whole archive's."""
    stream = package.extractfile(info)
    assert stream is not None  # it is a regular file
    return UnpackedStream(stream.read, lambda: limits.MEMBER_BYTES, limits.MEMBER_BYTES)
