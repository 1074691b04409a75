"""From files to the articles of a new generation. Files that have not changed are not read: their articles are taken over."""

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
from pullquote_index.readers.discovery import Found
from pullquote_index.readers.problems import Problem, SourceFile
from pullquote_index.reuse.previous_generation import PreviousGeneration
from pullquote_index.steps.store_writer import StoreWriter

_TRIES = 3
"""How often a file that changes while it is read is read again, before what was read last is taken."""


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What came of reading.

    Attributes:
        problems: what is wrong with files and articles, in the order of their names.
        read: how many files were read; the others were as before.
    """

    problems: tuple[Problem, ...]
    read: int


def read_archive(
    store: StoreWriter,
    found: Found,
    max_bytes: int,
    before: PreviousGeneration | None,
    *,
    strict: bool,
    progress: Progress,
) -> ReadResult:
    """Bring every article into the store.

    Args:
        store: takes the articles.
        found: the files that hold them.
        max_bytes: the largest article that is read.
        before: the generation to take over from.
        strict: stop at the first problem.
        progress: told how far the reading is, in bytes.

    Raises:
        ArticleError: there is a problem, and `strict`.
        OSError: the store cannot be written.
    """
    step = _Step(store, max_bytes, before if before and before.may_skip(max_bytes) else None)
    progress.begin("reading articles", sum(_stamp(file)[0] for file in found.files))
    problems: list[Problem] = []
    for problem in _all(step, found, progress):
        if strict:
            raise ArticleError(
                problem.what,
                where=problem.where,
                mend="Mend it, or build without --strict; the index was left as it was",
            )
        problems.append(problem)
    return ReadResult(tuple(problems), step.read)


def _all(step: _Step, found: Found, progress: Progress) -> Iterator[Problem]:
    yield from found.problems
    for row, file in enumerate(found.files):
        yield from step.bring(row, file)
        progress.advance(_stamp(file)[0])


class _Step:
    """Brings one file after the other into the store."""

    def __init__(
        self, store: StoreWriter, max_bytes: int, before: PreviousGeneration | None
    ) -> None:
        self._store = store
        self._max_bytes = max_bytes
        self._before = before
        self._known = before.files() if before else {}
        self.read = 0

    def bring(self, row: int, file: SourceFile) -> list[Problem]:
        """Bring the articles of a file. Returns what is wrong with it."""
        problems = self._take_over(row, file)
        if problems is None:
            self.read += 1
            problems = self._read_settled(row, file)
        for problem in problems:
            self._store.add_problem(row, problem)
        return problems

    def _take_over(self, row: int, file: SourceFile) -> list[Problem] | None:
        """Take the articles from the generation before. None if the file has changed since, or might have."""
        if self._before is None or file.path not in self._known:
            return None
        there, record = self._known[file.path]
        size, modified_ns = _stamp(file)
        if not record.settled or (record.name, record.bytes) != (file.name, size):
            return None
        unmoved = modified_ns == record.modified_ns and self._before.trusts_time(record)
        if not unmoved and _sha256(file) != record.sha256:
            return None
        if not self._store.take_over(there, row):
            return None
        self._store.add_file(row, replace(record, root=file.root, modified_ns=modified_ns))
        return self._store.problems_before(there)

    def _read_settled(self, row: int, file: SourceFile) -> list[Problem]:
        """Read a file, again if it changes meanwhile."""
        for _ in range(_TRIES):
            self._store.forget(row)
            stamp, sha256 = _stamp(file), _sha256(file)
            problems, apart = self._read(row, file)
            settled = stamp == _stamp(file) and bool(sha256)
            if settled:
                break
        self._store.add_file(
            row, FileRecord(file.name, file.path, file.root, *stamp, sha256, settled and not apart)
        )
        return problems

    def _read(self, row: int, file: SourceFile) -> tuple[list[Problem], bool]:
        """The problems of a file whose articles go into the store, and whether one was left out for another file's sake."""
        problems: list[Problem] = []
        apart = False
        reader = reader_for(file.path)
        assert reader is not None  # it was found for having one
        try:
            for item in reader(file, self._max_bytes):
                if isinstance(item, Problem):
                    problems.append(item)
                elif not self._store.add_article(item, row):
                    apart = True
                    problems.append(
                        Problem(
                            _place(item),
                            f"has the id {item.id!r} that {self._store.where_is(item.id)} has",
                        )
                    )
        except OSError as error:
            if not _is_of(error, file):
                raise
            problems.append(Problem(file.name, f"cannot be read ({error.strerror or error})"))
        return problems, apart


def _is_of(error: OSError, file: SourceFile) -> bool:
    """Whether an error is the article's file's and not the index's."""
    return error.filename is None or os.fspath(error.filename) == str(file.path)


def _stamp(file: SourceFile) -> tuple[int, int]:
    """A file's size and modification time; zeros for one that cannot be looked at."""
    with contextlib.suppress(OSError):
        status = file.path.stat()
        return status.st_size, status.st_mtime_ns
    return 0, 0


def _sha256(file: SourceFile) -> str:
    """A file's hash; empty for one that cannot be read."""
    with contextlib.suppress(OSError):
        return file_sha256(file.path)
    return ""


def _place(article: Article) -> str:
    return f"{article.path}:{article.line}" if article.line else article.path
