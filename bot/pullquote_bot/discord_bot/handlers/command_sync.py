"""Registering the commands with Discord when their definition has changed."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
from collections.abc import Sequence
from typing import Any

import discord
from discord import app_commands

from pullquote.errors import PullquoteError
from pullquote_bot.discord_bot.handlers.languages import CommandTranslator
from pullquote_bot.discord_bot.handlers.request_errors import DISCORD_ERRORS
from pullquote_bot.serving.service import Service
from pullquote_bot.visible_text import one_line

_LOG = logging.getLogger("pullquote.discord")
_FIRST_WAIT, _LONGEST_WAIT = 5.0, 600.0
"""Seconds between two tries to register the commands; each wait is twice the one before."""


async def sync_commands(
    tree: app_commands.CommandTree[Any],
    application: int,
    service: Service,
    command_ids: dict[str, int],
) -> bool:
    """Register the commands if their definition has changed since Discord last took them.

    Args:
        tree: the commands.
        application: the id of the bot's application.
        service: has the records.
        command_ids: receives the ids of the commands, by which a message can name them so that
            a press begins to type them.

    Returns:
        Whether Discord has the commands now; an error is logged.
    """
    translator = CommandTranslator()
    await tree.set_translator(translator)
    commands = [
        await command.get_translated_payload(tree, translator) for command in tree.get_commands()
    ]
    sha256 = hashlib.sha256(json.dumps(commands, sort_keys=True).encode()).hexdigest()
    try:
        known = await service.use_database(lambda database: database.commands_sha256(application))
        if known == sha256:
            _note_ids(await tree.fetch_commands(), command_ids)
            return True
        _note_ids(await tree.sync(), command_ids)
        await service.use_database(
            lambda database: database.save_commands_sha256(application, sha256)
        )
    except (*DISCORD_ERRORS, PullquoteError) as error:
        _LOG.warning("the commands could not be synchronised: %s", one_line(str(error)))
        return False
    _LOG.info("commands synchronised")
    return True


def _note_ids(commands: Sequence[app_commands.AppCommand], command_ids: dict[str, int]) -> None:
    slash = discord.AppCommandType.chat_input
    command_ids.update({each.name: each.id for each in commands if each.type is slash})


async def sync_commands_with_retries(
    tree: app_commands.CommandTree[Any],
    application: int,
    service: Service,
    command_ids: dict[str, int],
) -> None:
    """Wait and try to register the commands, until Discord takes them."""
    wait = _FIRST_WAIT
    await asyncio.sleep(wait)
    while not await sync_commands(tree, application, service, command_ids):
        wait = min(2 * wait, _LONGEST_WAIT)
        await asyncio.sleep(wait)
