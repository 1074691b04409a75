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
    VerifyArguments,
)


def settings_for(arguments: CommandArguments, environment: Mapping[str, str]) -> Settings:
    """The settings, with the folder of `--index`; their language is spoken to people from here on.

    Programs get English, and in Discord each reader has a language of their own.

    Raises:
        SettingsError: a settings file or variable is wrong.
    """
    settings = load_settings(environment, arguments.config)
    is_json = isinstance(arguments, FormatArguments) and arguments.format == "json"
    is_batch = isinstance(arguments, AskArguments | VerifyArguments) and arguments.batch
    if not (is_json or is_batch or isinstance(arguments, BotArguments)):
        speak(settings.interface.language)
    return settings.with_index(arguments.index) if arguments.index else settings
