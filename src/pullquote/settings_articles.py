"""`[articles]`: where the articles are, and how they are read."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from pullquote.settings_types import (
    EncodingName,
    FieldPath,
    SettingsPaths,
    TimeZoneName,
    whole_number,
)
from pullquote.settings_validation import SettingsTable


class FieldSettings(SettingsTable):
    """`[articles.fields]`: the archive's own names of fields; empty where the usual ones are used.

    A settings file alone can set them.
    """

    text: FieldPath = ""
    title: FieldPath = ""
    published: FieldPath = ""
    authors: FieldPath = ""
    section: FieldPath = ""
    source: FieldPath = ""
    url: FieldPath = ""
    language: FieldPath = ""
    id: FieldPath = ""

    def paths(self) -> tuple[tuple[str, str], ...]:
        """Each field that has a name of its own, with that name or path."""
        return tuple((name, path) for name, path in self if path)


class ArticleSettings(SettingsTable):
    """`[articles]`: where the archive is, and how it is read.

    `paths` is empty outside of a checkout of the project if no source names any.
    """

    paths: SettingsPaths
    max_bytes: Annotated[int, whole_number(1_000, 1_000_000_000)]
    max_characters: Annotated[int, whole_number(1_000, 100_000_000)]
    encoding: EncodingName
    time_zone: TimeZoneName
    fields: Annotated[FieldSettings, Field(description="a table of fields")]
