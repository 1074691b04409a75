"""The gateway: hello, heartbeats, identify and resume, and events to the shards that they are for."""

import asyncio
import json
from contextlib import suppress
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

from fakes.loopback_discord.packing import PACKINGS
from fakes.loopback_discord.refusals import Json
from fakes.loopback_discord.sessions import Connection, Session
from fakes.loopback_discord.snowflakes import shard_of
from fakes.loopback_discord.world import INTENT_GUILDS, INTENT_MESSAGE_CONTENT, World

HEARTBEAT, IDENTIFY, PRESENCE, VOICE_STATE, RESUME, RECONNECT, REQUEST_MEMBERS = 1, 2, 3, 4, 6, 7, 8
INVALID_SESSION, HELLO, HEARTBEAT_ACK = 9, 10, 11
# Close codes from Discord's documentation (topics/opcodes-and-status-codes).
UNKNOWN_OPCODE, DECODE_ERROR, NOT_AUTHENTICATED, AUTHENTICATION_FAILED, ALREADY_AUTHENTICATED = (
    4001,
    4002,
    4003,
    4004,
    4005,
)
INVALID_SHARD, INVALID_VERSION, INVALID_INTENTS, DISALLOWED_INTENTS = 4010, 4012, 4013, 4014
# After these a session cannot be resumed.
ENDING = frozenset({1000, 1001, 4007, 4009})
ALL_INTENTS = (1 << 26) - 1
MEMBERS, PRESENCES = 1 << 1, 1 << 8


