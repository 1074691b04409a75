"""Dates and sources as rows of passages, against looking at every article."""

import datetime as dt
import itertools

import pytest

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.query import understand
from pullquote.answering.retrieval import filter_for
from pullquote.corpus.passages import ArticleRow

DAYS = [
    None,
    dt.date(2023, 1, 1),
    dt.date(2024, 3, 5),
    dt.date(2024, 3, 6),
    dt.date(2024, 5, 20),
    dt.date(2025, 1, 15),
    dt.date(2026, 1, 1),
]


def by_looking(
    archive: OpenIndex, since: dt.date | None, until: dt.date | None, source: str
) -> set[int]:
    """The passages of the articles that fit, one by one."""
    found: set[int] = set()
    for row in map(ArticleRow, range(archive.store.articles)):
        article = archive.store.article(row)
        dated = not (since or until) or (
            article.published is not None
            and (since or dt.date.min) <= article.published <= (until or dt.date.max)
        )
        if dated and article.source.casefold() == (source or article.source).casefold():
            found |= {int(passage.id) for passage in archive.store.passages_of(row)}
    return found


@pytest.mark.parametrize("source", ["", "The Quay", "VALLEY post"])
def test_a_filter_leaves_the_passages_of_the_articles_that_fit(
    town: OpenIndex, source: str
) -> None:
    for since, until in itertools.product(DAYS, DAYS):
        where = (
            filter_for(understand("ferry", since=since, until=until, source=source), town.store)
            if not since or not until or since <= until
            else None
        )
        expected = by_looking(town, since, until, source)
        if where is None:
            assert expected == set()
            continue
        assert where.size(town.store.passages) == len(expected)
        everything = range(town.store.passages)
        if where.members is not None:
            assert {row for row in everything if where.members[row // 8] >> row % 8 & 1} == expected
        else:
            assert set(everything if where.rows is None else where.rows) == expected


def test_a_source_asked_for_again_and_between_other_dates_is_the_same(town: OpenIndex) -> None:
    whole = town.store.passages_of_source("The Quay", range(town.store.passages))
    assert town.store.passages_of_source("the quay", range(town.store.passages)) == whole
    rows = {row for run in whole for row in run}
    for start, stop in itertools.combinations(range(town.store.passages + 1), 2):
        within = town.store.passages_of_source("The Quay", range(start, stop))
        assert [row for run in within for row in run] == sorted(rows & set(range(start, stop)))
