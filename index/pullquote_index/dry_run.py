"""Reads an archive as a build would, and keeps nothing of it but what it says about itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pullquote.corpus.articles import Article
from pullquote.settings import Settings
from pullquote_index.progress import Progress
from pullquote_index.readers import reader_for
from pullquote_index.readers.discovery import Discovery, discover
from pullquote_index.readers.file_articles import file_articles
from pullquote_index.readers.problems import Problem, ReadingOptions, SourceFile
from pullquote_index.steps.kind_counts import KindCounts, by_kind, counts_of

_COUNTS_PER_SUM = 10_000
"""Counts of single articles are summed in groups of this size."""


@dataclass(frozen=True, slots=True)
class DryRun:
    """What a build would read.

    Attributes:
        files: the number of files that contain articles.
        articles: the number of articles.
        first: the first articles, in the order of files.
        kinds: the articles of each kind of file, and how many have which fields.
        others: the files of other kinds.
        problems: files and articles that could not be read, or only in part, or on a guess.
        left_out: drafts and pages without text, which are left out on purpose.
    """

    files: int
    articles: int
    first: tuple[Article, ...]
    kinds: tuple[KindCounts, ...]
    others: tuple[str, ...]
    problems: tuple[Problem, ...]
    left_out: tuple[Problem, ...]


def dry_run(settings: Settings, paths: Sequence[Path], progress: Progress, first: int) -> DryRun:
    """Read all articles, and write nothing.

    Args:
        settings: say how files are read, and name the folder of the index, which is skipped.
        paths: the files and folders of the articles.
        progress: receives the progress, in files.
        first: the number of articles that are kept.

    Raises:
        RequestError: a path does not exist, or is a file that no reader reads.
    """
    discovery = discover(paths, settings.index.path)
    progress.begin("reading articles", len(discovery.files))
    kept: list[Article] = []
    reports = list(discovery.problems)
    kinds: list[KindCounts] = []
    articles = 0
    for item in _read(settings, discovery, progress):
        if isinstance(item, Problem):
            reports.append(item)
            continue
        articles += 1
        kinds.append(counts_of(item))
        if len(kinds) >= _COUNTS_PER_SUM:
            kinds = list(by_kind(kinds))
        if len(kept) < first:
            kept.append(item)
    return DryRun(
        files=len(discovery.files),
        articles=articles,
        first=tuple(kept),
        kinds=by_kind(kinds),
        others=discovery.others,
        problems=tuple(report for report in reports if not report.is_expected),
        left_out=tuple(report for report in reports if report.is_expected),
    )


def _read(
    settings: Settings, discovery: Discovery, progress: Progress
) -> Iterator[Article | Problem]:
    """Yield the articles of all files and the problems with them."""
    options = ReadingOptions.of(settings.articles)
    taken: set[int] = set()
    for file in discovery.files:
        for item in _read_file(replace(file, options=options), settings.articles.max_bytes):
            if isinstance(item, Article):
                key = hash(item.id)
                if key in taken:
                    where = f"{item.path}:{item.line}" if item.line else item.path
                    yield Problem(where, f"has the id {item.id!r} that another article has")
                    continue
                taken.add(key)
            yield item
        progress.advance(1)


def _read_file(file: SourceFile, max_bytes: int) -> Iterator[Article | Problem]:
    reader = reader_for(file.path)
    assert reader is not None  # files without a reader are not discovered
    try:
        yield from file_articles(reader, file, max_bytes)
    except OSError as error:
        yield Problem(file.name, f"cannot be read ({error.strerror or error})")