class Gateway:
    """All sessions and their sockets."""

    def __init__(self, world: World) -> None:
        self._world = world
        world.gateway = self
        self.sessions: dict[str, Session] = {}
        self.connections: dict[Connection, Session | None] = {}
        self.identifies: list[tuple[int, int]] = []
        self.resumes = 0
        self.heartbeats = 0
        self.answers_heartbeats = True
        self.heartbeat_interval = 41.25
        self.violations: list[str] = []

    def ready_shards(self) -> set[int]:
        return {
            session.shard
            for session in self.sessions.values()
            if session.ready and session.connection
        }

    def dispatch(self, event: str, data: Json, *, guild_id: str | None, intent: int) -> None:
        for session in self.sessions.values():
            if (
                session.ready
                and shard_of(guild_id, session.shards) == session.shard
                and (not intent or session.intents & intent)
            ):
                session.dispatch(event, data)

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(compress=False, timeout=2.0, max_msg_size=4096 * 4)
        await socket.prepare(request)
        query = dict(request.query)
        compression = query.get("compress")
        if query.get("v") != "10" or query.get("encoding") != "json" or compression not in PACKINGS:
            self.violations.append(f"gateway opened with {query}")
            await socket.close(code=INVALID_VERSION)
            return socket
        transport = request.transport
        connection = Connection(
            socket,
            transport if isinstance(transport, asyncio.Transport) else None,
            PACKINGS[compression](),
        )
        self.connections[connection] = None
        writing = asyncio.create_task(connection.write())
        connection.send(
            {
                "op": HELLO,
                "s": None,
                "t": None,
                "d": {"heartbeat_interval": int(self.heartbeat_interval * 1000), "_trace": []},
            }
        )
        try:
            await self._listen(connection)
        finally:
            self._gone(connection, socket.close_code)
            writing.cancel()
            with suppress(asyncio.CancelledError):
                await writing
        return socket

    async def _listen(self, connection: Connection) -> None:
        async for message in connection.socket:
            if message.type not in {WSMsgType.TEXT, WSMsgType.BINARY}:
                continue
            try:
                payload = json.loads(message.data)
                operation, data = payload["op"], payload.get("d")
            except (ValueError, KeyError, TypeError):
                await self._refuse(connection, DECODE_ERROR, "not a gateway message")
                return
            if code := self._receive(connection, operation, data):
                await self._refuse(connection, code, f"op {operation}")
                return

    async def _refuse(self, connection: Connection, code: int, what: str) -> None:
        if code != AUTHENTICATION_FAILED:
            self.violations.append(f"gateway: {what} was refused with {code}")
        await connection.close(code)

    def _receive(self, connection: Connection, operation: int, data: Any) -> int | None:
        """Handles one message; the close code if it is to end the connection."""
        if operation == HEARTBEAT:
            self.heartbeats += 1
            if self.answers_heartbeats:
                connection.send({"op": HEARTBEAT_ACK, "s": None, "t": None, "d": None})
            return None
        if operation == IDENTIFY:
            return self._identify(connection, data)
        if operation == RESUME:
            return self._resume(connection, data)
        if operation in {PRESENCE, VOICE_STATE, REQUEST_MEMBERS}:
            return None if self.connections[connection] else NOT_AUTHENTICATED
        return UNKNOWN_OPCODE

    def _identify(self, connection: Connection, data: Json) -> int | None:
        if self.connections[connection]:
            return ALREADY_AUTHENTICATED
        if self._world.token_refused or data.get("token") != self._world.token:
            return AUTHENTICATION_FAILED
        intents = data.get("intents")
        if not isinstance(intents, int) or intents & ~ALL_INTENTS:
            return INVALID_INTENTS
        granted = INTENT_MESSAGE_CONTENT if self._world.message_content else 0
        if intents & (MEMBERS | PRESENCES | INTENT_MESSAGE_CONTENT) & ~granted:
            return DISALLOWED_INTENTS
        shard, shards = data.get("shard", [0, 1])
        if not 0 <= shard < shards:
            return INVALID_SHARD
        for old in [
            each
            for each in self.sessions.values()
            if each.shard == shard and each.connection is None
        ]:
            del self.sessions[old.id]
        session = Session(shard, shards, intents, connection)
        self.sessions[session.id] = session
        self.connections[connection] = session
        self.identifies.append((shard, shards))
        self._world.sessions_left -= 1
        self._welcome(session)
        return None

    def _welcome(self, session: Session) -> None:
        world = self._world
        guilds = [
            guild
            for guild in world.guilds.values()
            if guild.installed and shard_of(guild.id, session.shards) == session.shard
        ]
        session.dispatch(
            "READY",
            {
                "v": 10,
                "user": world.bot.payload()
                | {"mfa_enabled": False, "verified": True, "email": None},
                "guilds": [{"id": guild.id, "unavailable": True} for guild in guilds],
                "session_id": session.id,
                "session_type": "normal",
                "resume_gateway_url": self.url,
                "shard": [session.shard, session.shards],
                "application": {"id": world.application_id, "flags": 0},
                "private_channels": [],
                "presences": [],
                "relationships": [],
                "user_settings": {},
                "_trace": [],
            },
        )
        session.ready = True
        if session.intents & INTENT_GUILDS:
            for guild in guilds:
                session.dispatch("GUILD_CREATE", world.guild_created(guild))
        world.bell.ring()

    @property
    def url(self) -> str:
        return self._world.url.replace("http://", "ws://") + "/gateway"

    def _resume(self, connection: Connection, data: Json) -> int | None:
        if self._world.token_refused or data.get("token") != self._world.token:
            return AUTHENTICATION_FAILED
        session = self.sessions.get(data.get("session_id", ""))
        if session is None or data.get("seq", 0) > session.sequence:
            connection.send({"op": INVALID_SESSION, "s": None, "t": None, "d": False})
            return None
        session.connection = connection
        self.connections[connection] = session
        self.resumes += 1
        session.replay(data["seq"])
        session.dispatch("RESUMED", {"_trace": []})
        self._world.bell.ring()
        return None

    def _gone(self, connection: Connection, code: int | None) -> None:
        session = self.connections.pop(connection)
        if session and session.connection is connection:
            session.connection = None
            if code in ENDING:
                self.sessions.pop(session.id, None)
        self._world.bell.ring()

    async def drop(self, code: int | None) -> None:
        """Closes every socket; without a code the connections just end."""
        for connection, session in list(self.connections.items()):
            if session and session.connection is connection:
                session.connection = None
                if code in ENDING:
                    self.sessions.pop(session.id, None)
            await connection.close(code)

    async def ask_reconnect(self) -> None:
        for connection in list(self.connections):
            connection.send({"op": RECONNECT, "s": None, "t": None, "d": None})

    async def invalidate(self, *, resumable: bool) -> None:
        for connection, session in list(self.connections.items()):
            if session and not resumable:
                self.sessions.pop(session.id, None)
                session.ready = False
            connection.send({"op": INVALID_SESSION, "s": None, "t": None, "d": resumable})

    async def stop(self) -> None:
        for connection in list(self.connections):
            await connection.close(WSCloseCode.GOING_AWAY)
