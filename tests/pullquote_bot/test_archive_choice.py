"""Which archive a place asks, how messages name theirs, and who counts as a member."""

import asyncio
from pathlib import Path
from types import SimpleNamespace

import aiohttp
import discord  # noqa: TID251 - its errors
import pytest

from pullquote.settings import load_settings
from pullquote.settings_archives import ONLY_ARCHIVE, ArchiveName, tag_of
from pullquote.storage.manifest import GenerationId
from pullquote_bot.discord_bot.handlers.memberships import Memberships
from pullquote_bot.discord_bot.messages.archive_menus import (
    archive_menus,
    with_channels_of,
    with_server_archive,
)
from pullquote_bot.discord_bot.messages.archive_tags import in_archive
from pullquote_bot.discord_bot.messages.components import (
    LONGEST_CUSTOM_ID,
    MOST_OPTIONS,
    TEXT_ROOM,
    ActionMenu,
    Button,
    ChannelMenu,
    Choice,
    Menu,
    Message,
    Row,
    Section,
    Text,
)
from pullquote_bot.discord_bot.messages.custom_ids import (
    FOOTER_TEXT,
    Action,
    CustomId,
    parse_custom_id,
)
from pullquote_bot.serving.archive_choice import NoArchive, archive_of_place, chosen_in_server
from pullquote_bot.serving.archive_directory import ArchiveDirectory
from pullquote_bot.serving.audience import AskingPlace
from pullquote_bot.serving.server_settings import ServerSettings

TOWN, LIBRARY, OPEN, GONE = map(ArchiveName, ("town", "library", "open", "gone"))
GENERATION = GenerationId("000123-0a1b2c3d")
IN_TOWN, ELSEWHERE = AskingPlace(1, server=10), AskingPlace(1, server=12)
IN_BOTH = AskingPlace(1, server=11)


def archives_of(folder: Path, text: str) -> ArchiveDirectory:
    (folder / "mine.toml").write_text(text)
    return ArchiveDirectory(load_settings({}, folder / "mine.toml"))


@pytest.fixture
def archives(tmp_path: Path) -> ArchiveDirectory:
    return archives_of(
        tmp_path,
        '[archives.town]\nindex = "town"\nask_servers = [10, 11]\n'
        '[archives.library]\nindex = "library"\nask_servers = [11]\n',
    )


@pytest.mark.parametrize(
    ("place", "chosen", "default", "asked"),
    [
        (IN_TOWN, None, ONLY_ARCHIVE, TOWN),
        (IN_TOWN, TOWN, ONLY_ARCHIVE, TOWN),
        (IN_TOWN, LIBRARY, ONLY_ARCHIVE, NoArchive.CLOSED),
        (IN_TOWN, None, LIBRARY, TOWN),
        (IN_TOWN, GONE, TOWN, NoArchive.GONE),
        (IN_BOTH, None, ONLY_ARCHIVE, NoArchive.NOT_CHOSEN),
        (IN_BOTH, None, LIBRARY, LIBRARY),
        (IN_BOTH, TOWN, LIBRARY, TOWN),
        (ELSEWHERE, None, TOWN, NoArchive.CLOSED),
        (ELSEWHERE, TOWN, TOWN, NoArchive.CLOSED),
        (ELSEWHERE, GONE, ONLY_ARCHIVE, NoArchive.GONE),
    ],
)
def test_a_chosen_archive_is_never_replaced_by_another_one(
    archives: ArchiveDirectory,
    place: AskingPlace,
    chosen: ArchiveName | None,
    default: ArchiveName,
    asked: ArchiveName | NoArchive,
) -> None:
    assert archive_of_place(archives, place, chosen, default) == asked


def test_a_channel_goes_before_its_server_and_a_thread_goes_by_its_channel() -> None:
    settings = ServerSettings(archive=TOWN, channel_archives=((20, LIBRARY),))
    assert chosen_in_server(settings, frozenset({21})) == TOWN
    assert chosen_in_server(settings, frozenset({20})) == LIBRARY
    assert chosen_in_server(settings, frozenset({99, 20})) == LIBRARY, "a thread of it"
    assert chosen_in_server(ServerSettings(), frozenset({20})) is None


def test_messages_of_a_bot_without_named_archives_stay_as_they_are() -> None:
    message = Message((Text("a"),), (Row((Button("b", "pq:again::"),)),))
    assert in_archive(message, ONLY_ARCHIVE) is message


def test_a_footer_names_its_archive_once_where_there_are_several() -> None:
    message = Message((Text("-# a"), Text("-# note\n-# archive updated", FOOTER_TEXT)))
    titled = in_archive(message, TOWN, "The *Town*")
    first, footer = titled.parts
    assert first == message.parts[0]
    assert isinstance(footer, Text)
    assert footer.content == "-# note\n-# **The \\*Town\\*** · archive updated"
    assert in_archive(titled, TOWN, "The *Town*") == titled
    assert in_archive(message, TOWN) == message
    full = Message((Text("a" * (TEXT_ROOM - 5), FOOTER_TEXT),))
    assert in_archive(full, TOWN, "The Town") == full, "there is no room"
    (_, footer) = in_archive(message, TOWN, "A" * 41).parts
    assert isinstance(footer, Text)
    assert f"{'A' * 39}…" in footer.content, "a title that is cut says so"


