"""Read the articles of a new generation; copy those of unchanged files."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pullquote.corpus.articles import Article
from pullquote.corpus.hashing import file_sha256
from pullquote.errors import ArticleError
from pullquote.storage.schema import FileRecord
from pullquote_index.progress import Progress
from pullquote_index.readers import reader_for
from pullquote_index.readers.discovery import DiscoveredFiles
from pullquote_index.readers.problems import Problem, SourceFile
from pullquote_index.reuse.previous_generation import PreviousGeneration
from pullquote_index.steps.store_writer import StoreWriter

_TRIES = 3
"""A file that changes while it is read is read at most this many times."""


@dataclass(frozen=True, slots=True)
class ReadResult:
    """The result of reading.

    Attributes:
        problems: problems with files and articles, in the order of the files' names.
        read: number of files that were read; the others were unchanged.
    """

    problems: tuple[Problem, ...]
    read: int


def read_archive(
    store: StoreWriter,
    discovered: DiscoveredFiles,
    max_bytes: int,
    previous: PreviousGeneration | None,
    *,
    strict: bool,
    progress: Progress,
) -> ReadResult:
    """Write all articles into the store.

    Args:
        store: receives the articles.
        discovered: the files of articles.
        max_bytes: the largest article that is read, in bytes.
        previous: the generation to copy articles from.
        strict: stop at the first problem.
        progress: receives the progress, in bytes.

    Raises:
        ArticleError: there is a problem, and `strict`.
        OSError: the store cannot be written.
    """
    reusable = previous if previous and previous.has_same_reading(max_bytes) else None
    files = _FileReader(store, max_bytes, reusable)
    progress.begin("reading articles", sum(_stamp(file)[0] for file in discovered.files))
    problems: list[Problem] = []
    for problem in _all_problems(files, discovered, progress):
        if strict:
            raise ArticleError(
                problem.what,
                where=problem.where,
                mend="Correct it, or build without --strict; the live index is unchanged",
            )
        problems.append(problem)
    return ReadResult(tuple(problems), files.read)


def _all_problems(
    files: _FileReader, discovered: DiscoveredFiles, progress: Progress
) -> Iterator[Problem]:
    """Add the articles of all files to the store, and yield the problems."""
    yield from discovered.problems
    for row, file in enumerate(discovered.files):
        yield from files.add(row, file)
        progress.advance(_stamp(file)[0])


class _FileReader:
    """Adds the articles of one file after the other to the store."""

    def __init__(
        self, store: StoreWriter, max_bytes: int, previous: PreviousGeneration | None
    ) -> None:
        self._store = store
        self._max_bytes = max_bytes
        self._previous = previous
        self._previous_files = previous.files() if previous else {}
        self.read = 0

    def add(self, row: int, file: SourceFile) -> list[Problem]:
        """Add the articles of a file. Returns its problems."""
        problems = self._copy_unchanged(row, file)
        if problems is None:
            self.read += 1
            problems = self._read_settled(row, file)
        for problem in problems:
            self._store.add_problem(row, problem)
        return problems

    def _copy_unchanged(self, row: int, file: SourceFile) -> list[Problem] | None:
        """Copy the articles from the previous generation.

        Returns:
            The file's problems, or None if the file has changed, or may have.
        """
        if self._previous is None or file.path not in self._previous_files:
            return None
        previous_row, record = self._previous_files[file.path]
        size, modified_ns = _stamp(file)
        if not record.settled or (record.name, record.bytes) != (file.name, size):
            return None
        is_unchanged = modified_ns == record.modified_ns and self._previous.trusts_time(record)
        if not is_unchanged and _sha256(file) != record.sha256:
            return None
        if not self._store.copy_articles(previous_row, row):
            return None
        self._store.add_file(row, replace(record, root=file.root, modified_ns=modified_ns))
        return self._store.previous_problems(previous_row)

    def _read_settled(self, row: int, file: SourceFile) -> list[Problem]:
        """Read a file, and again if it changes while it is read."""
        for _ in range(_TRIES):
            self._store.remove_articles(row)
            stamp, sha256 = _stamp(file), _sha256(file)
            problems, has_duplicate = self._read(row, file)
            settled = stamp == _stamp(file) and bool(sha256)
            if settled:
                break
        self._store.add_file(
            row,
            FileRecord(
                file.name, file.path, file.root, *stamp, sha256, settled and not has_duplicate
            ),
        )
        return problems

    def _read(self, row: int, file: SourceFile) -> tuple[list[Problem], bool]:
        """Read a file into the store.

        Returns:
            Its problems, and whether an article was skipped because another file has its id.
        """
        problems: list[Problem] = []
        has_duplicate = False
        reader = reader_for(file.path)
        assert reader is not None  # only such files are discovered
        try:
            for item in reader(file, self._max_bytes):
                if isinstance(item, Problem):
                    problems.append(item)
                elif not self._store.add_article(item, row):
                    has_duplicate = True
                    problems.append(
                        Problem(
                            _location(item),
                            f"has the id {item.id!r} that {self._store.location_of(item.id)} has",
                        )
                    )
        except OSError as error:
            if not _concerns(error, file):
                raise
            problems.append(Problem(file.name, f"cannot be read ({error.strerror or error})"))
        return problems, has_duplicate


def _concerns(error: OSError, file: SourceFile) -> bool:
    """Whether an error is about the file of articles, not about the index."""
    return error.filename is None or os.fspath(error.filename) == str(file.path)


def _stamp(file: SourceFile) -> tuple[int, int]:
    """A file's size in bytes and modification time in nanoseconds; zeros if it is inaccessible."""
    with contextlib.suppress(OSError):
        status = file.path.stat()
        return status.st_size, status.st_mtime_ns
    return 0, 0


def _sha256(file: SourceFile) -> str:
    """A file's hash; empty if it cannot be read."""
    with contextlib.suppress(OSError):
        return file_sha256(file.path)
    return ""


def _location(article: Article) -> str:
    return f"{article.path}:{article.line}" if article.line else article.path
