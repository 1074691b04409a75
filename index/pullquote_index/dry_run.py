"""Reads an archive as a build would, and keeps nothing of it but what it says about itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pullquote.corpus.articles import Article
from pullquote.settings import Settings
from pullquote_index.progress import Progress, report_file
from pullquote_index.readers import reader_for
from pullquote_index.readers.discovery import Discovery, discover
from pullquote_index.readers.file_articles import file_articles
from pullquote_index.readers.problem_list import ProblemList
from pullquote_index.readers.problems import Problem, ReadingOptions, SourceFile, location
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
    problems, left_out = ProblemList.of_all_files(), ProblemList.of_all_files()
    problems.extend(discovery.problems)
    kinds: list[KindCounts] = []
    articles = 0
    for item in _read(settings, discovery, progress):
        if isinstance(item, Problem):
            (left_out if item.is_expected else problems).add(item)
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
        problems=tuple(problems.listed()),
        left_out=tuple(left_out.listed()),
    )


def _read(
    settings: Settings, discovery: Discovery, progress: Progress
) -> Iterator[Article | Problem]:
    """Yield the articles of all files and the problems with them."""
    options = ReadingOptions.of(settings.articles)
    taken: set[int] = set()
    for file in discovery.files:
        report_file(progress, file.name)
        problems = ProblemList.of_file(file.name)
        for item in _read_file(replace(file, options=options), settings.articles.max_bytes):
            if isinstance(item, Problem):
                problems.add(item)
            elif (key := hash(item.id)) in taken:
                what = f"has the id {item.id!r} that another article has"
                problems.add(Problem(location(item), what))
            else:
                taken.add(key)
                yield item
        yield from problems.listed()
        progress.advance(1)


def _read_file(file: SourceFile, max_bytes: int) -> Iterator[Article | Problem]:
    reader = reader_for(file.path)
    assert reader is not None  # files without a reader are not discovered
    try:
        yield from file_articles(reader, file, max_bytes)
    except OSError as error:
        yield Problem(file.name, f"cannot be read ({error.strerror or error})")
