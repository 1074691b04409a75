"""The parts of discord.py that `discord_patches` relies on are still there."""

import asyncio
import inspect
import logging
import time
from types import SimpleNamespace
from typing import Any

import discord  # noqa: TID251 - its internals are tested here
import pytest
import yarl

from pullquote_bot.discord_bot.api_responses import read_body
from pullquote_bot.discord_bot.discord_patches import (
    CONNECT_TIMEOUT,
    PatchedClient,
    apply_patches,
    disable_voice_warnings,
    set_api_url,
)
from pullquote_bot.discord_bot.reconnect_delay import ReconnectDelay

API = "http://127.0.0.1:9/api"
DiscordWebSocket = discord.gateway.DiscordWebSocket
INTENTS = discord.Intents(guilds=True)
GATEWAY = yarl.URL("ws://127.0.0.1:9/")


def test_requests_go_to_the_api_that_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert discord.http.Route("GET", "/gateway").url.startswith("https://discord.com/api/")
    monkeypatch.setattr(discord.http.Route, "BASE", discord.http.Route.BASE)
    set_api_url(API)
    assert discord.http.Route("GET", "/gateway").url == f"{API}/gateway"


def test_missing_voice_libraries_are_warned_about_unless_it_is_disabled(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, logger="discord.client")
    for attribute in ("warn_nacl", "warn_dave"):
        monkeypatch.setattr(discord.VoiceClient, attribute, True)
    discord.Client(intents=INTENTS)
    assert len(caplog.messages) == 2
    caplog.clear()
    for attribute in ("warn_nacl", "warn_dave"):
        monkeypatch.setattr(discord.VoiceClient, attribute, True)
    disable_voice_warnings()
    discord.Client(intents=INTENTS)
    assert caplog.messages == []


def test_a_shard_reconnects_to_the_gateway_that_it_was_launched_with(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    launches: list[tuple[yarl.URL, int, bool]] = []

    async def launch_shard(
        _client: discord.AutoShardedClient, gateway: yarl.URL, shard_id: int, *, initial: bool
    ) -> None:
        launches.append((gateway, shard_id, initial))

    assert inspect.signature(discord.AutoShardedClient.launch_shard) == inspect.signature(
        PatchedClient.launch_shard
    )
    assert "self.launch_shard(" in inspect.getsource(discord.AutoShardedClient.launch_shards)
    assert "= self.DEFAULT_GATEWAY" in inspect.getsource(DiscordWebSocket.received_message)
    monkeypatch.setattr(discord.AutoShardedClient, "launch_shard", launch_shard)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)
    client = PatchedClient(intents=INTENTS)
    asyncio.run(client.launch_shard(GATEWAY, 1, initial=True))
    assert launches == [(GATEWAY, 1, True)]
    assert DiscordWebSocket.DEFAULT_GATEWAY == GATEWAY


def test_a_number_of_shards_of_ones_own_goes_to_the_gateway_that_the_api_names(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    launches: list[tuple[yarl.URL, int]] = []

    async def launch_shard(
        _self: object, gateway: yarl.URL, shard_id: int, *, initial: bool = False
    ) -> None:
        assert initial == (shard_id == 1)
        launches.append((gateway, shard_id))

    async def get_bot_gateway(_self: object) -> tuple[int, str, object]:
        return 9, str(GATEWAY), {}

    assert "DEFAULT_GATEWAY" in inspect.getsource(discord.AutoShardedClient.launch_shards)
    monkeypatch.setattr(discord.AutoShardedClient, "launch_shard", launch_shard)
    monkeypatch.setattr(discord.http.HTTPClient, "get_bot_gateway", get_bot_gateway)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)
    client = PatchedClient(intents=INTENTS, shard_count=4, shard_ids=[1, 3])
    asyncio.run(client.launch_shards())
    assert launches == [(GATEWAY, 1), (GATEWAY, 3)]


def test_interactions_are_noticed_on_arrival_and_no_other_events() -> None:
    received: list[int] = []

    class Client(PatchedClient):
        def interaction_received(self, interaction_id: int) -> None:
            received.append(interaction_id)

    parser_source = inspect.getsource(discord.state.ConnectionState.parse_interaction_create)
    assert "self.dispatch('interaction', interaction)" in parser_source
    client = Client(intents=INTENTS)
    connection: Any = client._connection
    connection.dispatch("interaction", SimpleNamespace(id=5))
    connection.dispatch("message", SimpleNamespace(id=6))
    assert received == [5]


def test_responses_and_connections_are_read_and_made_at_the_places_that_are_patched() -> None:
    apply_patches()
    for module, class_ in (
        (discord.http, discord.http.HTTPClient),
        (discord.webhook.async_, discord.webhook.async_.AsyncWebhookAdapter),
    ):
        assert "data = await json_or_text(response)" in inspect.getsource(class_.request)
        assert vars(module)["json_or_text"] is read_body
    shard: Any = discord.shard.Shard
    assert "ExponentialBackoff()" in inspect.getsource(shard.__init__)
    assert "self._backoff.delay()" in inspect.getsource(shard._handle_disconnect)
    assert "DiscordWebSocket.from_client(" in inspect.getsource(shard.reconnect)
    assert "await self.ws.poll_event()" in inspect.getsource(shard.worker)
    assert "return await self.launch_shard(" in inspect.getsource(
        discord.AutoShardedClient.launch_shard
    )


def test_the_bot_is_back_within_a_minute_after_an_outage_of_any_length() -> None:
    for _ in range(50):
        delay: Any = vars(discord.shard)["ExponentialBackoff"]()
        waits = [delay.delay() for _ in range(200)]
        assert all(0 < wait <= 30 for wait in waits)
        assert max(waits) + CONNECT_TIMEOUT < 60
        assert waits[0] <= 1
        assert len(set(waits[10:])) > 100, "they have jitter"


def test_a_shard_that_cannot_be_launched_is_given_up_after_some_tries(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tries: list[int] = []

    async def fail(client: PatchedClient, gateway: yarl.URL, shard_id: int, **_: bool) -> None:
        tries.append(shard_id)
        await client.launch_shard(gateway, shard_id)

    monkeypatch.setattr(discord.AutoShardedClient, "launch_shard", fail)
    client = PatchedClient(intents=INTENTS)
    with pytest.raises(discord.GatewayNotFound):
        asyncio.run(client.launch_shard(GATEWAY, 0, initial=True))
    assert len(tries) == 3


def test_waits_stay_long_while_nothing_answers_and_are_short_after_a_good_connection(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = 0.0
    monkeypatch.setattr(time, "monotonic", lambda: clock)
    delay = ReconnectDelay()
    waits = []
    while clock < 3_600:
        waits.append(delay.delay())
        clock += waits[-1] + CONNECT_TIMEOUT  # a server that does not answer
    assert waits[0] <= 1
    assert all(10 < wait <= 30 for wait in waits[10:])
    clock += 600  # connected
    assert delay.delay() <= 1
