"""Settings and archive, as the command line asks for them."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from pullquote.answering.open_index import OpenIndex
from pullquote.errors import ArchiveError, RequestError
from pullquote.settings import Settings, load_settings
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.manifest import read_manifest
from pullquote_index.model_export.encoder_export import load_encoder


def settings_for(arguments: argparse.Namespace, environment: Mapping[str, str]) -> Settings:
    """The settings, with the folder that `--index` names.

    Raises:
        SettingsError: a settings file or variable is wrong.
    """
    settings = load_settings(environment, getattr(arguments, "config", None))
    folder = getattr(arguments, "index", None)
    return settings.with_index(folder) if folder else settings


def articles_for(arguments: argparse.Namespace, settings: Settings) -> list[Path]:
    """The files and folders that are read: those that were typed, or those of the settings.

    Where nobody has set any, an index is refreshed from what it was built from, and never by chance from something else.

    Raises:
        RequestError: what it was built from is not there.
    """
    if arguments.paths or settings.articles.paths != load_settings({}).articles.paths:
        return list(arguments.paths or settings.articles.paths)
    built = BuiltFolder(settings.index.path)
    try:
        roots = [Path(root) for root in read_manifest(built.folder_of(built.live())).roots]
    except ArchiveError:
        return list(settings.articles.paths)
    missing = [root for root in roots if not root.exists()]
    if missing and [root.name for root in roots] == [
        path.name for path in settings.articles.paths
    ]:  # a checkout that was moved, articles and all
        return list(settings.articles.paths)
    if missing:
        raise RequestError(
            f"was built from {missing[0]}, which is not there",
            where=str(built.path),
            mend="Name what to read: pullquote index PATH",
        )
    return roots


def open_archive(settings: Settings) -> OpenIndex:
    """The archive that the settings name, with whichever runtime its encoder needs.

    Raises:
        ArchiveError: there is none, or it cannot be used.
        EncoderError: its encoder needs what is not installed.
    """
    return OpenIndex(settings, load_encoder)
