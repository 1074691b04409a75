import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import understand
from pullquote.errors import ArchiveDamaged, ArchiveError
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.embedded_store import EmbeddedStore
from pullquote.storage.manifest import GenerationId
from pullquote.storage.withdrawals import Withdrawal
from pullquote_bot.serving.open_archives import OpenArchive, OpenArchives
from pullquote_index.lifecycle.withdrawing import withdraw
from support.archives import HARBOUR, LIBRARY, NOON, ORCHARD, build_into, settings_for, write_jsonl


class RebuiltIndex:
    """An index that a test builds several times; build number N has an article "Frost N"."""

    def __init__(self, built: Path, articles: Path) -> None:
        self.built = built
        self._articles = articles
        self._build_count = 0
        self.now = 0.0
        articles.mkdir()

    def build(self) -> GenerationId:
        self._build_count += 1
        write_jsonl(
            self._articles / "a.jsonl",
            HARBOUR,
            {**ORCHARD, "title": f"Frost {self._build_count}"},
            LIBRARY,
        )
        return GenerationId(build_into(self.built, [self._articles], INDEX_KEEP="10").manifest.id)

    def open(self, generation: GenerationId | None) -> OpenIndex:
        return OpenIndex(settings_for(self.built), generation=generation)

    def archives(self, live_idle_seconds: float | None = None) -> OpenArchives:
        return OpenArchives(
            BuiltFolder(self.built),
            self.open,
            lambda: self.now,
            live_idle_seconds=live_idle_seconds,
        )

    def delete(self, generation: GenerationId) -> None:
        shutil.rmtree(BuiltFolder(self.built).folder_of(generation))

    def change_a_byte(self, generation: GenerationId, name: str) -> None:
        file = BuiltFolder(self.built).folder_of(generation) / name
        data = file.read_bytes()
        file.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))


@pytest.fixture
def rebuilt_index(built: Path, tmp_path: Path) -> RebuiltIndex:
    return RebuiltIndex(built, tmp_path / "news")


def titles(archive: OpenIndex) -> set[str]:
    return {title for _, title, _ in archive.store.headlines()}


def titles_of(opened: OpenArchive) -> set[str]:
    return titles(opened.archive)


def test_a_leased_generation_stays_open_while_the_live_one_changes(
    rebuilt_index: RebuiltIndex,
) -> None:
    first = rebuilt_index.build()
    archives = rebuilt_index.archives()
    with archives.lease() as opened:
        for _ in range(4):
            rebuilt_index.build()
            assert archives.refresh() == archives.live
        assert opened.archive.generation == first
        assert (
            answer(opened.archive, understand("What did the bridge cables cost?")).generation
            == first
        )
        assert "Frost 1" in titles(opened.archive)
    with archives.lease() as opened:
        assert "Frost 5" in titles(opened.archive)
    archives.close()


def test_an_unchanged_index_is_not_switched(rebuilt_index: RebuiltIndex) -> None:
    rebuilt_index.build()
    archives = rebuilt_index.archives()
    assert archives.refresh() is None
    archives.close()


def test_idle_generations_are_closed_but_not_the_live_one(
    rebuilt_index: RebuiltIndex,
) -> None:
    first = rebuilt_index.build()
    archives = rebuilt_index.archives()
    with archives.lease() as opened:
        oldest = opened.archive
        rebuilt_index.build()
        archives.refresh()
        rebuilt_index.now += 3_600
        archives.refresh()
        assert "Frost 1" in titles(oldest), "it is leased"
    archives.refresh()
    assert first in archives._opened, "it was used just now"
    rebuilt_index.now += 31
    archives.refresh()
    assert set(archives._opened) == {archives.live}
    with pytest.raises(ArchiveError):
        oldest.store.headlines()
    with archives.lease(first) as again:
        assert "Frost 1" in titles(again.archive), "it is opened again on request"
    archives.close()


def test_an_older_generation_is_opened_on_request(rebuilt_index: RebuiltIndex) -> None:
    first, second = rebuilt_index.build(), rebuilt_index.build()
    archives = rebuilt_index.archives()
    assert archives.live == second
    with archives.lease(first) as opened:
        assert "Frost 1" in titles(opened.archive)
    with archives.lease(first) as again:
        assert again is opened, "it is opened once only"
    archives.close()


