"""Only words that their source still has are quoted."""

import os
from pathlib import Path

import pytest

from pullquote.answering.answers import Refusal
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import understand
from pullquote.answering.statements import statements_of
from pullquote.corpus.articles import Article, ArticleId
from pullquote.corpus.hashing import sha256_of
from pullquote.corpus.spans import Span
from pullquote.storage import source_check
from pullquote.storage.schema import FileRecord
from pullquote.storage.source_check import SourceState, forget_hashes, source_state
from support.archives import HARBOUR, LIBRARY, ORCHARD, build_into, forge, settings_for, write_jsonl


def archive_of(folder: Path, built: Path) -> OpenIndex:
    folder.mkdir()
    (folder / "a.txt").write_text(
        "Bridge news\n\nThe harbour bridge reopened on Tuesday after repairs."
    )
    write_jsonl(folder / "b.jsonl", ORCHARD, LIBRARY)
    build_into(built, [folder])
    return OpenIndex(settings_for(built))


def test_a_changed_article_is_not_quoted_but_reported(tmp_path: Path, built: Path) -> None:
    archive = archive_of(tmp_path / "news", built)
    query = understand("When was the harbour bridge repaired?")
    before = answer(archive, query)
    assert (before.answered, before.quotes[0].article.path) == (True, "news/a.txt")
    (tmp_path / "news" / "a.txt").write_text(
        "Bridge news\n\nThe harbour bridge reopened on Friday after repairs."
    )
    found = answer(archive, query)
    assert [article.path for article in found.withheld] == ["news/a.txt"]
    assert all(quote.article.path != "news/a.txt" for quote in found.shown)
    assert (found.answered, found.refusal) == (False, Refusal.CHANGED), (
        "the rest of the archive does not answer"
    )


def test_a_deleted_article_is_named_only_where_it_would_have_been_quoted(
    tmp_path: Path, built: Path
) -> None:
    archive = archive_of(tmp_path / "news", built)
    (tmp_path / "news" / "a.txt").unlink()
    assert answer(archive, understand("harbour bridge")).withheld
    assert answer(archive, understand("How late is the town library open?")).withheld == ()
    nowhere = answer(archive, understand("Who won the chess championship in Toronto?"))
    assert (nowhere.refusal is not Refusal.CHANGED, nowhere.withheld) == (True, ())


def test_a_line_that_only_moved_within_its_file_is_still_quoted(
    tmp_path: Path, built: Path
) -> None:
    archive = archive_of(tmp_path / "news", built)
    write_jsonl(tmp_path / "news" / "b.jsonl", HARBOUR, LIBRARY, {**ORCHARD, "text": "Changed."})
    assert (
        answer(archive, understand("How late is the town library open?")).quotes[0].article.id
        == "library"
    )
    assert [
        article.id for article in answer(archive, understand("frost apricot harvest")).withheld
    ] == ["orchard"]


def test_an_unchanged_copy_is_quoted_in_place_of_a_changed_article(
    tmp_path: Path, built: Path
) -> None:
    first, second = (
        write_jsonl(tmp_path / "a.jsonl", HARBOUR),
        write_jsonl(tmp_path / "b.jsonl", {**HARBOUR, "id": "copy", "published": "2024-04-01"}),
    )
    build_into(built, [first, second, write_jsonl(tmp_path / "c.jsonl", LIBRARY)])
    first.write_text("")
    found = answer(OpenIndex(settings_for(built)), understand("What did the bridge cables cost?"))
    assert (found.answered, found.quotes[0].article.id) == (True, "copy")


def test_the_copy_in_the_index_is_quoted_if_the_whole_folder_is_elsewhere(
    tmp_path: Path, built: Path
) -> None:
    archive = archive_of(tmp_path / "news", built)
    (tmp_path / "news").rename(tmp_path / "away")
    found = answer(archive, understand("When did the harbour bridge reopen?"))
    assert found.shown[0].source_state == "elsewhere"


def test_articles_of_a_table_that_was_only_touched_are_still_quoted(
    tmp_path: Path, built: Path
) -> None:
    table = tmp_path / "news.csv"
    table.write_text(f'id,text\nbridge,"{HARBOUR["text"]}"\n')
    build_into(built, [table])
    archive = OpenIndex(settings_for(built))
    query = understand("What did the bridge cables cost?")
    os.utime(table, (1_600_000_000, 1_600_000_000))
    assert answer(archive, query).quotes[0].article.id == "bridge"
    table.write_text(f'id,text\nbridge,"{HARBOUR["text"]} And more."\n')
    assert [article.id for article in answer(archive, query).withheld] == ["bridge"]


