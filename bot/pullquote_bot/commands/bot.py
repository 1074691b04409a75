"""`pullquote bot`: the Discord bot."""

from __future__ import annotations

from collections.abc import Mapping

from pullquote_bot.command_line.arguments import BotArguments
from pullquote_bot.commands.archive_opening import open_archive
from pullquote_bot.commands.command_settings import settings_for
from pullquote_bot.discord_bot.bot_token import read_token
from pullquote_bot.discord_bot.running import run_bot
from pullquote_bot.terminal.streams import Streams


def run(arguments: BotArguments, streams: Streams, environment: Mapping[str, str]) -> int:
    """Run the bot until SIGTERM or Ctrl-C."""
    settings = settings_for(arguments, environment)
    run_bot(
        read_token(environment),
        settings,
        lambda generation: open_archive(settings, generation),
        arguments.config,
        environment,
        streams.errors,
    )
    return 0