def test_every_button_and_menu_names_its_archive_but_those_of_the_bot_itself() -> None:
    again = str(CustomId(Action.AGAIN, GENERATION))
    context = str(CustomId(Action.CONTEXT, GENERATION, (1, 2, 3)))
    remove = str(CustomId(Action.REMOVE, None, (2**63,)))
    message = Message(
        (Section(Text("a"), Button("c", context)), Menu(context + ".0.1", "m", (("a", "A"),), "")),
        (
            Row((Button("d", again), Button("e", remove))),
            ActionMenu("f", (Choice("g", context),), "pq:menu::"),
        ),
    )
    tagged = in_archive(message, TOWN)
    assert in_archive(tagged, LIBRARY) == tagged, "the first one stays"
    section, menu = tagged.parts
    assert isinstance(section, Section)
    assert isinstance(menu, Menu)
    ids = [section.button.custom_id, menu.custom_id]
    row, actions = tagged.below
    assert isinstance(row, Row)
    assert isinstance(actions, ActionMenu)
    assert actions.custom_id == "pq:menu::"
    ids += [choice.custom_id for choice in actions.choices]
    ids += [button.custom_id for button in row.buttons]
    parsed = [parse_custom_id(each) for each in ids]
    assert [each.archive for each in parsed if each] == [tag_of(TOWN)] * 4 + [""]
    assert [each.generation for each in parsed if each] == [GENERATION] * 4 + [None]
    assert len(tag_of(TOWN)) == 4
    assert tag_of(TOWN) != tag_of(LIBRARY)


def test_what_has_no_room_for_its_archive_loses_the_last_articles_or_goes_without() -> None:
    def tagged(custom_id: CustomId) -> str:
        named = in_archive(Message((Text("a"),), (Row((Button("b", str(custom_id)),)),)), TOWN)
        (row,) = named.below
        assert isinstance(row, Row)
        return row.buttons[0].custom_id

    many = CustomId(Action.ARTICLES, GenerationId("9999999-0a1b2c3d"), (10_000_000,) * 8)
    cut = parse_custom_id(tagged(many))
    assert cut is not None
    assert (cut.archive, len(cut.numbers)) == (tag_of(TOWN), 7)
    usual = CustomId(Action.ARTICLES, GENERATION, (999_999,) * 8)
    assert tagged(usual) == str(CustomId(Action.ARTICLES, GENERATION, usual.numbers, tag_of(TOWN)))
    packed = 2**150 - 1
    widest = CustomId(Action.SEARCH, GENERATION, (3_652_059, 3_652_059, packed, 10_000_000, 1))
    assert len(tagged(widest)) <= LONGEST_CUSTOM_ID
    dated = CustomId(Action.SEARCH, GENERATION, (738_000, 738_000, packed, 99, 1))
    parsed = parse_custom_id(tagged(dated))
    assert parsed is not None
    assert parsed.archive == tag_of(TOWN)


def test_a_server_chooses_among_its_archives_alone() -> None:
    titles = [(TOWN, "The Town"), (LIBRARY, "Library")]
    settings = with_server_archive(ServerSettings(), ["town"], titles)
    assert settings.archive == TOWN
    assert with_server_archive(settings, ["gone"], titles) == settings
    assert with_server_archive(settings, [], titles) == settings
    assert with_server_archive(settings, ["-"], titles).archive == ONLY_ARCHIVE
    settings = with_channels_of(settings, LIBRARY, [20, 21])
    settings = with_channels_of(settings, TOWN, [21])
    assert settings.channel_archives == ((20, LIBRARY), (21, TOWN))
    assert with_channels_of(settings, LIBRARY, []).channel_archives == ((21, TOWN),)
    assert archive_menus(settings, []) == ()
    shown = archive_menus(settings, titles, LIBRARY)
    assert all(isinstance(label, Text) for label in shown[::2]), "each menu has its label above"
    server, of, channels = shown[1::2]
    assert isinstance(server, Menu)
    assert isinstance(of, Menu)
    assert isinstance(channels, ChannelMenu)
    assert (server.chosen, of.chosen, channels.chosen) == ("town", "library", (20,))
    many = [(ArchiveName(f"a{number}"), "T" * 200) for number in range(40)]
    menu = archive_menus(ServerSettings(), many)[1]
    assert isinstance(menu, Menu)
    assert len(menu.options) == MOST_OPTIONS


class AskedDiscord:
    """Answers who is a member of which server."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.now = 0.0

    async def get_member(self, server: int, _user: int) -> object:
        self.asked.append(server)
        match server:
            case 10:
                return {"roles": ["30"]}
            case 11:
                raise discord.NotFound(SimpleNamespace(status=404, reason=""), None)
            case 12:
                raise aiohttp.ClientError
            case 13:
                return {"roles": None}
            case _:
                await asyncio.sleep(60)
                return {}


def test_members_are_remembered_for_some_minutes_and_an_error_is_not() -> None:
    place = AskedDiscord()
    members = Memberships(place.get_member, lambda: place.now)

    async def run() -> None:
        for _ in range(2):
            assert await members.of(1, [10, 11, 12, 13]) == {10: {10, 30}}
        assert sorted(place.asked) == [10, 11, 12, 12, 13, 13]
        place.now = 61.0
        await members.of(1, [10, 11])
        assert place.asked[-1] == 11, "who is no member may have joined since"
        place.now = 301.0
        await members.of(1, [10])
        assert place.asked[-1] == 10
        assert await members.of(1, [10, 14]) == {}, "a server that does not answer in time"

    asyncio.run(run())
