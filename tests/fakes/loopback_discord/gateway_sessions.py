"""Gateway connections and sessions, with the events to replay when a session resumes."""

import asyncio
import json
import secrets
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from fakes.loopback_discord.compression import Compressor
from fakes.loopback_discord.discord_state import DiscordState
from fakes.loopback_discord.payload import Json
from fakes.loopback_discord.users_and_guilds import Guild

DISPATCH = 0
MAX_REPLAYED = 10_000
"""Events that a session keeps for a resume."""
FLUSH_TIMEOUT = 1.0  # seconds


@dataclass(slots=True, eq=False)
class Connection:
    """An open WebSocket; a task of its own sends the queued messages in their order."""

    socket: web.WebSocketResponse
    transport: asyncio.Transport | None
    compressor: Compressor
    queue: asyncio.Queue[str] = field(default_factory=asyncio.Queue)

    def send(self, payload: Json) -> None:
        self.queue.put_nowait(json.dumps(payload, separators=(",", ":"), ensure_ascii=False))

    async def write(self) -> None:
        """Send queued messages until the socket is closed."""
        while True:
            compressed = self.compressor.compress(await self.queue.get())
            try:
                if isinstance(compressed, bytes):
                    await self.socket.send_bytes(compressed)
                else:
                    await self.socket.send_str(compressed)
            except (ConnectionError, RuntimeError):
                return
            finally:
                self.queue.task_done()

    async def close(self, code: int | None) -> None:
        """Close the socket with a code, or abort the TCP connection without one."""
        if code is None:
            if self.transport:
                self.transport.abort()
            return
        # Messages sent before must still arrive, unless the other side has stopped reading.
        with suppress(TimeoutError):
            await asyncio.wait_for(self.queue.join(), FLUSH_TIMEOUT)
        await self.socket.close(code=code)


@dataclass(slots=True, eq=False)
class Session:
    """A session of one shard, from its identify on, and the latest events sent in it."""

    shard: int
    shards: int
    intents: int
    connection: Connection | None
    id: str = field(default_factory=lambda: secrets.token_hex(16))
    sequence: int = 0
    log: deque[tuple[int, Json]] = field(default_factory=lambda: deque(maxlen=MAX_REPLAYED))
    ready: bool = False

    def dispatch(self, event: str, data: Any) -> None:
        """Send an event, or keep it for a resume."""
        self.sequence += 1
        payload = {"op": DISPATCH, "s": self.sequence, "t": event, "d": data}
        self.log.append((self.sequence, payload))
        if self.connection:
            self.connection.send(payload)

    def replay(self, after: int) -> None:
        """Send again the events after a sequence number."""
        for sequence, payload in self.log:
            if sequence > after and self.connection:
                self.connection.send(payload)


def ready_payload(
    state: DiscordState, session: Session, guilds: list[Guild], gateway_url: str
) -> Json:
    """The data of READY, with the guilds of the session's shard."""
    return {
        "v": 10,
        "user": state.bot.payload() | {"mfa_enabled": False, "verified": True, "email": None},
        "guilds": [{"id": guild.id, "unavailable": True} for guild in guilds],
        "session_id": session.id,
        "session_type": "normal",
        "resume_gateway_url": gateway_url,
        "shard": [session.shard, session.shards],
        "application": {"id": state.application_id, "flags": 0},
        "private_channels": [],
        "presences": [],
        "relationships": [],
        "user_settings": {},
        "_trace": [],
    }
