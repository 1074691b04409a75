"""The settings of a command."""

from __future__ import annotations

from collections.abc import Mapping

from pullquote.settings import Settings, load_settings
from pullquote_bot.command_line.arguments import CommandArguments


def settings_for(arguments: CommandArguments, environment: Mapping[str, str]) -> Settings:
    """The settings, with the folder of `--index`.

    Raises:
        SettingsError: a settings file or variable is wrong.
    """
    settings = load_settings(environment, arguments.config)
    return settings.with_index(arguments.index) if arguments.index else settings
