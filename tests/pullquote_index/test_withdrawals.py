"""Withdrawn articles, and articles of the future, are in no answer, list or count."""

import contextlib
import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import understand
from pullquote.answering.search import search, unchanged_article
from pullquote.corpus.articles import ArticleId
from pullquote.corpus.passages import ArticleRow
from pullquote.errors import ArchiveDamaged, RequestError
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.embedded_store import EmbeddedStore
from pullquote.storage.withdrawals import (
    WITHDRAWALS_FILE,
    Withdrawal,
    last_day_published,
    read_withdrawals,
)
from pullquote_bot.serving.live_archive import LiveArchive
from pullquote_bot.serving.open_archives import OpenArchives
from pullquote_index.lifecycle.freshness import is_stale
from pullquote_index.lifecycle.history import prune
from pullquote_index.lifecycle.withdrawing import withdraw
from support.archives import (
    HARBOUR,
    LIBRARY,
    NOON,
    ORCHARD,
    build_into,
    link_tree,
    settings_for,
    write_jsonl,
)

COPY = {**HARBOUR, "id": "copy", "published": "2024-03-06", "source": "Coast Wire"}
BRIDGE = understand("How much did the cables of the harbour bridge cost?")


def withdrawn(index: Path, article_id: str, *, undone: bool = False) -> None:
    withdraw(
        EmbeddedStore(index),
        Withdrawal(article_id=article_id, undone=undone, when=NOON, who="Ana", why="a court"),
    )


@contextlib.contextmanager
def opened(index: Path, last_day: dt.date | None = None) -> Iterator[OpenIndex]:
    archive = OpenIndex(settings_for(index), last_day=last_day)
    try:
        yield archive
    finally:
        archive.close()


@pytest.fixture(scope="module")
def template(encoders: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("withdrawals")
    link_tree(encoders, folder / "built" / "encoders")
    (folder / "news").mkdir()
    write_jsonl(folder / "news" / "a.jsonl", HARBOUR, COPY, ORCHARD)
    write_jsonl(folder / "news" / "b.jsonl", LIBRARY)
    build_into(folder / "built", [folder / "news"])
    return folder


@pytest.fixture
def index(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(template / "built", tmp_path / "built"))


def ids(archive: OpenIndex) -> set[str]:
    return {archive.store.article(row).id for row, *_ in archive.store.headlines()}


def quoted(archive: OpenIndex) -> set[str]:
    found = answer(archive, BRIDGE, 10)
    return {quote.article.id for quote in (*found.quotes, *found.nearest)}


def test_a_withdrawn_article_is_not_quoted_found_listed_or_counted(index: Path) -> None:
    withdrawn(index, "harbour")
    with opened(index) as archive:
        assert quoted(archive) == {"copy", "orchard", "library"}
        assert "harbour" not in {found.article.id for found in search(archive, BRIDGE)}
        assert ids(archive) == {"copy", "orchard", "library"}
        assert archive.store.visible_articles == 3
        assert {count.source: count.articles for count in archive.store.sources()} == {
            "Coast Wire": 1,
            "The Quay": 1,
            "Valley Post": 1,
        }
        assert archive.store.months() == {"2024-03": 1, "2024-05": 1, "2025-01": 1}
        with pytest.raises(RequestError, match="no article with this id"):
            archive.article(ArticleId("harbour"))
        with pytest.raises(RequestError, match="no longer in the archive"):
            unchanged_article(archive, ArticleRow(0))
        first, *_ = answer(archive, BRIDGE).quotes
        assert (first.article.id, first.also_printed_in) == ("copy", 0)


def test_a_withdrawal_is_undone_and_the_log_says_who_when_and_why(index: Path) -> None:
    withdrawn(index, "harbour")
    withdrawn(index, "harbour", undone=True)
    with opened(index) as archive:
        assert "harbour" in ids(archive)
    log = read_withdrawals(index)
    assert [(entry.article_id, entry.undone) for entry in log] == [
        ("harbour", False),
        ("harbour", True),
    ]
    assert {(entry.who, entry.why, entry.when) for entry in log} == {("Ana", "a court", NOON)}
    with pytest.raises(RequestError, match="harbour: is not withdrawn"):
        withdrawn(index, "harbour", undone=True)
    with pytest.raises(RequestError, match="nowhere: the archive has no article"):
        withdrawn(index, "nowhere")


def test_open_archives_hide_what_is_withdrawn_while_they_are_open(index: Path) -> None:
    live = LiveArchive(
        BuiltFolder(index), lambda: OpenIndex(settings_for(index)), lambda _error: None
    )
    archives = OpenArchives(
        BuiltFolder(index), lambda name: OpenIndex(settings_for(index), generation=name), lambda: 0
    )
    before = live.current()
    assert "library" in ids(before)
    with archives.lease() as leased:
        assert leased.headlines.find_exact(str(LIBRARY["title"]))
    withdrawn(index, "library")
    assert "library" not in ids(live.current())
    assert archives.refresh() is None
    with archives.lease() as leased:
        assert not leased.headlines.find_exact(str(LIBRARY["title"]))
    assert live.current() is live.current()
    archives.close()


def test_the_next_build_and_prune_remove_the_words_and_undoing_brings_them_back(
    template: Path, index: Path
) -> None:
    news = [template / "news"]
    withdrawn(index, "orchard")
    assert is_stale(settings_for(index), news)
    report = build_into(index, news)
    assert (report.manifest.articles, report.read, report.embedded) == (3, 1, 0)
    assert [str(problem) for problem in report.left_out] == ["orchard: is withdrawn; left out"]
    assert not is_stale(settings_for(index), news)
    assert len(prune(settings_for(index), lambda: NOON).generations) == 1
    assert not any(b"apricot" in file.read_bytes() for file in index.rglob("*.sqlite"))
    withdrawn(index, "orchard", undone=True)
    assert is_stale(settings_for(index), news)
    assert build_into(index, news).manifest.articles == 4
    assert not is_stale(settings_for(index), news)


def test_a_build_that_ends_after_the_withdrawal_does_not_show_the_article(
    template: Path, index: Path
) -> None:
    build_into(index, [template / "news"], full=True)
    withdrawn(index, "harbour")
    for generation in BuiltFolder(index).finished():
        archive = OpenIndex(settings_for(index), generation=generation)
        assert "harbour" not in ids(archive)
        archive.close()


def test_an_article_of_the_future_is_hidden_until_its_day(index: Path) -> None:
    with opened(index, last_day=dt.date(2024, 3, 5)) as archive:
        assert ids(archive) == {"harbour"}
        assert quoted(archive) == {"harbour"}
        assert archive.is_outdated()  # by now its days have come
    with opened(index, last_day=dt.date(2024, 3, 6)) as archive:
        assert ids(archive) == {"harbour", "copy"}
    with opened(index) as archive:
        assert not archive.is_outdated()


def test_a_day_is_over_when_it_is_over_everywhere() -> None:
    noon = dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC)
    assert last_day_published(noon) == dt.date(2026, 5, 2)
    assert last_day_published(noon - dt.timedelta(hours=3)) == dt.date(2026, 5, 1)


def test_nothing_is_quoted_if_the_log_cannot_be_read(index: Path) -> None:
    withdrawn(index, "harbour")
    with (index / WITHDRAWALS_FILE).open("a") as log:
        log.write("harbour?\n")
    with pytest.raises(ArchiveDamaged, match="line 2 is not a withdrawal"):
        OpenIndex(settings_for(index))
    with pytest.raises(ArchiveDamaged, match="line 2 is not a withdrawal"):
        prune(settings_for(index), lambda: NOON)
