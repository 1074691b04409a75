"""Which archive an interaction is about; noted when it is let in, and read by its handler."""

from __future__ import annotations

from typing import Any

import discord

from pullquote.settings_archives import ONLY_ARCHIVE, ArchiveName

_ARCHIVE = "archive"
"""The key of an interaction's extras."""


def archive_of(interaction: discord.Interaction[Any]) -> ArchiveName:
    """The archive that an interaction is about; the only one if the settings name none."""
    return ArchiveName(interaction.extras.get(_ARCHIVE, ONLY_ARCHIVE))


def note_archive(interaction: discord.Interaction[Any], name: ArchiveName) -> None:
    """Note the archive that an interaction is about."""
    interaction.extras[_ARCHIVE] = name
