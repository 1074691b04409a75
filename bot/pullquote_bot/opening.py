"""Settings and archive, as the command line asks for them."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from pullquote.archive import Archive
from pullquote.settings import Settings, load_settings
from pullquote_index.export import load_encoder


def settings_for(arguments: argparse.Namespace, environment: Mapping[str, str]) -> Settings:
    """The settings, with the folder that `--index` names.

    Raises:
        SettingsError: a settings file or variable is wrong.
    """
    settings = load_settings(environment, getattr(arguments, "config", None))
    folder = getattr(arguments, "index", None)
    return settings.model_copy(update={"index": settings.index.model_copy(update={"path": folder})}) if folder else settings


def open_archive(settings: Settings) -> Archive:
    """The archive that the settings name, with whichever runtime its encoder needs.

    Raises:
        ArchiveError: there is none, or it cannot be used.
        EncoderError: its encoder needs what is not installed.
    """
    return Archive(settings, load_encoder)
