import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.query import Query, understand
from pullquote.answering.search import FoundPassage, search, unchanged_article
from pullquote.corpus.passages import ArticleRow, PassageId
from pullquote.errors import ArchiveError
from support.archives import HARBOUR, LIBRARY, ORCHARD, build_into, settings_for, write_jsonl


def found_in(archive: OpenIndex, query: Query) -> list[FoundPassage]:
    return list(search(archive, query))


def test_the_passage_that_has_the_words_comes_first(town: OpenIndex) -> None:
    assert found_in(town, understand("frost apricot harvest"))[0].article.id == "orchard"
    assert found_in(town, understand("library hours February"))[0].article.id == "library"


def test_each_passage_found_is_one_of_the_archives_without_white_space_at_its_ends(
    town: OpenIndex,
) -> None:
    known = {
        (town.store.passage(PassageId(at)).article, town.store.passage(PassageId(at)).span)
        for at in range(town.store.passages)
    }
    found = found_in(town, understand("Elm Ford"))
    assert len(found) == len({(passage.row, passage.span) for passage in found})
    for passage in found:
        words = passage.span.of(passage.article.text)
        assert words == words.strip()
        assert town.store.article(passage.row) == passage.article
        assert any(row == passage.row and span.contains(passage.span) for row, span in known)


def test_only_the_dates_and_the_source_that_are_asked_for_are_searched(town: OpenIndex) -> None:
    query = understand(
        "ferry operators library frost", since=dt.date(2024, 5, 1), until=dt.date(2025, 12, 31)
    )
    assert {passage.article.id for passage in found_in(town, query)} == {"orchard", "library"}
    assert {
        passage.article.id
        for passage in found_in(town, dataclasses.replace(query, source="the quay"))
    } == {"library"}
    assert found_in(town, understand("frost", since=dt.date(2030, 1, 1))) == []


def test_an_article_that_changed_is_neither_found_nor_shown(tmp_path: Path, built: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text(
        "Bridge news\n\nThe harbour bridge reopened on Tuesday after eleven months of repairs."
    )
    write_jsonl(folder / "b.jsonl", HARBOUR, ORCHARD, LIBRARY)
    build_into(built, [folder])
    archive = OpenIndex(settings_for(built))
    before = found_in(archive, understand("harbour bridge"))
    row = next(passage.row for passage in before if passage.article.path == "news/a.txt")
    assert unchanged_article(archive, row) is not None
    (folder / "a.txt").write_text("Bridge news\n\nNothing of the kind.")
    assert unchanged_article(archive, row) is None
    after = found_in(archive, understand("harbour bridge"))
    assert after == [passage for passage in before if passage.row != row]


def test_a_row_that_is_not_there_is_an_error_of_the_archives(town: OpenIndex) -> None:
    with pytest.raises(ArchiveError):
        unchanged_article(town, ArticleRow(10_000_000))
