"""Gateway sessions: what was sent to each, so that one that comes back gets what it missed."""

import asyncio
import json
import secrets
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from fakes.loopback_discord.packing import Packing
from fakes.loopback_discord.refusals import Json

DISPATCH = 0
REPLAYED = 10_000
FLUSH_S = 1.0


@dataclass(slots=True, eq=False)
class Connection:
    """One open socket; messages go out in their order by its own task."""

    socket: web.WebSocketResponse
    transport: asyncio.Transport | None
    packing: Packing
    queue: asyncio.Queue[str] = field(default_factory=asyncio.Queue)

    def send(self, payload: Json) -> None:
        self.queue.put_nowait(json.dumps(payload, separators=(",", ":"), ensure_ascii=False))

    async def write(self) -> None:
        """Sends what is queued until the socket is closed."""
        while True:
            packed = self.packing.pack(await self.queue.get())
            try:
                if isinstance(packed, bytes):
                    await self.socket.send_bytes(packed)
                else:
                    await self.socket.send_str(packed)
            except (ConnectionError, RuntimeError):
                return
            finally:
                self.queue.task_done()

    async def close(self, code: int | None) -> None:
        if code is None:
            if self.transport:
                self.transport.abort()
            return
        # What was sent before the closing is still to arrive, unless nobody reads any more.
        with suppress(TimeoutError):
            await asyncio.wait_for(self.queue.join(), FLUSH_S)
        await self.socket.close(code=code)


@dataclass(slots=True, eq=False)
class Session:
    """One identify of one shard, and all that was dispatched to it."""

    shard: int
    shards: int
    intents: int
    connection: Connection | None
    id: str = field(default_factory=lambda: secrets.token_hex(16))
    sequence: int = 0
    log: deque[tuple[int, Json]] = field(default_factory=lambda: deque(maxlen=REPLAYED))
    ready: bool = False

    def dispatch(self, event: str, data: Any) -> None:
        """Sends an event, or keeps it for a resume."""
        self.sequence += 1
        payload = {"op": DISPATCH, "s": self.sequence, "t": event, "d": data}
        self.log.append((self.sequence, payload))
        if self.connection:
            self.connection.send(payload)

    def replay(self, after: int) -> None:
        for sequence, payload in self.log:
            if sequence > after and self.connection:
                self.connection.send(payload)
