"""Reads the files in an archive, each by the reader of its kind.

A member is unpacked into a temporary folder, read, and deleted before the next one, so that an
interrupted build leaves nothing, and a killed one at most one file, which the next one deletes.
"""

from __future__ import annotations

import contextlib
import gzip
import struct
import tarfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import IO

from pullquote.corpus.articles import Article
from pullquote_index.readers.documents import limits
from pullquote_index.readers.documents.spool_folder import spool_folder
from pullquote_index.readers.documents.unpacked_stream import ArchiveRefused, UnpackedStream
from pullquote_index.readers.drafts import is_in_drafts
from pullquote_index.readers.named_dates import date_in_path
from pullquote_index.readers.problems import Problem, SourceFile, draft, other_files
from pullquote_index.readers.site_files import GENERATED_FOLDERS, is_about_the_folder

ReadFile = Callable[[SourceFile, int], Iterator[Article | Problem]]
"""A reader, as readers/__init__.py defines it."""
ReaderFor = Callable[[PurePosixPath], ReadFile | None]
"""Gives the reader for a file of this name, or None if there is none."""
BROKEN = (
    zipfile.BadZipFile, tarfile.TarError, gzip.BadGzipFile, EOFError, zlib.error, struct.error,
    ValueError, NotImplementedError, RuntimeError,
)  # fmt: skip
"""What the standard library raises at broken archives."""
_ARCHIVES = (
    ".zip", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".tbz2", ".txz", ".7z", ".rar", ".zst",
)  # fmt: skip
_LINES = (".jsonl.gz", ".ndjson.gz")
"""Packed files that have a reader of their own, within an archive too."""
_CHUNK_BYTES = 1 << 18
_MAX_NAME_CHARACTERS = 60
"""The name of an unpacked file is the end of its member's name, of at most this length."""
_MAX_SHOWN_KINDS = 5


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive.

    Attributes:
        name: its path in the archive; empty for the only member of an archive without names.
        file_name: the name from which its kind is known.
        open: opens it for reading.
        problem: why it cannot be read; empty if it can.
        is_of_stream: the archive is packed as a whole, so a broken member ends its reading.
    """

    name: str
    file_name: str
    open: Callable[[], UnpackedStream]
    problem: str = ""
    is_of_stream: bool = False


def articles_of_members(
    members: Iterator[Member], file: SourceFile, max_bytes: int, reader_for: ReaderFor
) -> Iterator[Article | Problem]:
    """Yield the articles of an archive's members, and the problems in their places.

    Args:
        members: the members, in the order in which the archive has them.
        file: the archive.
        max_bytes: the maximum size of an article, in bytes.
        reader_for: gives the reader for a member's name.
    """
    left_out: Counter[str] = Counter()
    unpacked_bytes = 0
    try:
        with spool_folder() as folder:
            for count, member in enumerate(members, start=1):
                _refuse_too_many(count, unpacked_bytes, file.path)
                if not _is_hidden(member.name) and not _is_generated(member.name):
                    reading = _Reading(member, file, max_bytes, folder)
                    yield from reading.articles(reader_for, left_out, count)
                    unpacked_bytes += reading.unpacked_bytes
    except ArchiveRefused as refused:
        yield Problem(file.name, f"{refused}; the files before are read")
    if left_out:
        kinds = [f"{number} {suffix}" for suffix, number in left_out.most_common(_MAX_SHOWN_KINDS)]
        kinds += ["others"] if len(left_out) > _MAX_SHOWN_KINDS else []
        count = left_out.total()
        files = "a file of another kind" if count == 1 else f"{count:,} files of other kinds"
        yield other_files(file.name, f"holds {files} ({', '.join(kinds)})")


def _refuse_too_many(count: int, unpacked_bytes: int, path: Path) -> None:
    """Raises ArchiveRefused if an archive has too many files, or unpacks to too much.

    Files in a zip file can be the same bytes, so their sum is compared with its size, too.
    """
    if count > limits.MEMBERS:
        raise ArchiveRefused(f"holds more than {limits.MEMBERS:,} files")
    ratio_bytes = limits.RATIO_FREE_BYTES + limits.UNPACKED_RATIO * path.stat().st_size
    if unpacked_bytes > min(ratio_bytes, limits.ARCHIVE_BYTES):
        raise ArchiveRefused(f"unpacks to more than {unpacked_bytes >> 20:,} MB")


@contextlib.contextmanager
def refused_if_broken() -> Iterator[None]:
    """What the standard library raises at broken archives ends the reading of the archive.

    Raises:
        ArchiveRefused: the archive is broken.
    """
    try:
        yield
    except BROKEN as error:
        raise ArchiveRefused(f"is not a whole archive ({_line(error)})") from error


class _Reading:
    """The reading of one member.

    Attributes:
        unpacked_bytes: its size.
    """

    def __init__(self, member: Member, file: SourceFile, max_bytes: int, folder: Path) -> None:
        self._member, self._file = member, file
        self._max_bytes = max_bytes
        self._folder = folder
        self.unpacked_bytes = 0
        self._name = f"{file.name}/{member.name}" if member.name else file.name

    def articles(
        self, reader_for: ReaderFor, left_out: Counter[str], number: int
    ) -> Iterator[Article | Problem]:
        """Yield the member's articles, or why there are none.

        Args:
            reader_for: gives the reader for its name.
            left_out: counts files of other kinds by the end of their names.
            number: its place in the archive, from 1.
        """
        path = PurePosixPath(self._member.file_name)
        if problem := _name_problem(self._member.name):
            yield Problem(_visible(self._name), problem)
            return
        if path.name.lower().endswith(_ARCHIVES) and not path.name.lower().endswith(_LINES):
            yield Problem(self._name, "is an archive within an archive")
            return
        reader = reader_for(path)
        if self._member.name and is_about_the_folder(path.name):
            left_out[path.name] += 1
        elif reader is None:
            left_out[path.suffix.lower()[:20] or "without an ending"] += 1
        elif is_in_drafts(PurePosixPath(self._member.name)):
            yield draft(self._name, "is not published (in _drafts)")
        elif self._member.problem:
            yield Problem(self._name, self._member.problem)
        else:
            for item in self._unpacked(reader, path):
                yield self._placed(item, number)

    def _placed(self, item: Article | Problem, number: int) -> Article | Problem:
        """A member that is one article has its place in the archive for a line.

        Without a date of its own, it has the date in its path.
        """
        if isinstance(item, Problem) or item.line:
            return item
        published = item.published or date_in_path(self._member.name)
        return replace(item, line=number, published=published)

    def _unpacked(self, reader: ReadFile, path: PurePosixPath) -> Iterator[Article | Problem]:
        """Unpack the member, and yield what the reader finds in it."""
        spool = self._folder / path.name[-_MAX_NAME_CHARACTERS:]
        try:
            problem = self._unpack(spool)
            # Of a .gz file that is cut short, what it holds is read.
            if not problem or (not self._member.name and spool.stat().st_size):
                file = replace(self._file, name=self._name, path=spool, root=self._folder)
                yield from reader(file, self._max_bytes)
            if problem:
                yield Problem(self._name, problem)
        except OSError as error:
            if error.filename not in {str(spool), spool}:
                raise
            yield Problem(self._name, f"cannot be read ({error.strerror or error})")
        finally:
            with contextlib.suppress(OSError):
                spool.unlink()

    def _unpack(self, spool: Path) -> str:
        """Write the member's bytes to a file. Returns what is wrong with it; empty if nothing."""
        with spool.open("xb") as output:
            try:
                with refused_if_broken() if self._member.is_of_stream else contextlib.nullcontext():
                    self._copy(output)
            except ArchiveRefused as refused:
                if self._member.is_of_stream:
                    raise
                output.truncate(0)
                return str(refused)
            except BROKEN as error:
                return f"is broken in its archive ({_line(error)})"
        return ""

    def _copy(self, output: IO[bytes]) -> None:
        stream = self._member.open()
        while data := stream.read(_CHUNK_BYTES):
            output.write(data)
            self.unpacked_bytes += len(data)


def _is_hidden(name: str) -> bool:
    """Whether a member is hidden, as in folders; macOS adds a folder of its own to zip files."""
    parts = name.split("/")
    return "__MACOSX" in parts or any(p.startswith(".") and p not in {".", ".."} for p in parts)


def _is_generated(name: str) -> bool:
    """Whether a member lies in a folder with what builds a site."""
    return not GENERATED_FOLDERS.isdisjoint(name.split("/")[:-1])


def _name_problem(name: str) -> str:
    """Why a member's name cannot be used; empty if it can."""
    if (
        name.startswith(("/", "\\"))
        or ".." in name.replace("\\", "/").split("/")
        or ":" in name[:2]
    ):
        return "has a name that leads out of its archive"
    if not name.isprintable():
        return "has a name that cannot be shown"
    return ""


def _visible(name: str) -> str:
    return name if name.isprintable() else ascii(name)[:200]


def _line(error: BaseException) -> str:
    """An error's message on one line."""
    return _visible(" ".join(str(error).split())[:200]) or type(error).__name__
