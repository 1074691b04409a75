"""Runs the bot from start to shutdown: signals, reconnection, metrics."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TextIO

import aiohttp
import discord

from pullquote.answering.open_index import OpenIndex
from pullquote.errors import SettingsError
from pullquote.settings import Settings
from pullquote.settings_archives import ArchiveName
from pullquote.storage.manifest import GenerationId
from pullquote_bot.discord_bot.client import PullquoteClient
from pullquote_bot.discord_bot.discord_patches import set_api_url
from pullquote_bot.discord_bot.messages.open_links import set_reading_pages
from pullquote_bot.discord_bot.reconnect_delay import ReconnectDelay
from pullquote_bot.serving.archive_directory import ArchiveDirectory
from pullquote_bot.serving.json_log import configure_logging
from pullquote_bot.serving.named_archives import OpenGeneration
from pullquote_bot.serving.prometheus_metrics import gauges, serve_metrics
from pullquote_bot.serving.service import Service
from pullquote_bot.serving.service_gauges import gauge_values
from pullquote_bot.serving.shards import shards_of
from pullquote_bot.visible_text import one_line

_LOG = logging.getLogger("pullquote.discord")
_SHUTDOWN_TIMEOUT = 20.0
"""Seconds for which the shutdown waits for answers in progress."""
_LOGIN_TIMEOUT = 60.0
"""Seconds within which Discord must take the token, and the commands if they have changed."""
_LAST_RESORT = 30.0
"""Seconds after a signal at which the process ends, whatever still runs."""
_UNUSABLE = (AttributeError, LookupError, TypeError, ValueError)
"""What discord.py raises for responses to a login, and events at the start, that are none."""
_NOT_AUTHENTICATED = 4004
"""The gateway's close code for an invalid token."""
_SWITCH_INTERVAL = 0.001
"""Seconds for which a thread may hold the GIL while the event loop waits (Python's default: 0.005).

Interactions are acknowledged sooner while answers are computed.
"""


def run_bot(
    token: str,
    settings: Settings,
    open_generation: OpenGeneration,
    config: Path | None,
    environment: Mapping[str, str],
    errors: TextIO,
    beside: Callable[[Service], contextlib.AbstractAsyncContextManager[None]] | None = None,
) -> None:
    """Run the bot until SIGTERM, SIGINT or SIGHUP.

    Args:
        token: the bot's token.
        settings: the settings in force.
        open_generation: opens a generation of an index.
        config: the settings file, for rebuilds; None if there is none.
        environment: the environment variables, for rebuilds.
        errors: the stream of the log.
        beside: what serves the same service beside Discord, from one process; None for nothing.

    Raises:
        PullquoteError: the archive, the database or the metrics port cannot be used, or Discord
            refuses the token.
    """
    configure_logging(errors, token)
    sys.setswitchinterval(_SWITCH_INTERVAL)
    set_api_url(settings.discord.api)
    shards_of(settings.discord)  # raises before anything is opened
    linked = _with_reading_pages(open_generation, _reading_pages(settings))
    service = Service(settings, linked, environment=None if beside else environment)
    try:
        with (
            gauges(lambda: gauge_values(service), lambda: dt.datetime.now(dt.UTC)),
            serve_metrics(settings.metrics.port),
        ):
            connection = _Connection(lambda: PullquoteClient(service, config, environment))
            asyncio.run(_run_beside(connection, token, beside(service) if beside else None))
    finally:
        service.close()


def _reading_pages(settings: Settings) -> Mapping[ArchiveName, str]:
    """The addresses of the archives' reading pages; empty without `serve.public_url`."""
    archives, url = ArchiveDirectory(settings), settings.serve.public_url
    return {name: url + archives.path_of(name) for name in archives.names} if url else {}


def _with_reading_pages(
    open_generation: OpenGeneration, addresses: Mapping[ArchiveName, str]
) -> OpenGeneration:
    """As `open_generation`; messages are made where it runs, and their *Open* links lead there."""

    def opened(settings: Settings, generation: GenerationId | None) -> OpenIndex:
        set_reading_pages(addresses)
        return open_generation(settings, generation)

    return opened


