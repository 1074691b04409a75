"""The JSON of the archives that a visitor may read."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class NamedArchiveJson(BaseModel):
    """One of several archives: its operations and pages are below its path."""

    model_config = ConfigDict(frozen=True)

    name: str
    title: str
    path: str


class ArchivesJson(BaseModel):
    """The archives that a visitor may read, in the order of the settings."""

    model_config = ConfigDict(frozen=True)

    archives: tuple[NamedArchiveJson, ...]
