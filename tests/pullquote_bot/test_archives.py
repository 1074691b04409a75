"""Several archives by name, as every door to them uses them."""

import logging
import shutil
from pathlib import Path

import pytest

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.shared_models import SharedModels
from pullquote.errors import ArchiveError, ArchiveMissing, PullquoteError, SettingsError
from pullquote.settings import Settings, load_settings
from pullquote.settings_archives import ONLY_ARCHIVE, ArchiveName, tag_of
from pullquote.storage.manifest import GenerationId
from pullquote_bot.serving.named_archives import NamedArchives
from support.archives import LIBRARY, build_into, link_tree, settings_for, write_jsonl

IDLE_SECONDS = 3600
TOWN, LIBRARIES, NOWHERE = map(ArchiveName, ("town", "libraries", "nowhere"))


class TwoArchives:
    """Two archives of one settings file, whose clock a test sets."""

    def __init__(self, folder: Path, town_built: Path, library_built: Path) -> None:
        self.folder = folder
        self.now = 0.0
        self.opened: list[Path] = []
        self._models = SharedModels()
        link_tree(town_built, folder / "town")
        link_tree(library_built, folder / "libraries")
        (folder / "mine.toml").write_text(
            '[archives.town]\nindex = "town"\ntitle = "The Town"\n'
            '[archives.libraries]\nindex = "libraries"\nask_servers = [5]\n'
        )

    def build(self, **changed: str) -> GenerationId:
        articles = self.folder / "articles"
        articles.mkdir(exist_ok=True)
        write_jsonl(articles / "a.jsonl", {**LIBRARY, **changed})
        return GenerationId(build_into(self.folder / "libraries", [articles]).manifest.id)

    def open(self, settings: Settings, generation: GenerationId | None) -> OpenIndex:
        self.opened.append(settings.index.path)
        return OpenIndex(settings, generation=generation, models=self._models)

    def archives(self) -> NamedArchives:
        settings = load_settings({}, self.folder / "mine.toml")
        return NamedArchives(settings, self.open, lambda: self.now)


@pytest.fixture
def named(tmp_path: Path, town_built: Path, library_built: Path) -> TwoArchives:
    return TwoArchives(tmp_path, town_built, library_built)


def titles(archives: NamedArchives, name: ArchiveName) -> set[str]:
    with archives.lease(name) as opened:
        return {title for _, title, _ in opened.archive.store.headlines()}


def test_each_archive_answers_from_its_own_index_with_its_own_settings(
    named: TwoArchives,
) -> None:
    archives = named.archives()
    assert archives.names == (TOWN, LIBRARIES)
    assert TOWN in archives
    assert NOWHERE not in archives
    assert titles(archives, LIBRARIES) == {"Library extends its hours"}
    assert len(titles(archives, TOWN)) > 1
    assert (archives.title_of(TOWN), archives.title_of(LIBRARIES)) == ("The Town", "libraries")
    assert archives.settings_of(LIBRARIES).discord.ask_servers == (5,)
    assert archives.settings_of(TOWN).discord.ask_servers == ()
    for ask in (archives.lease, archives.settings_of):
        with pytest.raises(ArchiveMissing, match=r"no archive 'nowhere'\. There are: town, libr"):
            ask(NOWHERE)
    archives.close()


def test_archives_of_one_model_share_it(named: TwoArchives) -> None:
    archives = named.archives()
    with archives.lease(TOWN) as town, archives.lease(LIBRARIES) as libraries:
        assert town.archive.reranker is libraries.archive.reranker is not None
        assert town.archive._encoder is libraries.archive._encoder
    archives.close()


def test_an_archive_that_nobody_asks_for_an_hour_is_closed_and_opened_by_the_next_question(
    named: TwoArchives,
) -> None:
    archives = named.archives()
    archives.open_all()
    first = archives.read_open(lambda opened: opened.archive.generation)
    assert set(first) == {TOWN, LIBRARIES}
    named.now = IDLE_SECONDS - 1
    titles(archives, TOWN)
    named.now = IDLE_SECONDS + 1
    assert archives.refresh() == {}
    assert set(archives.read_open(lambda opened: opened.name)) == {TOWN}
    assert titles(archives, LIBRARIES) == {"Library extends its hours"}
    assert archives.read_open(lambda opened: opened.archive.generation) == first
    archives.close()


def test_one_archive_is_switched_while_the_other_stays(
    named: TwoArchives, caplog: pytest.LogCaptureFixture
) -> None:
    archives = named.archives()
    archives.open_all()
    opened = len(named.opened)
    second = named.build(title="Library closes early")
    with caplog.at_level(logging.INFO, "pullquote.index"):
        assert archives.refresh() == {LIBRARIES: second}
    assert caplog.records[-1].__dict__["fields"] == {"generation": second, "archive": LIBRARIES}
    assert titles(archives, LIBRARIES) == {"Library closes early"}
    assert named.opened[opened:] == [named.folder / "libraries"]
    archives.close()


