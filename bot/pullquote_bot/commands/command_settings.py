"""The settings of a command."""

from __future__ import annotations

from collections.abc import Mapping

from pullquote.settings import Settings, load_settings
from pullquote.translation import speak
from pullquote_bot.command_line.arguments import (
    AskArguments,
    BotArguments,
    CommandArguments,
    FormatArguments,
    McpArguments,
    ServeArguments,
    VerifyArguments,
)


def settings_for(arguments: CommandArguments, environment: Mapping[str, str]) -> Settings:
    """The settings of one archive: of `--archive`, of `--index` or `--store`, or the only one.

    Their language is spoken to people from here on (`_read`).

    Raises:
        SettingsError: a settings file or variable is wrong, or names no such archive, or several
            and the command none.
    """
    settings = _read(arguments, environment)
    if arguments.index:
        return settings.with_index(arguments.index)
    if arguments.store:
        return settings.with_store(arguments.store)
    return settings.of_archive(arguments.archive)


def settings_of_archives(arguments: CommandArguments, environment: Mapping[str, str]) -> Settings:
    """The settings with every archive that they name, or with the one of `--archive` alone.

    Raises:
        SettingsError: a settings file or variable is wrong, or names no such archive.
    """
    settings = _read(arguments, environment)
    if arguments.index:
        return settings.with_index(arguments.index)
    if arguments.store:
        return settings.with_store(arguments.store)
    return settings.with_archive_alone(arguments.archive) if arguments.archive else settings


def _read(arguments: CommandArguments, environment: Mapping[str, str]) -> Settings:
    """Read the settings, and speak their language to people from here on.

    Programs get English, and in Discord and on pages each reader has a language of their own.
    """
    settings = load_settings(environment, arguments.config)
    is_json = isinstance(arguments, FormatArguments) and arguments.format == "json"
    is_batch = isinstance(arguments, AskArguments | VerifyArguments) and arguments.batch
    is_door = isinstance(arguments, BotArguments | ServeArguments | McpArguments)
    if not (is_json or is_batch or is_door):
        speak(settings.interface.language)
    return settings
