"""Keeps a service fresh where no Discord client does: it looks at the index every two seconds."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator

from pullquote.errors import PullquoteError
from pullquote_bot.serving.service import Service
from pullquote_bot.serving.timings import measure_event_loop_lag

_LOG = logging.getLogger("pullquote.index")
_SECONDS = 2.0
"""Between two looks at the index."""
_UNUSABLE = "the new index cannot be used; the present one stays"


@contextlib.asynccontextmanager
async def kept_fresh(service: Service) -> AsyncIterator[None]:
    """Switch to new generations, and measure the event loop, in the `with` block."""
    tasks = [
        asyncio.create_task(_refresh(service)),
        asyncio.create_task(measure_event_loop_lag(service.event_loop_lag)),
    ]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()


async def _refresh(service: Service) -> None:
    """Look for a new generation, again and again. Each error is logged once."""
    last_error = ""
    while True:
        await asyncio.sleep(_SECONDS)
        try:
            await service.refresh_index()
            last_error = ""
        except PullquoteError as error:
            if str(error) != last_error:
                last_error = str(error)
                _LOG.warning("%s: %s", _UNUSABLE, error)
        except Exception:  # noqa: BLE001 - the task must not end: nothing else looks
            _LOG.exception("a mistake in the program", extra={"fields": {"what": "refresh"}})