def test_one_archive_that_cannot_be_opened_leaves_the_others(
    named: TwoArchives, caplog: pytest.LogCaptureFixture
) -> None:
    shutil.move(named.folder / "town", named.folder / "away")
    archives = named.archives()
    archives.open_all()
    assert ["town" in message for message in caplog.messages] == [True]
    assert titles(archives, LIBRARIES)
    with pytest.raises(ArchiveMissing), archives.lease(TOWN):
        pass
    shutil.move(named.folder / "away", named.folder / "town")
    assert titles(archives, TOWN), "it is tried again"
    archives.close()
    shutil.rmtree(named.folder / "town")
    shutil.rmtree(named.folder / "libraries")
    with pytest.raises(ArchiveError):
        named.archives().open_all()


def test_settings_without_names_have_one_archive_that_stays_open(town_built: Path) -> None:
    now = 0.0
    archives = NamedArchives(
        settings_for(town_built),
        lambda settings, generation: OpenIndex(settings, generation=generation),
        lambda: now,
    )
    assert archives.names == (ONLY_ARCHIVE,)
    assert archives.title_of(ONLY_ARCHIVE) == tag_of(ONLY_ARCHIVE) == ""
    now = 100 * IDLE_SECONDS
    archives.refresh()
    assert archives.read_open(lambda opened: opened.name) == {ONLY_ARCHIVE: ""}
    archives.close()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("[archives.x]\n", ["archives.x.index is missing", "archives.x.store"]),
        (
            '[archives.x]\nindex = "y"\nstore = "postgresql://u@h/d"\n',
            ["archives.x has both an index and a store"],
        ),
        ('[archives.x]\nstore = "postgresql://u:secret@h/d"\n', ["no password", "PGPASSWORD"]),
        ('[archives.x]\nindex = "../y"\n', ["archives.x.index = '../y'", "inside the folder"]),
        ('[archives.x]\nindex = "a/../../y"\n', ["archives.x.index", "inside the folder"]),
        ('[archives.x]\nindex = "y"\narticles = ["../z"]\n', ["archives.x.articles", "inside"]),
        ('[archives."../x"]\nindex = "y"\n', ["'../x'", "small letters"]),
        ('[archives.X]\nindex = "y"\n', ["'X'", "small letters"]),
        ("[archives]\nx = 3\n", ["archives.x is a table"]),
        (
            '[archives.x]\nindex = "y"\nowner = [1]\n',
            ["archives.x.owner", "index, store, title"],
        ),
        ('[archives.x]\nindex = "y"\nask_users = ["1"]\n', ["archives.x.ask_users"]),
        ('[archives.x]\nindex = "y"\ntitle = "a\\nb"\n', ["archives.x.title", "a line"]),
        ('[discord]\narchive = "x"\n', ["no archive 'x'"]),
        ('[discord]\narchive = "x"\n[archives.y]\nindex = "y"\n', ["archives are y"]),
    ],
)
def test_an_error_in_an_archives_table_names_the_key_and_what_is_allowed(
    tmp_path: Path, text: str, parts: list[str]
) -> None:
    (tmp_path / "mine.toml").write_text(text)
    with pytest.raises(SettingsError) as caught:
        load_settings({}, tmp_path / "mine.toml")
    for part in parts:
        assert part in str(caught.value)


def test_an_archive_has_its_own_readers_and_otherwise_those_of_the_bot(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(
        "[discord]\nask_users = [9]\nfull_articles = false\nwithdraw_servers = [1]\n"
        '[archives.x]\nindex = "x"\nask_users = []\nowners = [2, 3]\n'
        '[archives.y]\nindex = "/srv/y"\narticles = ["news"]\nfull_articles = true\n'
        '[archives.z]\nstore = "postgresql://reader@db/z"\n'
    )
    settings = load_settings({}, tmp_path / "mine.toml")
    x, y = settings.of_archive("x"), settings.of_archive("y")
    assert (x.discord.ask_users, y.discord.ask_users) == ((), (9,))
    assert (x.discord.full_articles, y.discord.full_articles) == (False, True)
    assert (x.discord.withdraw_servers, y.discord.withdraw_servers) == ((2, 3), (1,))
    assert (x.index.path, y.index.path) == (tmp_path / "x", Path("/srv/y"))
    assert (x.articles.paths, y.articles.paths) == ((), (tmp_path / "news",))
    z = settings.of_archive("z").index
    assert (x.index.store, z.store) == ("", "postgresql://reader@db/z")
    assert z.path not in (x.index.path, settings.index.path)
    assert list(settings.with_archive_alone("y").archives.by_name) == ["y"]
    with pytest.raises(SettingsError, match=r"several archives: x, y, z\. Say which"):
        settings.of_archive(None)
    with pytest.raises(PullquoteError, match=r"no archive 'w'\. The archives are x, y, z"):
        settings.of_archive("w")


def test_archives_are_named_by_a_settings_file_alone() -> None:
    with pytest.raises(SettingsError, match=r"^PULLQUOTE_ARCHIVES_X: archives\.x is a table"):
        load_settings({"PULLQUOTE_ARCHIVES_X": "1"})
