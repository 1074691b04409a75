import shutil
from pathlib import Path

import pytest

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import understand
from pullquote.errors import ArchiveDamaged, ArchiveError
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.manifest import GenerationId
from pullquote_bot.serving.open_archives import OpenArchives
from support.archives import HARBOUR, LIBRARY, ORCHARD, build_into, settings_for, write_jsonl


class Shelf:
    """An index that is built again and again, and what is opened of it."""

    def __init__(self, built: Path, articles: Path) -> None:
        self._built = built
        self._articles = articles
        self._times = 0
        self.now = 0.0
        articles.mkdir()

    def build(self) -> GenerationId:
        self._times += 1
        write_jsonl(
            self._articles / "a.jsonl",
            HARBOUR,
            {**ORCHARD, "title": f"Frost {self._times}"},
            LIBRARY,
        )
        return GenerationId(build_into(self._built, [self._articles], INDEX_KEEP="10").manifest.id)

    def open(self, generation: GenerationId | None) -> OpenIndex:
        return OpenIndex(settings_for(self._built), generation=generation)

    def archives(self) -> OpenArchives:
        return OpenArchives(BuiltFolder(self._built), self.open, lambda: self.now)

    def clear_away(self, generation: GenerationId) -> None:
        shutil.rmtree(BuiltFolder(self._built).folder_of(generation))


@pytest.fixture
def shelf(built: Path, tmp_path: Path) -> Shelf:
    return Shelf(built, tmp_path / "news")


def titles(archive: OpenIndex) -> set[str]:
    return {title for _, title, _ in archive.store.headlines()}


def test_whoever_borrowed_a_generation_keeps_it_while_others_are_switched_in(shelf: Shelf) -> None:
    first = shelf.build()
    archives = shelf.archives()
    with archives.borrow() as opened:
        for _ in range(4):
            shelf.build()
            assert archives.look() == archives.live
        assert opened.archive.generation == first
        assert (
            answer(opened.archive, understand("What did the bridge cables cost?")).generation
            == first
        )
        assert "Frost 1" in titles(opened.archive)
    with archives.borrow() as opened:
        assert "Frost 5" in titles(opened.archive)
    archives.close()


def test_nothing_is_switched_where_nothing_changed(shelf: Shelf) -> None:
    shelf.build()
    archives = shelf.archives()
    assert archives.look() is None
    archives.close()


def test_one_that_nobody_has_used_for_a_while_is_closed_and_the_live_one_never(
    shelf: Shelf,
) -> None:
    first = shelf.build()
    archives = shelf.archives()
    with archives.borrow() as opened:
        oldest = opened.archive
        shelf.build()
        archives.look()
        shelf.now += 3_600
        archives.look()
        assert "Frost 1" in titles(oldest), "it is held"
    archives.look()
    assert first in archives._opened, "it was used just now"
    shelf.now += 31
    archives.look()
    assert set(archives._opened) == {archives.live}
    with pytest.raises(ArchiveError):
        oldest.store.headlines()
    with archives.borrow(first) as again:
        assert "Frost 1" in titles(again.archive), "and is opened anew for whoever asks for it"
    archives.close()


def test_an_older_generation_is_opened_for_a_button_that_asks_for_it(shelf: Shelf) -> None:
    first, second = shelf.build(), shelf.build()
    archives = shelf.archives()
    assert archives.live == second
    with archives.borrow(first) as opened:
        assert "Frost 1" in titles(opened.archive)
    with archives.borrow(first) as again:
        assert again is opened, "it is not opened anew each time"
    archives.close()


def test_a_generation_that_is_gone_raises_and_the_live_one_goes_on(shelf: Shelf) -> None:
    first, _ = shelf.build(), shelf.build()
    shelf.clear_away(first)
    archives = shelf.archives()
    with pytest.raises(ArchiveError), archives.borrow(first):
        pass
    with pytest.raises(ArchiveError), archives.borrow(GenerationId("999999-00000000")):
        pass
    with archives.borrow() as opened:
        assert "Frost 2" in titles(opened.archive)
    archives.close()


def test_a_new_generation_that_cannot_be_used_leaves_the_present_one(shelf: Shelf) -> None:
    first = shelf.build()
    archives = shelf.archives()
    shelf.clear_away(shelf.build())
    with pytest.raises(ArchiveDamaged):
        archives.look()
    assert archives.live == first
    with archives.borrow() as opened:
        assert "Frost 1" in titles(opened.archive)
    archives.close()


def test_an_error_of_the_borrower_gives_the_generation_back(shelf: Shelf) -> None:
    shelf.build()
    archives = shelf.archives()
    with pytest.raises(RuntimeError), archives.borrow() as opened:
        raise RuntimeError
    assert opened.users == 0
    archives.close()
