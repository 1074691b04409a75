"""`[archives.NAME]`: several archives in one settings file, each with an index of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from string import ascii_letters
from typing import Annotated, NewType

from pydantic import ConfigDict, Field

from pullquote.corpus.hashing import sha256_of
from pullquote.errors import SettingsError
from pullquote.settings_sources import SettingsSource
from pullquote.settings_stores import StoreAddress
from pullquote.settings_types import (
    DiscordIds,
    InnerPath,
    InnerPaths,
    Switch,
    Title,
)
from pullquote.settings_validation import SettingsTable, inner_table

ArchiveName = NewType("ArchiveName", str)
"""The name of an archive in the settings; empty for the only one if the settings name none."""
ONLY_ARCHIVE = ArchiveName("")
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?")
_NAME_IN_WORDS = "a name has at most 32 small letters, digits and hyphens"
_TAG_LETTERS = 4
"""With a hundred archives, two have the same tag once in 1,500 settings files."""

_OwnIds = Annotated[DiscordIds | None, Field(description="a list of whole numbers")]
_OwnSwitch = Annotated[Switch | None, Field(description="true or false")]

_OwnFolder = Annotated[
    InnerPath | None,
    Field(description="a path inside the folder of the settings file, or one from / or ~"),
]


class ArchiveSettings(SettingsTable):
    """`[archives.NAME]`: one archive. What is None is as in `[discord]`."""

    index: _OwnFolder = None
    store: StoreAddress = ""
    title: Title = ""
    articles: InnerPaths = ()
    owners: _OwnIds = None
    reindex_servers: _OwnIds = None
    ask_servers: _OwnIds = None
    ask_roles: _OwnIds = None
    ask_channels: _OwnIds = None
    ask_users: _OwnIds = None
    direct_messages: _OwnSwitch = None
    full_articles: _OwnSwitch = None

    def discord_values(self) -> dict[str, object]:
        """The values of `[discord]` that this archive has its own of, by their keys there."""
        values = {
            "withdraw_servers": self.owners,
            "reindex_servers": self.reindex_servers,
            "ask_servers": self.ask_servers,
            "ask_roles": self.ask_roles,
            "ask_channels": self.ask_channels,
            "ask_users": self.ask_users,
            "direct_messages": self.direct_messages,
            "full_articles": self.full_articles,
        }
        return {key: value for key, value in values.items() if value is not None}


class ArchivesSettings(SettingsTable):
    """`[archives]`: a table for each archive, by its name. A settings file alone can set them."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, ArchiveSettings] = Field(init=False)

    @property
    def by_name(self) -> Mapping[ArchiveName, ArchiveSettings]:
        """The archives, in the order of the settings file."""
        named = self.__pydantic_extra__ or {}
        return {ArchiveName(name): settings for name, settings in named.items()}

    def title_of(self, name: ArchiveName) -> str:
        """The name of an archive for readers; empty for one that the settings do not name."""
        archive = self.by_name.get(name)
        return (archive.title or name) if archive else ""

    def named(self, name: str | None) -> ArchiveSettings:
        """The archive with a name; the only one if it is None.

        Raises:
            SettingsError: there is none, or there are several; the message lists them.
        """
        archives = self.by_name
        if name is None and len(archives) == 1:
            return next(iter(archives.values()))
        if name is not None and name in archives:
            return archives[ArchiveName(name)]
        known = ", ".join(archives)
        if name is None:
            raise SettingsError(
                f"the settings name several archives: {known}",
                where="archives",
                mend="Say which one is meant, with --archive NAME",
            )
        mend = f"The archives are {known}" if known else "They name none: write [archives.NAME]"
        raise SettingsError(f"the settings name no archive {name!r}", where="archives", mend=mend)

    def alone(self, name: str) -> ArchivesSettings:
        """The archive with a name, alone.

        Raises:
            SettingsError: there is none.
        """
        return ArchivesSettings().model_copy(update={name: self.named(name)})


def tag_of(name: ArchiveName) -> str:
    """What stands for an archive in the id of a button, which has little room: four letters.

    It is empty for the only archive, which has no name.
    """
    number = int(sha256_of(name.encode()), 16) if name else 0
    letters = ""
    while name and len(letters) < _TAG_LETTERS:
        number, place = divmod(number, len(ascii_letters))
        letters += ascii_letters[place]
    return letters


def archives_in(values: Mapping[str, object], source: SettingsSource) -> dict[str, ArchiveSettings]:
    """The archives that a source names.

    Args:
        values: the raw table of each, by its name.
        source: where they come from.

    Raises:
        SettingsError: a name is none, two names have one tag, a key or value is wrong, or an
            archive has not one place.
    """
    archives: dict[str, ArchiveSettings] = {}
    tags: dict[str, str] = {}
    for name, value in values.items():
        where = source.name_of("archives", name)
        if not _NAME.fullmatch(name):
            raise SettingsError(
                f"archives.{name!r} is not the name of an archive",
                where=where,
                mend=f"Name it otherwise: {_NAME_IN_WORDS}",
            )
        archive = inner_table(ArchiveSettings, f"archives.{name}", value, source, where)
        if (archive.index is None) == (not archive.store):
            raise SettingsError(
                f"archives.{name} has both an index and a store"
                if archive.store
                else f"archives.{name}.index is missing, and so is archives.{name}.store",
                where=where,
                mend="Name a folder as its index, or the address of a database as its store",
            )
        archives[name] = archive
        other = tags.setdefault(tag_of(ArchiveName(name)), name)
        if other != name:
            raise SettingsError(
                f"the archives {other!r} and {name!r} cannot be told apart in buttons",
                where=where,
                mend="Name one of them otherwise",
            )
    return archives
