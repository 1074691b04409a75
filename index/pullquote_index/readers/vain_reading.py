"""Stops the reading of a file of records in which nothing is an article."""

from __future__ import annotations

from collections.abc import Iterator

from pullquote.corpus.articles import Article
from pullquote_index.readers.problems import Problem, ProblemKind

_MOST_RECORDS = 20_000
"""After this number of records in a row that are no articles, the rest of the file is not read."""
MOST_BLANK_LINES = 300_000
"""The same for blank lines."""


def until_in_vain(items: Iterator[Article | Problem], name: str) -> Iterator[Article | Problem]:
    """Yield the articles and problems of a file while articles are among them.

    Args:
        items: what its reader yields; a record that is no article is a problem.
        name: the file's name, for problems.
    """
    in_vain = 0
    for item in items:
        yield item
        is_wrong = isinstance(item, Problem) and item.skipped and item.kind is ProblemKind.PROBLEM
        in_vain = in_vain + 1 if is_wrong else 0
        if in_vain >= _MOST_RECORDS:
            yield rest_not_read(name, f"{_MOST_RECORDS:,} records in a row that are no articles")
            return


def rest_not_read(name: str, what: str) -> Problem:
    """That the rest of a file is not read."""
    return Problem(name, f"has {what}: the rest of the file is not read")