def test_a_deleted_generation_raises_and_the_live_one_still_answers(
    rebuilt_index: RebuiltIndex,
) -> None:
    first, _ = rebuilt_index.build(), rebuilt_index.build()
    rebuilt_index.delete(first)
    archives = rebuilt_index.archives()
    with pytest.raises(ArchiveError), archives.lease(first):
        pass
    with pytest.raises(ArchiveError), archives.lease(GenerationId("999999-00000000")):
        pass
    with archives.lease() as opened:
        assert "Frost 2" in titles(opened.archive)
    archives.close()


def test_a_damaged_new_generation_leaves_the_previous_one_in_use(
    rebuilt_index: RebuiltIndex,
) -> None:
    first = rebuilt_index.build()
    archives = rebuilt_index.archives()
    second = rebuilt_index.build()
    rebuilt_index.change_a_byte(second, "passages.faiss")
    with pytest.raises(ArchiveDamaged, match=r"passages\.faiss: is not the file that was built"):
        archives.refresh()
    rebuilt_index.delete(second)
    with pytest.raises(ArchiveDamaged):
        archives.refresh()
    assert archives.live == first
    with archives.lease() as opened:
        assert "Frost 1" in titles(opened.archive)
    archives.close()


def test_an_error_in_a_lease_ends_the_lease(rebuilt_index: RebuiltIndex) -> None:
    rebuilt_index.build()
    archives = rebuilt_index.archives()
    with pytest.raises(RuntimeError), archives.lease() as opened:
        raise RuntimeError
    assert opened.lease_count == 0
    archives.close()


def test_a_generation_that_is_opened_anew_is_closed_when_its_last_lease_ends(
    rebuilt_index: RebuiltIndex,
) -> None:
    rebuilt_index.build()
    archives = rebuilt_index.archives()
    with archives.lease() as before, archives.lease():
        withdraw(
            EmbeddedStore(rebuilt_index.built),
            Withdrawal(article_id="library", when=NOON, who="Ana"),
        )
        assert archives.refresh() is None
        with archives.lease() as after:
            assert after is not before
            assert "Library extends its hours" not in titles(after.archive)
        assert "Library extends its hours" in titles(before.archive), "it is leased"
    with pytest.raises(ArchiveError):
        before.archive.store.headlines()
    archives.close()


def test_a_live_generation_that_is_closed_when_idle_is_opened_by_the_next_lease(
    rebuilt_index: RebuiltIndex,
) -> None:
    rebuilt_index.build()
    archives = rebuilt_index.archives(live_idle_seconds=3_600)
    assert archives.read(titles_of) is None
    with archives.lease() as opened:
        rebuilt_index.now += 7_200
        archives.refresh()
        assert "Frost 1" in titles(opened.archive), "it is leased"
    rebuilt_index.now += 3_600
    archives.refresh()
    assert archives.read(titles_of), "a use within the hour"
    rebuilt_index.now += 1
    archives.refresh()
    assert archives.read(titles_of) is None
    with pytest.raises(ArchiveError):
        opened.archive.store.headlines()
    second = rebuilt_index.build()
    assert archives.refresh() is None, "a closed archive is not opened to be switched"
    with archives.lease() as again:
        assert again.archive.generation == second
    archives.close()


def test_leases_never_get_a_generation_that_was_closed_meanwhile(
    rebuilt_index: RebuiltIndex,
) -> None:
    first, _ = rebuilt_index.build(), rebuilt_index.build()
    archives = rebuilt_index.archives(live_idle_seconds=0.0)
    deadline = time.monotonic() + 2

    def use(generation: GenerationId | None) -> int:
        count = 0
        while time.monotonic() < deadline:
            with archives.lease(generation) as opened:
                assert titles(opened.archive)
            count += 1
        return count

    with ThreadPoolExecutor(4) as threads:
        counts = [threads.submit(use, generation) for generation in (first, None, first, None)]
        while time.monotonic() < deadline:
            rebuilt_index.now += 31
            archives.refresh()
        assert all(count.result() for count in counts)
    archives.close()
    assert archives._opened == {}


def test_after_the_end_a_lease_is_closed_with_its_block(rebuilt_index: RebuiltIndex) -> None:
    rebuilt_index.build()
    archives = rebuilt_index.archives()
    with archives.lease() as opened:
        archives.close()
        assert "Frost 1" in titles(opened.archive)
    with pytest.raises(ArchiveError):
        opened.archive.store.headlines()
