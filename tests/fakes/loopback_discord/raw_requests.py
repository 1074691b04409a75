"""Single requests to the loopback, without a bot."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from fakes.loopback_discord.loopback import LoopbackDiscord
from fakes.loopback_discord.user_interactions import UserInteraction

REQUEST_TIMEOUT = 10.0  # seconds
ASK: dict[str, Any] = {
    "name": "ask",
    "description": "Ask",
    "contexts": [0, 1, 2],
    "integration_types": [0, 1],
    "options": [
        {
            "type": 3,
            "name": "question",
            "description": "What",
            "required": True,
            "autocomplete": True,
        }
    ],
}


class RawClient:
    """Sends the requests that a test names, with the bot's token."""

    def __init__(self, discord: LoopbackDiscord, session: aiohttp.ClientSession) -> None:
        self.discord = discord
        self.session = session

    async def send(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        token: str | None = "right",
        files: dict[str, bytes] | None = None,
    ) -> tuple[int, Any]:
        """Send a request, as multipart if it has files; returns its status and JSON."""
        headers = (
            {}
            if token is None
            else {"Authorization": f"Bot {self.discord.token if token == 'right' else token}"}
        )
        data: Any = None
        if files is not None:
            data = aiohttp.FormData(quote_fields=False)
            data.add_field("payload_json", json.dumps(body))
            for number, (name, content) in enumerate(files.items()):
                data.add_field(f"files[{number}]", content, filename=name)
            body = None
        async with self.session.request(
            method, self.discord.api_url + path, json=body, data=data, headers=headers
        ) as response:
            text = await response.text()
            return response.status, json.loads(text) if text else None

    async def error_of(
        self, method: str, path: str, body: Any = None, **options: Any
    ) -> tuple[int, int]:
        """Send a request that fails; returns its status and Discord's error code."""
        status, response_json = await self.send(method, path, body, **options)
        return status, response_json["code"]

    async def callback(
        self, interaction: UserInteraction, kind: int, data: Any = None
    ) -> tuple[int, int]:
        """Send an initial response; returns its status, and the error code or 0."""
        status, response_json = await self.send(
            "POST",
            f"/interactions/{interaction.id}/{interaction.interaction.token}/callback",
            {"type": kind} | ({} if data is None else {"data": data}),
            token=None,
        )
        return status, response_json["code"] if response_json else 0

    def webhook(self, interaction: UserInteraction, rest: str = "") -> str:
        """The path of an interaction's webhook."""
        return f"/webhooks/{self.discord.application_id}/{interaction.interaction.token}{rest}"

    def messages(self) -> str:
        """The path of the messages of the first channel."""
        return f"/channels/{self.discord.channel.id}/messages"


@asynccontextmanager
async def raw_client() -> AsyncIterator[RawClient]:
    """A loopback with the command /ask registered, and no bot running."""
    timeout = aiohttp.ClientTimeout(REQUEST_TIMEOUT)
    async with (
        LoopbackDiscord.started() as discord,
        aiohttp.ClientSession(timeout=timeout) as session,
    ):
        client = RawClient(discord, session)
        status, _ = await client.send(
            "PUT", f"/applications/{discord.application_id}/commands", [ASK]
        )
        assert status == 200
        yield client


def with_raw_client(scenario: Callable[[RawClient], Awaitable[None]]) -> None:
    """Run a scenario of requests; the loopback's responses must satisfy Discord's description."""

    async def run() -> None:
        async with raw_client() as client:
            await scenario(client)
            assert client.discord.response_violations == []

    asyncio.run(run())
