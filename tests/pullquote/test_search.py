import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.query import understand
from pullquote.answering.search import search, unchanged_article
from pullquote.corpus.passages import ArticleRow, PassageId
from pullquote.errors import ArchiveError
from support.archives import HARBOUR, LIBRARY, ORCHARD, build_into, settings_for, write_jsonl


def test_the_passage_with_the_words_comes_first(town: OpenIndex) -> None:
    assert search(town, understand("frost apricot harvest"))[0].article.id == "orchard"
    assert search(town, understand("library hours February"))[0].article.id == "library"


def test_found_passages_are_those_of_the_index_without_white_space_at_their_ends(
    town: OpenIndex,
) -> None:
    passages = [town.store.passage(PassageId(row)) for row in range(town.store.passages)]
    found = search(town, understand("Elm Ford"))
    assert len(found) == len({(passage.row, passage.span) for passage in found})
    for passage in found:
        words = passage.span.of(passage.article.text)
        assert words == words.strip()
        assert town.store.article(passage.row) == passage.article
        assert any(
            indexed.article == passage.row and indexed.span.contains(passage.span)
            for indexed in passages
        )


def test_only_articles_of_the_querys_dates_and_source_are_searched(town: OpenIndex) -> None:
    query = understand(
        "ferry operators library frost", since=dt.date(2024, 5, 1), until=dt.date(2025, 12, 31)
    )
    assert {passage.article.id for passage in search(town, query)} == {"orchard", "library"}
    assert {
        passage.article.id
        for passage in search(town, dataclasses.replace(query, source="the quay"))
    } == {"library"}
    assert search(town, understand("frost", since=dt.date(2030, 1, 1))) == []


def test_a_changed_article_is_neither_found_nor_shown(tmp_path: Path, built: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text(
        "Bridge news\n\nThe harbour bridge reopened on Tuesday after eleven months of repairs."
    )
    write_jsonl(folder / "b.jsonl", HARBOUR, ORCHARD, LIBRARY)
    build_into(built, [folder])
    archive = OpenIndex(settings_for(built))
    before = search(archive, understand("harbour bridge"))
    row = next(passage.row for passage in before if passage.article.path == "news/a.txt")
    assert unchanged_article(archive, row) is not None
    (folder / "a.txt").write_text("Bridge news\n\nNothing of the kind.")
    assert unchanged_article(archive, row) is None
    after = search(archive, understand("harbour bridge"))
    assert after == [passage for passage in before if passage.row != row]


def test_a_row_outside_of_the_index_is_an_error(town: OpenIndex) -> None:
    with pytest.raises(ArchiveError):
        unchanged_article(town, ArticleRow(10_000_000))
