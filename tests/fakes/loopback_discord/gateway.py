"""The gateway: hello, heartbeats, identify and resume, and events for each shard."""

import asyncio
import json
from contextlib import suppress
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

from fakes.loopback_discord.compression import COMPRESSORS
from fakes.loopback_discord.discord_state import INTENT_GUILDS, INTENT_MESSAGE_CONTENT, DiscordState
from fakes.loopback_discord.gateway_protocol import (
    ALL_INTENTS,
    ALREADY_AUTHENTICATED,
    AUTHENTICATION_FAILED,
    DECODE_ERROR,
    DISALLOWED_INTENTS,
    FINAL_CODES,
    HEARTBEAT,
    HEARTBEAT_ACK,
    HELLO,
    IDENTIFY,
    INVALID_INTENTS,
    INVALID_SESSION,
    INVALID_SHARD,
    INVALID_VERSION,
    MEMBERS,
    NOT_AUTHENTICATED,
    PRESENCE,
    PRESENCES,
    RECONNECT,
    REQUEST_MEMBERS,
    RESUME,
    UNKNOWN_OPCODE,
    VOICE_STATE,
)
from fakes.loopback_discord.gateway_sessions import Connection, Session, ready_payload
from fakes.loopback_discord.payload import Json
from fakes.loopback_discord.snowflakes import shard_of


class Gateway:
    """All sessions and their connections.

    Attributes:
        identifies: the shard and number of shards of each identify.
        resumes: how many sessions were resumed.
        answers_heartbeats: whether heartbeats get an acknowledgement.
        heartbeat_interval: in seconds.
        violations: what the bot did against the protocol.
    """

    def __init__(self, state: DiscordState) -> None:
        self._state = state
        state.gateway = self
        self.sessions: dict[str, Session] = {}
        self.connections: dict[Connection, Session | None] = {}
        self.identifies: list[tuple[int, int]] = []
        self.resumes = 0
        self.heartbeats = 0
        self.answers_heartbeats = True
        self.heartbeat_interval = 41.25
        self.violations: list[str] = []

    def ready_shards(self) -> set[int]:
        """The connected shards that have received READY."""
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
        if (
            query.get("v") != "10"
            or query.get("encoding") != "json"
            or compression not in COMPRESSORS
        ):
            self.violations.append(f"gateway opened with {query}")
            await socket.close(code=INVALID_VERSION)
            return socket
        transport = request.transport
        connection = Connection(
            socket,
            transport if isinstance(transport, asyncio.Transport) else None,
            COMPRESSORS[compression](),
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
            self._disconnected(connection, socket.close_code)
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
        """Handle one message; return a close code if it ends the connection."""
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
        if self._state.token_refused or data.get("token") != self._state.token:
            return AUTHENTICATION_FAILED
        intents = data.get("intents")
        if not isinstance(intents, int) or intents & ~ALL_INTENTS:
            return INVALID_INTENTS
        granted = INTENT_MESSAGE_CONTENT if self._state.message_content else 0
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
        self._state.sessions_left -= 1
        self._send_ready(session)
        return None

    def _send_ready(self, session: Session) -> None:
        guilds = [
            guild
            for guild in self._state.guilds.values()
            if guild.installed and shard_of(guild.id, session.shards) == session.shard
        ]
        session.dispatch("READY", ready_payload(self._state, session, guilds, self.url))
        session.ready = True
        if session.intents & INTENT_GUILDS:
            for guild in guilds:
                session.dispatch("GUILD_CREATE", self._state.guild_created(guild))
        self._state.changes.notify()

    @property
    def url(self) -> str:
        return self._state.url.replace("http://", "ws://") + "/gateway"

    def _resume(self, connection: Connection, data: Json) -> int | None:
        if self._state.token_refused or data.get("token") != self._state.token:
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
        self._state.changes.notify()
        return None

    def _disconnected(self, connection: Connection, code: int | None) -> None:
        session = self.connections.pop(connection)
        if session and session.connection is connection:
            session.connection = None
            if code in FINAL_CODES:
                self.sessions.pop(session.id, None)
        self._state.changes.notify()

    async def drop(self, code: int | None) -> None:
        """Close every connection; without a code the TCP connections are aborted."""
        for connection, session in list(self.connections.items()):
            if session and session.connection is connection:
                session.connection = None
                if code in FINAL_CODES:
                    self.sessions.pop(session.id, None)
            await connection.close(code)

    async def ask_reconnect(self) -> None:
        """Send RECONNECT to every connection."""
        for connection in list(self.connections):
            connection.send({"op": RECONNECT, "s": None, "t": None, "d": None})

    async def invalidate(self, *, resumable: bool) -> None:
        """Send INVALID_SESSION to every connection."""
        for connection, session in list(self.connections.items()):
            if session and not resumable:
                self.sessions.pop(session.id, None)
                session.ready = False
            connection.send({"op": INVALID_SESSION, "s": None, "t": None, "d": resumable})

    async def stop(self) -> None:
        """Close every connection because the server stops."""
        for connection in list(self.connections):
            await connection.close(WSCloseCode.GOING_AWAY)
