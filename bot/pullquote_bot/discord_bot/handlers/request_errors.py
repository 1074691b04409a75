"""Errors of requests to Discord: which are worth a second try, and what the reply says."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus

import aiohttp
import discord

from pullquote.errors import ArchiveError, PullquoteError, RequestError
from pullquote.settings_archives import ONLY_ARCHIVE, ArchiveName
from pullquote_bot.discord_bot.api_responses import seconds_to_wait
from pullquote_bot.discord_bot.messages.error_text import own_error_text
from pullquote_bot.discord_bot.strings import refusals as discord_refusals
from pullquote_bot.serving.fair_threads import Busy
from pullquote_bot.serving.prometheus_metrics import count_error
from pullquote_bot.visible_text import one_line

_LOG = logging.getLogger("pullquote.discord")
_EXPIRED = (10062, 10015, 50027)
"""Discord's error codes for an expired interaction or webhook token."""
_LONGEST_RETRY_WAIT = 60.0
"""Seconds for which a request that was refused with 429 is put off."""
DISCORD_ERRORS = (discord.HTTPException, OSError, aiohttp.ClientError)
"""The errors of a request to Discord. In aiohttp, a closed connection is no OSError."""


class Expired(Exception):
    """An interaction is over Discord's time limit before its first response could be sent."""


async def with_one_retry(request: Callable[[], Awaitable[object]]) -> None:
    """Make a request; repeat it once if it failed for a reason that passes.

    Discord closes idle connections at any time, fails for a while (discord.py itself has then
    tried five times), or stands behind a proxy that says when to try again. The request must be
    safe to repeat.
    """
    try:
        await request()
    except (OSError, aiohttp.ClientError, discord.DiscordServerError):
        await request()
    except discord.HTTPException as error:
        wait = seconds_to_wait(error.response.headers, {})
        if error.status != HTTPStatus.TOO_MANY_REQUESTS or wait > _LONGEST_RETRY_WAIT:
            raise
        await asyncio.sleep(wait)
        await request()


def error_text(error: Exception, what: str, archive: ArchiveName = ONLY_ARCHIVE) -> str:
    """Log an error in one line, and return the reply to the user.

    Args:
        error: the error.
        what: the name, in the log, of the interaction.
        archive: the archive that was asked.

    Returns:
        The text; empty if the interaction has expired, so that no reply is possible.
    """
    fields = {"what": what, "error": type(error).__name__}
    count_error(error, archive)
    if isinstance(error, PullquoteError | Busy):
        _log_own_error(error, fields)
        return own_error_text(error)
    if isinstance(error, Expired):
        _LOG.warning("too late to acknowledge", extra={"fields": fields})
        return ""
    if isinstance(error, discord.HTTPException):
        _LOG.warning(
            "Discord answered %s: %s",
            error.status,
            one_line(error.text),
            extra={"fields": {**fields, "code": error.code}},
        )
        if isinstance(error, discord.Forbidden):
            return discord_refusals.CANNOT_POST
        return "" if error.code in _EXPIRED else discord_refusals.WENT_WRONG
    if isinstance(error, DISCORD_ERRORS):
        reason = one_line(str(error)) or type(error).__name__
        _LOG.warning("no connection to Discord: %s", reason, extra={"fields": fields})
    else:
        _LOG.error("a mistake in the program", exc_info=error, extra={"fields": fields})
    return discord_refusals.WENT_WRONG


def _log_own_error(error: PullquoteError | Busy, fields: dict[str, str]) -> None:
    match error:
        case Busy():
            _LOG.warning("busy", extra={"fields": fields})
        case RequestError():
            _LOG.info("refused", extra={"fields": fields})
        case ArchiveError():
            _LOG.warning("the archive cannot be read: %s", error, extra={"fields": fields})
        case _:
            _LOG.error("%s", error, extra={"fields": fields})