def test_words_that_only_the_index_has_are_not_shown_where_the_source_is_there(
    tmp_path: Path, built: Path
) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    words = "The {} museum of Elm Ford was opened by its mayor on Tuesday."
    (folder / "a.txt").write_text(f"News\n\n{words.format('glass')}")
    write_jsonl(folder / "b.jsonl", {"id": "b", "text": words.format("stone")})
    (folder / "c.md").write_text(f"# News\n\n{words.format('**sugar**')}\n")
    (folder / "d.csv").write_text(f'id,text\nd,"{words.format("paper")} ""So,"" he said."\n')
    build_into(built, [folder])
    subjects = ("glass", "stone", "sugar", "paper")

    def quoted() -> set[str]:
        archive = OpenIndex(settings_for(built))
        return {
            quote.text
            for subject in subjects
            for quote in answer(archive, understand(f"Who opened the {subject} museum?")).shown
        }

    before = quoted()
    for subject in subjects:
        assert any(text.startswith(words.format(subject)) for text in before), subject
    forge(built, "by its mayor", "by two crows")
    assert not [text for text in quoted() if "opened" in text]


def test_a_line_that_is_replaced_by_one_of_the_same_size_and_time_is_not_quoted(
    tmp_path: Path, built: Path
) -> None:
    file = write_jsonl(tmp_path / "a.jsonl", LIBRARY, HARBOUR)
    os.utime(file, (1_600_000_000, 1_600_000_000))
    build_into(built, [file])
    archive = OpenIndex(settings_for(built))
    query = understand("What did the bridge cables cost?")
    assert answer(archive, query).quotes
    assert "cables" not in LIBRARY["text"]
    file.write_text(file.read_text().replace("cables", "tables"))
    os.utime(file, (1_600_000_000, 1_600_000_000))
    found = answer(archive, query)
    assert [article.id for article in found.withheld] == ["harbour"]
    assert not [quote.text for quote in found.shown if quote.article.id == "harbour"]


def test_words_replaced_at_the_same_size_and_time_are_neither_said_nor_called_unknown(
    tmp_path: Path, built: Path
) -> None:
    file = write_jsonl(tmp_path / "a.jsonl", HARBOUR)
    os.utime(file, (1_600_000_000, 1_600_000_000))
    build_into(built, [file])
    file.write_text(file.read_text().replace("cables", "tables"))
    os.utime(file, (1_600_000_000, 1_600_000_000))
    archive = OpenIndex(settings_for(built))
    found = answer(archive, understand("What did the bridge cables cost?"))
    assert (found.refusal, found.shown) == (Refusal.CHANGED, ())
    said = statements_of(archive.store, "Kovac")
    assert (said.statements, said.withheld) == ((), 2)


def test_a_changed_article_with_anothers_words_is_not_named_for_what_somebody_said(
    tmp_path: Path, built: Path
) -> None:
    low = {"id": "low", "text": "Mayor Ann Low said the bridge was safe and would open in May."}
    kovac = {"id": "kovac", "text": "Engineer Lidia Kovac said the bridge cables were too costly."}
    other = write_jsonl(tmp_path / "b.jsonl", kovac)
    build_into(built, [write_jsonl(tmp_path / "a.jsonl", low), other])
    other.write_text("")
    archive = OpenIndex(settings_for(built))
    assert answer(archive, understand("What did Lidia Kovac say about the cables?")).withheld
    found = answer(archive, understand("What did Ann Low say about the bridge cables?"))
    assert [article.id for article in found.withheld] == []


def test_a_file_larger_than_any_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An index from elsewhere may name a file of the system that has no end."""
    path = tmp_path / "kcore"
    path.write_bytes(data := bytes(2_000))
    sha256 = sha256_of(data)
    article = Article(ArticleId("a"), "", "A", Span(0, 1), None, "", "", "", (), "kcore", 0, sha256)
    file = FileRecord("kcore", path, tmp_path, len(data), 0, sha256)
    assert source_state(article, file) is SourceState.SAME
    forget_hashes()
    monkeypatch.setattr(source_check, "_LARGEST_FILE", 1_000)
    assert source_state(article, file) is SourceState.CHANGED