async def _run_beside(
    connection: _Connection,
    token: str,
    beside: contextlib.AbstractAsyncContextManager[None] | None,
) -> None:
    async with beside or contextlib.nullcontext():
        await connection.run_until_signal(token)


class _Connection:
    """Keeps the bot connected to Discord until the process gets a signal to end."""

    def __init__(self, make_client: Callable[[], PullquoteClient]) -> None:
        """Make the first client.

        Args:
            make_client: makes a client; a closed one cannot connect again.
        """
        self._make_client = make_client
        self._client = make_client()
        self._shutdown: asyncio.Task[None] | None = None
        self._signalled = False

    async def run_until_signal(self, token: str) -> None:
        """Connect, and shut down at a signal.

        Raises:
            SettingsError: Discord refuses the token, or ends the connection for good.
        """
        loop = asyncio.get_running_loop()
        connected = loop.create_task(self._stay_connected(token))

        def begin_shutdown() -> None:
            if self._shutdown is None:
                self._shutdown = loop.create_task(self._client.shut_down(_SHUTDOWN_TIMEOUT))
                self._shutdown.add_done_callback(lambda _: connected.cancel())

        def on_signal(_number: int, _frame: object) -> None:
            # Not `loop.add_signal_handler`: a loop that hangs would not call it.
            if not self._signalled and not loop.is_closed():
                self._signalled = True
                _end_at_last()
                loop.call_soon_threadsafe(begin_shutdown)

        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            if signal.getsignal(number) is not signal.SIG_IGN:  # nohup(1) ignores SIGHUP
                signal.signal(number, on_signal)
        with contextlib.suppress(asyncio.CancelledError):
            await connected
        if self._shutdown:
            await self._shutdown

    async def _stay_connected(self, token: str) -> None:
        """Log in and connect, again and again until it succeeds.

        discord.py itself reconnects a client that was once connected.
        """
        delay = ReconnectDelay()
        while True:
            try:
                async with asyncio.timeout(_LOGIN_TIMEOUT):
                    await self._client.login(token)
                await self._client.connect()
            except (
                discord.LoginFailure,
                discord.ConnectionClosed,
                discord.PrivilegedIntentsRequired,
            ) as error:
                raise _final_error(error) from None
            except (
                OSError,
                aiohttp.ClientError,
                TimeoutError,
                discord.HTTPException,
                discord.GatewayNotFound,
                *_UNUSABLE,
            ) as error:
                wait = delay.delay()
                _LOG.warning(
                    "Discord cannot be reached; trying again in %.1f s: %s",
                    wait,
                    one_line(f"{type(error).__name__}: {error}"),
                )
            else:
                return
            finally:
                await self._client.close()
            await asyncio.sleep(wait)
            self._client = self._make_client()


def _end_at_last() -> None:
    """End the process after a while, even if the event loop or a thread hangs by then."""

    def end() -> None:
        _LOG.error("ended while something still ran, %.0f s after the signal", _LAST_RESORT)
        os._exit(1)

    timer = threading.Timer(_LAST_RESORT, end)
    timer.daemon = True
    timer.start()


def _final_error(
    error: discord.LoginFailure | discord.ConnectionClosed | discord.PrivilegedIntentsRequired,
) -> SettingsError:
    """The error to report after one that a new attempt cannot mend."""
    if isinstance(error, discord.PrivilegedIntentsRequired):
        return SettingsError(
            "Discord ended the connection for good "
            "(4014: the application may not use these intents)"
        )
    if isinstance(error, discord.LoginFailure) or error.code == _NOT_AUTHENTICATED:
        return SettingsError(
            "Discord refuses the bot's token",
            where="DISCORD_TOKEN",
            mend="Copy it anew from the application's page",
        )
    reason = f"{error.code}: {one_line(error.reason)}" if error.reason else f"{error.code}"
    return SettingsError(f"Discord ended the connection for good ({reason})")
