"""Requests to the loopback without a bot, to try out what it refuses."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from fakes.loopback_discord.driver import LoopbackDiscord
from fakes.loopback_discord.uses import Use

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


class Wire:
    """Requests as the bot would make them, without the bot."""

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

    async def refused(
        self, method: str, path: str, body: Any = None, **more: Any
    ) -> tuple[int, int]:
        status, answer = await self.send(method, path, body, **more)
        return status, answer["code"]

    async def callback(self, use: Use, kind: int, data: Any = None) -> tuple[int, int]:
        status, answer = await self.send(
            "POST",
            f"/interactions/{use.id}/{use.interaction.token}/callback",
            {"type": kind} | ({} if data is None else {"data": data}),
            token=None,
        )
        return status, answer["code"] if answer else 0

    def webhook(self, use: Use, rest: str = "") -> str:
        return f"/webhooks/{self.discord.application_id}/{use.interaction.token}{rest}"

    def messages(self) -> str:
        return f"/channels/{self.discord.channel.id}/messages"


@asynccontextmanager
async def wire() -> AsyncIterator[Wire]:
    """A loopback where /ask is registered and no bot runs."""
    async with LoopbackDiscord.started() as discord, aiohttp.ClientSession() as session:
        link = Wire(discord, session)
        status, _ = await link.send(
            "PUT", f"/applications/{discord.application_id}/commands", [ASK]
        )
        assert status == 200
        yield link


def on_wire(scenario: Callable[[Wire], Awaitable[None]]) -> None:
    """Runs a scenario of requests; the loopback's own answers must be as Discord describes them."""

    async def run() -> None:
        async with wire() as link:
            await scenario(link)
            assert link.discord.own_faults == []

    asyncio.run(run())
