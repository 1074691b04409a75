"""From files to the articles of a new generation."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from pullquote.articles import Article
from pullquote.errors import ArticleError
from pullquote.hashing import file_sha256
from pullquote.store import FileRecord, StoreWriter
from pullquote_index.discover import Found
from pullquote_index.progress import Progress
from pullquote_index.readers import reader_for
from pullquote_index.readers.problem import Problem, SourceFile


def read_archive(store: StoreWriter, found: Found, max_bytes: int, *, strict: bool, progress: Progress) -> list[Problem]:
    """Bring every article into the store.

    Args:
        store: takes the articles.
        found: the files that hold them.
        max_bytes: the largest article that is read.
        strict: stop at the first problem.
        progress: told how far the reading is, in bytes.

    Returns:
        What is wrong with files and articles, in the order of their names.

    Raises:
        ArticleError: there is a problem, and `strict`.
    """
    progress.begin("reading articles", sum(_size(file) for file in found.files))
    problems: list[Problem] = []
    for problem in _read_all(store, found, max_bytes, progress):
        if strict:
            raise ArticleError(problem.what, where=problem.where, mend="Mend it, or build without --strict; the index was left as it was")
        problems.append(problem)
    return problems


def _read_all(store: StoreWriter, found: Found, max_bytes: int, progress: Progress) -> Iterator[Problem]:
    yield from found.problems
    for row, file in enumerate(found.files):
        reader = reader_for(file.path)
        if reader is None:
            continue
        record = _record(file)
        store.add_file(row, record)
        try:
            for item in reader(file, max_bytes):
                if isinstance(item, Problem):
                    yield item
                elif not store.add_article(item, row):
                    yield Problem(_place(item), f"has the id {item.id!r} that {store.where_is(item.id)} has")
        except OSError as error:
            yield Problem(file.name, f"cannot be read ({error.strerror or error})")
        progress.advance(record.bytes)


def _record(file: SourceFile) -> FileRecord:
    """What there is to know of a file; of one that cannot be read its size and time at most."""
    size = modified_ns = 0
    sha256 = ""
    with contextlib.suppress(OSError):
        status = file.path.stat()
        size, modified_ns = status.st_size, status.st_mtime_ns
        sha256 = file_sha256(file.path)
    return FileRecord(file.name, file.path, file.root, size, modified_ns, sha256)


def _size(file: SourceFile) -> int:
    with contextlib.suppress(OSError):
        return file.path.stat().st_size
    return 0


def _place(article: Article) -> str:
    return f"{article.path}:{article.line}" if article.line else article.path
