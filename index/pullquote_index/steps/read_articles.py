"""Reads the articles of a new generation. The articles of unchanged files are reused."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from pullquote.corpus.articles import ArticleId
from pullquote.corpus.hashing import stream_sha256
from pullquote.errors import ArticleError
from pullquote.storage.schema import FileRecord
from pullquote_index.progress import Progress, report_file
from pullquote_index.readers import reader_for
from pullquote_index.readers.discovery import Discovery
from pullquote_index.readers.file_articles import file_articles
from pullquote_index.readers.problem_list import ProblemList
from pullquote_index.readers.problems import (
    Problem,
    ProblemKind,
    ReadingOptions,
    SourceFile,
    location,
    withdrawn_article,
)
from pullquote_index.reuse.previous_generation import PreviousGeneration
from pullquote_index.steps.store_writer import StoreWriter

_DEFAULT_OPTIONS = ReadingOptions()
_STRICT_MEND = "Correct it, or build without --strict; the live index is unchanged"
_ATTEMPTS = 3
"""How often a file is read that changes while it is read. Then the last result is used."""


@dataclass(frozen=True, slots=True)
class ReadResult:
    """The result of reading.

    Attributes:
        problems: the problems with files and articles, in the order of the files' names.
        left_out: drafts and pages without text, in the same order.
        read: the number of files that were read; the articles of the others were reused.
    """

    problems: tuple[Problem, ...]
    left_out: tuple[Problem, ...]
    read: int


def read_articles(
    store: StoreWriter,
    discovery: Discovery,
    max_bytes: int,
    previous: PreviousGeneration | None,
    *,
    strict: bool,
    progress: Progress,
    options: ReadingOptions = _DEFAULT_OPTIONS,
    withdrawn: frozenset[ArticleId] = frozenset(),
    failed: Mapping[ArticleId, Problem] = MappingProxyType({}),
) -> ReadResult:
    """Collect every article in the store.

    Args:
        store: receives the articles.
        discovery: the files that contain them.
        max_bytes: the maximum size of an article, in bytes.
        previous: the generation whose articles are reused.
        strict: stop at the first problem.
        progress: receives the progress, in bytes.
        options: how the files are read.
        withdrawn: articles that are left out.
        failed: articles that are left out because a later step cannot use them, and why. Their
            files are read again by the next build.

    Raises:
        ArticleError: there is a problem, and `strict` is set.
        OSError: the store cannot be written.
    """
    if previous and not previous.can_reuse_articles(max_bytes, options):
        previous = None
    collector = _Collector(store, max_bytes, previous, options, withdrawn, failed)
    progress.begin("reading articles", sum(_size_and_time(file)[0] for file in discovery.files))
    problems, left_out = ProblemList.of_all_files(), ProblemList.of_all_files()
    for problem in _all_problems(collector, discovery, progress):
        if strict and problem.stops_strict_build:
            raise ArticleError(problem.what, where=problem.where, mend=_STRICT_MEND)
        (left_out if problem.is_expected else problems).add(problem)
    return ReadResult(tuple(problems.listed()), tuple(left_out.listed()), collector.files_read)


def _all_problems(
    collector: _Collector, discovery: Discovery, progress: Progress
) -> Iterator[Problem]:
    """Collect the articles of all files, and yield the problems."""
    yield from discovery.problems
    for row, file in enumerate(discovery.files):
        report_file(progress, file.name)
        yield from collector.collect(row, file)
        progress.advance(_size_and_time(file)[0])


class _Collector:
    """Collects the articles of one file after the other.

    Attributes:
        files_read: the number of files that were read.
    """

    def __init__(
        self,
        store: StoreWriter,
        max_bytes: int,
        previous: PreviousGeneration | None,
        options: ReadingOptions,
        withdrawn: frozenset[ArticleId],
        failed: Mapping[ArticleId, Problem],
    ) -> None:
        self._withdrawn = withdrawn
        self._failed = failed
        self._articles = store.articles
        self._max_bytes = max_bytes
        self._options = options
        self._previous = previous
        self._previous_files = previous.files() if previous else {}
        self.files_read = 0

    def collect(self, row: int, file: SourceFile) -> list[Problem]:
        """Collect the articles of a file. Returns the problems with it."""
        file = replace(file, options=self._options)
        problems = self._reuse(row, file)
        if problems is None:
            self.files_read += 1
            problems = self._read_until_settled(row, file)
        for problem in problems:
            self._articles.add_problem(row, problem)
        return problems

    def _reuse(self, row: int, file: SourceFile) -> list[Problem] | None:
        """Reuse the articles of a file. Returns None if the file may have changed."""
        if self._previous is None or file.path not in self._previous_files:
            return None
        previous_row, record = self._previous_files[file.path]
        size, modified_ns = _size_and_time(file)
        if not record.settled or (record.name, record.bytes) != (file.name, size):
            return None
        has_same_time = modified_ns == record.modified_ns
        is_certain = has_same_time and self._previous.has_reliable_time(record)
        if not is_certain and _sha256(file) != record.sha256:
            return None
        problems = self._articles.previous_problems(previous_row)
        were_withdrawn = {item.where for item in problems if item.kind is ProblemKind.WITHDRAWN}
        if not were_withdrawn <= self._withdrawn or self._articles.previous_file_has(
            previous_row, self._withdrawn.union(self._failed)
        ):
            return None
        if not self._articles.reuse_file(previous_row, row):
            return None
        self._articles.add_file(row, replace(record, root=file.root, modified_ns=modified_ns))
        return problems

    def _read_until_settled(self, row: int, file: SourceFile) -> list[Problem]:
        """Read a file, and read it again if it changes meanwhile."""
        for _ in range(_ATTEMPTS):
            self._articles.discard_file(row)
            size_and_time, sha256 = _size_and_time(file), _sha256(file)
            problems, is_lasting = self._read(row, file)
            is_settled = size_and_time == _size_and_time(file) and bool(sha256)
            if is_settled:
                break
        record = FileRecord(
            file.name,
            file.path,
            file.root,
            *size_and_time,
            sha256,
            settled=is_settled and is_lasting,
        )
        self._articles.add_file(row, record)
        return problems

    def _read(self, row: int, file: SourceFile) -> tuple[list[Problem], bool]:
        """Read a file, and collect its articles.

        Returns:
            The problems with it, and whether they lie in the file alone: an id that another file
            has, or a step that fails, may be otherwise at the next build.
        """
        problems = ProblemList.of_file(file.name)
        is_lasting = True
        reader = reader_for(file.path)
        assert reader is not None  # files without a reader are not discovered
        try:
            for item in file_articles(reader, file, self._max_bytes):
                if isinstance(item, Problem):
                    problems.add(item)
                elif item.id in self._withdrawn:
                    problems.add(withdrawn_article(item.id))
                elif item.id in self._failed:
                    is_lasting = False
                    problems.add(self._failed[item.id])
                elif not self._articles.add(item, row):
                    is_lasting &= self._articles.is_of_file(item.id, row)
                    owner = self._articles.location(item.id)
                    what = f"has the id {item.id!r} that {owner} has"
                    problems.add(Problem(location(item), what))
        except OSError as error:
            if not _concerns(error, file):
                raise
            problems.add(Problem(file.name, f"cannot be read ({error.strerror or error})"))
        return problems.listed(), is_lasting


def _concerns(error: OSError, file: SourceFile) -> bool:
    """Whether an error is about an article's file, and not about the index."""
    return error.filename is None or os.fspath(error.filename) == str(file.path)


def _size_and_time(file: SourceFile) -> tuple[int, int]:
    """A file's size in bytes and its modification time in ns; zeros if it cannot be examined."""
    with contextlib.suppress(OSError):
        status = file.path.stat()
        return status.st_size, status.st_mtime_ns
    return 0, 0


def _sha256(file: SourceFile) -> str:
    """A file's hash; empty if it cannot be read."""
    with contextlib.suppress(OSError), file.opened() as stream:
        return stream_sha256(stream)
    return ""
