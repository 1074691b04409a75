"""Telling Discord of the commands, when they are not those that it knows."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
from typing import Any

from discord import app_commands

from pullquote.errors import PullquoteError
from pullquote_bot.discord_bot.handlers.replies import UNREACHED
from pullquote_bot.serving.service import Service
from pullquote_bot.visible_text import one_line

_LOG = logging.getLogger("pullquote.discord")
_FIRST_WAIT, _LONGEST_WAIT = 5.0, 600.0
"""Seconds before the commands are told again, where Discord did not take them; each wait is twice the one before."""


async def synchronised(
    tree: app_commands.CommandTree[Any], application: int, service: Service
) -> bool:
    """Tell Discord of the commands if their definition has changed since it was last told, and say whether it knows them now."""
    told = json.dumps([command.to_dict(tree) for command in tree.get_commands()], sort_keys=True)
    sha256 = hashlib.sha256(told.encode()).hexdigest()
    try:
        if await service.record(lambda records: records.synchronised(application)) == sha256:
            return True
        await tree.sync()
        await service.record(lambda records: records.set_synchronised(application, sha256))
    except (*UNREACHED, PullquoteError) as error:
        _LOG.warning("the commands could not be synchronised: %s", one_line(str(error)))
        return False
    _LOG.info("commands synchronised")
    return True


async def synchronise_later(
    tree: app_commands.CommandTree[Any], application: int, service: Service
) -> None:
    """Try again until it is done."""
    wait = _FIRST_WAIT
    await asyncio.sleep(wait)
    while not await synchronised(tree, application, service):
        wait = min(2 * wait, _LONGEST_WAIT)
        await asyncio.sleep(wait)
