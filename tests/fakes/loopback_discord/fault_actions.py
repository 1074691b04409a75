"""What a test injects: failing responses, rate limits, delays, outages, lost connections."""

import re

from aiohttp import web

from fakes.loopback_discord.discord_state import DiscordState
from fakes.loopback_discord.fault_injection import Failure, FaultInjection
from fakes.loopback_discord.gateway import Gateway
from fakes.loopback_discord.server import Server
from fakes.loopback_discord.user_interactions import UserInteraction


class FaultActions:
    """Faults of Discord, on request."""

    state: DiscordState
    server: Server
    gateway: Gateway
    fault_injection: FaultInjection

    def fail_next(
        self,
        method: str,
        path_regex: str,
        status: int = 500,
        times: int = 1,
        code: int | None = None,
        *,
        done_anyway: bool = False,
    ) -> None:
        """Make the next matching requests fail.

        Args:
            method: "*" is any.
            path_regex: searched for in the path.
            status: of the response; 0 closes the connection without one.
            times: how many requests fail.
            code: Discord's JSON error code.
            done_anyway: whether the requests take effect, and only their responses fail.
        """
        self.fault_injection.failures.append(
            Failure(method, re.compile(path_regex), status, code, times, done_anyway)
        )

    def rate_limit_next(
        self,
        method: str,
        path_regex: str,
        retry_after: float = 0.5,
        *,
        is_global: bool = False,
        times: int = 1,
    ) -> None:
        """Respond to the next matching requests with 429; `retry_after` is in seconds."""
        self.fault_injection.failures.append(
            Failure(
                method,
                re.compile(path_regex),
                429,
                None,
                times,
                retry_after=retry_after,
                is_global=is_global,
            )
        )

    def answer_next(
        self,
        method: str,
        path_regex: str,
        status: int,
        body: str = "",
        content_type: str = "application/json",
        **headers: str,
    ) -> None:
        """Answer the next matching request with any response; it has no effect.

        Args:
            method: "*" is any.
            path_regex: searched for in the path.
            status: of the response.
            body: of the response, as it is.
            content_type: of the response.
            headers: further headers, with underscores for hyphens.
        """
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        raw = web.Response(
            status=status, body=body.encode(), content_type=content_type, headers=named
        )
        self.fault_injection.failures.append(
            Failure(method, re.compile(path_regex), status, raw=raw)
        )

    def delay(self, path_regex: str, seconds: float) -> None:
        """Delay every matching request, until `fault_injection.delays` is cleared."""
        self.fault_injection.delays.append((re.compile(path_regex), seconds))

    def token_is_bad(self, *, bad: bool = True) -> None:
        """Reject the bot's token with 401."""
        self.state.token_refused = bad

    def go_away(self, seconds: float) -> None:
        """Close all connections, HTTP and gateway, and refuse new ones for some seconds."""
        self.server.go_away(seconds)

    async def drop_connections(self, code: int | None = 4000) -> None:
        """Close the gateway's connections; without a code the TCP connections are aborted."""
        await self.gateway.drop(code)

    async def send_frame(self, frame: str | bytes) -> None:
        """Send every shard a frame as it is, whatever it is."""
        for connection in list(self.gateway.connections):
            if isinstance(frame, str):
                await connection.socket.send_str(frame)
            else:
                await connection.socket.send_bytes(frame)

    async def ask_reconnect(self) -> None:
        """Ask every shard to reconnect."""
        await self.gateway.ask_reconnect()

    async def invalidate_session(self, *, resumable: bool = False) -> None:
        """Tell every shard that its session is invalid."""
        await self.gateway.invalidate(resumable=resumable)

    def expire(self, interaction: UserInteraction) -> None:
        """Expire an interaction's token, as after 15 minutes."""
        interaction.interaction.expired = True
