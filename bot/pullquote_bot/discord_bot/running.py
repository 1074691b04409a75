"""Running the bot: from the token to the last answer."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import logging
import signal
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TextIO

import aiohttp
import discord

from pullquote.answering.open_index import OpenIndex
from pullquote.errors import SettingsError
from pullquote.settings import Settings
from pullquote.storage.manifest import GenerationId
from pullquote_bot.discord_bot.client import PullquoteClient
from pullquote_bot.serving.json_log import log_to
from pullquote_bot.serving.prometheus_metrics import Moment, served
from pullquote_bot.serving.service import Service
from pullquote_bot.serving.timings import resident_bytes
from pullquote_bot.visible_text import one_line

_LOG = logging.getLogger("pullquote.discord")
_PATIENCE = 20.0
"""Seconds that answers under way are waited for when the bot is told to end."""
_FIRST_WAIT, _LONGEST_WAIT = 1.0, 60.0
"""Seconds between tries to reach Discord; each wait is twice the one before."""
_NOT_AUTHENTICATED = 4004
"""The gateway's close code for a token that is refused."""
_SWITCH_INTERVAL = 0.001
"""Seconds for which each thread that answers may keep the event loop waiting; Python's default is five times that."""


def run_bot(
    token: str,
    settings: Settings,
    open_archive: Callable[[GenerationId | None], OpenIndex],
    config: Path | None,
    environment: Mapping[str, str],
    errors: TextIO,
) -> None:
    """Run the bot until SIGTERM or SIGINT.

    Args:
        token: the bot's own.
        settings: in force.
        open_archive: opens a generation, the live one for None.
        config: the settings file, for rebuilds.
        environment: the environment variables, for rebuilds.
        errors: where the log goes.

    Raises:
        PullquoteError: archive, records or the port for metrics cannot be used, or Discord refuses the token.
    """
    log_to(errors, token)
    sys.setswitchinterval(_SWITCH_INTERVAL)
    discord.http.Route.BASE = settings.discord.api
    service = Service(settings, open_archive)
    try:
        with served(
            settings.metrics.port, lambda: _moment(service), lambda: dt.datetime.now(dt.UTC)
        ):
            asyncio.run(
                _Run(lambda: PullquoteClient(service, config, environment)).until_told(token)
            )
    finally:
        service.close()


def _moment(service: Service) -> Moment:
    with service.archives.borrow() as opened:
        manifest, generation = opened.archive.manifest, opened.archive.generation
    lag = service.lag.percentile(0.99) or 0.0
    return Moment(
        generation,
        manifest.created,
        manifest.passages,
        service.queue.waiting,
        resident_bytes(),
        lag,
    )


class _Run:
    """Keeps the bot connected until the process is told to end."""

    def __init__(self, make_client: Callable[[], PullquoteClient]) -> None:
        self._make_client = make_client
        self._client = make_client()
        self._leaving: asyncio.Task[None] | None = None

    async def until_told(self, token: str) -> None:
        loop = asyncio.get_running_loop()
        staying = loop.create_task(self._stay_connected(token))

        def leave() -> None:
            if self._leaving is None:
                self._leaving = loop.create_task(self._client.leave(_PATIENCE))
                self._leaving.add_done_callback(lambda _: staying.cancel())

        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, leave)
        with contextlib.suppress(asyncio.CancelledError):
            await staying
        if self._leaving:
            await self._leaving

    async def _stay_connected(self, token: str) -> None:
        """Log in and stay; what was once connected discord.py itself connects again."""
        wait = _FIRST_WAIT
        while True:
            try:
                await self._client.login(token)
                await self._client.connect()
            except (discord.LoginFailure, discord.ConnectionClosed) as error:
                if isinstance(error, discord.LoginFailure) or error.code == _NOT_AUTHENTICATED:
                    raise SettingsError(
                        "Discord refuses the bot's token",
                        where="DISCORD_TOKEN",
                        mend="Copy it anew from the application's page",
                    ) from None
                raise SettingsError(
                    f"Discord ended the connection for good ({error.code}: {one_line(error.reason)})"
                ) from error
            except discord.PrivilegedIntentsRequired:
                raise SettingsError(
                    "Discord ended the connection for good (4014: the application may not use these intents)"
                ) from None
            except (
                OSError,
                aiohttp.ClientError,
                TimeoutError,
                discord.HTTPException,
                discord.GatewayNotFound,
            ) as error:
                _LOG.warning(
                    "Discord cannot be reached; trying again in %.0f s: %s",
                    wait,
                    one_line(f"{type(error).__name__}: {error}"),
                )
            else:
                return
            finally:
                await self._client.close()
            await asyncio.sleep(wait)
            wait = min(2 * wait, _LONGEST_WAIT)
            self._client = self._make_client()
