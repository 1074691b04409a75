"""The archives that the settings name: what is known of them without opening any.

Where the settings name none in `[archives.NAME]`, there is one, and its name is empty.
"""

from __future__ import annotations

from pullquote.errors import ArchiveMissing
from pullquote.settings import Settings
from pullquote.settings_archives import ONLY_ARCHIVE, ArchiveName, tag_of


class ArchiveDirectory:
    """The archives by name: their titles and settings, and the tags in buttons."""

    def __init__(self, settings: Settings) -> None:
        """Read the settings of each archive."""
        named = settings.archives
        self._settings = {name: settings.of_archive(name) for name in named.by_name}
        self._titles = {name: named.title_of(name) for name in named.by_name}
        if not self._settings:
            self._settings, self._titles = {ONLY_ARCHIVE: settings}, {ONLY_ARCHIVE: ""}

    @property
    def names(self) -> tuple[ArchiveName, ...]:
        """The names, in the order of the settings; one empty name if they name none."""
        return tuple(self._settings)

    @property
    def first(self) -> ArchiveName:
        """The first archive."""
        return self.names[0]

    def __contains__(self, name: object) -> bool:
        return name in self._settings

    @property
    def are_several(self) -> bool:
        """Whether there is more than one."""
        return len(self._settings) > 1

    def path_of(self, name: ArchiveName) -> str:
        """The path below which an archive's pages and its API are; empty for the only one."""
        return f"/in/{name}" if self.are_several else ""

    def title_of(self, name: ArchiveName) -> str:
        """The name of an archive for readers; empty for the only one, and for an unknown one."""
        return self._titles.get(name, "")

    def label_of(self, name: ArchiveName) -> str:
        """The title of an archive below what it answers; empty where there is one archive."""
        return self.title_of(name) if self.are_several else ""

    def tagged(self, tag: str) -> ArchiveName | None:
        """The archive with a tag (`tag_of`); None if there is none."""
        return next((name for name in self._settings if tag_of(name) == tag), None)

    def settings_of(self, name: ArchiveName) -> Settings:
        """The settings of an archive: its index, and who may ask it.

        Raises:
            ArchiveMissing: there is no such archive.
        """
        if found := self._settings.get(name):
            return found
        known = ", ".join(filter(None, self._settings)) or "none"
        raise ArchiveMissing(
            f"there is no archive {name!r}", where="archives", mend=f"There are: {known}"
        )
