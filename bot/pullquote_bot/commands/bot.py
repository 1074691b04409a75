"""`pullquote bot`: the Discord bot."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from pullquote.answering.open_index import OpenIndex
from pullquote_bot.commands.archive_opening import settings_for
from pullquote_bot.discord_bot.bot_token import token_from
from pullquote_bot.discord_bot.running import run_bot
from pullquote_bot.terminal.streams import Streams
from pullquote_index.model_export.encoder_export import load_encoder


def run(arguments: argparse.Namespace, streams: Streams, environment: Mapping[str, str]) -> int:
    """Run until told to end."""
    settings = settings_for(arguments, environment)
    token = token_from(environment)
    config = getattr(arguments, "config", None)
    run_bot(
        token,
        settings,
        lambda generation: OpenIndex(settings, load_encoder, generation),
        config,
        environment,
        streams.errors,
    )
    return 0
