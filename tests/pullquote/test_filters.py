"""Filters by date and source select the same passages as a look at every article."""

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


def passages_by_brute_force(
    archive: OpenIndex, since: dt.date | None, until: dt.date | None, source: str
) -> set[int]:
    """The passages of all matching articles, checked one by one."""
    passages: set[int] = set()
    for row in map(ArticleRow, range(archive.store.articles)):
        article = archive.store.article(row)
        date_matches = not (since or until) or (
            article.published is not None
            and (since or dt.date.min) <= article.published <= (until or dt.date.max)
        )
        if date_matches and article.source.casefold() == (source or article.source).casefold():
            passages |= {int(passage.id) for passage in archive.store.passages_of(row)}
    return passages


@pytest.mark.parametrize("source", ["", "The Quay", "VALLEY post"])
def test_a_filter_selects_the_passages_of_the_matching_articles(
    town: OpenIndex, source: str
) -> None:
    for since, until in itertools.product(DAYS, DAYS):
        selected = (
            filter_for(understand("ferry", since=since, until=until, source=source), town.store)
            if not since or not until or since <= until
            else None
        )
        expected = passages_by_brute_force(town, since, until, source)
        if selected is None:
            assert expected == set()
            continue
        assert selected.size(town.store.passages) == len(expected)
        rows = range(town.store.passages)
        if selected.members is not None:
            members = selected.members
            assert {row for row in rows if members[row // 8] >> row % 8 & 1} == expected
        else:
            assert set(rows if selected.rows is None else selected.rows) == expected


def test_the_kept_ranges_of_a_source_are_cut_to_the_dates_asked_for(town: OpenIndex) -> None:
    all_ranges = town.store.ranges.from_source("The Quay", range(town.store.passages))
    assert town.store.ranges.from_source("the quay", range(town.store.passages)) == all_ranges
    rows = {row for part in all_ranges for row in part}
    for start, stop in itertools.combinations(range(town.store.passages + 1), 2):
        ranges = town.store.ranges.from_source("The Quay", range(start, stop))
        assert [row for part in ranges for row in part] == sorted(rows & set(range(start, stop)))
