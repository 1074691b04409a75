"""`pullquote bot`: the Discord bot."""

from __future__ import annotations

from collections.abc import Mapping

from pullquote_bot.command_line.arguments import BotArguments
from pullquote_bot.command_line.command_modules import module_of
from pullquote_bot.commands.archive_opening import open_archive
from pullquote_bot.commands.command_settings import settings_of_archives
from pullquote_bot.discord_bot.bot_token import read_token
from pullquote_bot.discord_bot.running import run_bot
from pullquote_bot.terminal.streams import Streams


def run(arguments: BotArguments, streams: Streams, environment: Mapping[str, str]) -> int:
    """Run the bot until SIGTERM or Ctrl-C; with `--serve`, the HTTP server beside it."""
    settings = settings_of_archives(arguments, environment)
    token = read_token(environment)
    beside = None
    if arguments.serve:
        beside = module_of("serve").door_beside_bot(settings, is_open=arguments.open_to_all)
    run_bot(
        token,
        settings,
        open_archive,
        arguments.config,
        environment,
        streams.errors,
        beside,
    )
    return 0
