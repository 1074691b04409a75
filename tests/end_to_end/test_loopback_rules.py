"""The loopback enforces Discord's rules of interactions, commands, permissions and limits."""

import asyncio
import time

import aiohttp
import pytest

from fakes.loopback_discord import UserInteraction
from fakes.loopback_discord.raw_requests import ASK, RawClient, with_raw_client


def test_paths_queries_and_tokens_are_validated() -> None:
    async def scenario(client: RawClient) -> None:
        assert await client.error_of("GET", "/nowhere") == (404, 0)
        assert await client.error_of("DELETE", "/gateway") == (405, 0)
        assert await client.error_of("GET", f"{client.messages()}?limit=101") == (400, 50035)
        assert await client.error_of("GET", f"{client.messages()}?colour=red") == (400, 50035)
        assert len(client.discord.violations) == 4
        assert await client.error_of("GET", "/users/@me", token="wrong") == (401, 0)
        assert await client.error_of("GET", "/users/@me", token=None) == (401, 0)
        assert await client.error_of("GET", "/channels/1") == (404, 10003)
        assert await client.error_of("GET", f"{client.messages()}/1") == (404, 10008)
        assert len(client.discord.violations) == 4

    with_raw_client(scenario)


def test_an_interaction_takes_one_timely_response_of_an_allowed_type() -> None:
    async def scenario(client: RawClient) -> None:
        discord = client.discord
        interaction = await discord.slash("ask", question="q")
        assert await client.error_of(
            "PATCH", client.webhook(interaction, "/messages/@original"), {"content": "x"}
        ) == (404, 10015)
        assert await client.error_of("POST", client.webhook(interaction), {"content": "x"}) == (
            404,
            10015,
        )
        assert await client.callback(interaction, 7, {"content": "x"}) == (400, 50035)
        assert await client.callback(interaction, 5, {"flags": 64}) == (204, 0)
        assert await client.callback(interaction, 4, {"content": "x"}) == (400, 40060)
        # The first follow-up becomes the deferred message, with its visibility.
        status, first = await client.send(
            "POST", client.webhook(interaction, "?wait=true"), {"content": "x"}
        )
        assert (status, first["flags"], (await interaction.message()).id) == (200, 64, first["id"])
        assert await client.error_of("GET", f"{client.messages()}/{first['id']}") == (404, 10008)
        discord.expire(interaction)
        assert await client.error_of(
            "PATCH", client.webhook(interaction, "/messages/@original"), {"content": "y"}
        ) == (401, 50027)
        late = await discord.slash("ask", question="q")
        discord.expire(late)
        assert await client.callback(late, 4, {"content": "x"}) == (404, 10062)
        typing = asyncio.create_task(discord.autocomplete("ask", option="question", typed="q"))
        await asyncio.sleep(0)
        (waiting,) = [each for each in discord.state.interactions.values() if each.type == 4]
        assert await client.callback(
            UserInteraction(waiting, discord.state),
            8,
            {"choices": [{"name": "n" * 101, "value": "v"}]},
        ) == (400, 50035)
        assert await client.callback(
            UserInteraction(waiting, discord.state),
            8,
            {"choices": [{"name": "n", "value": "v"}] * 26},
        ) == (400, 50035)
        assert await client.callback(
            UserInteraction(waiting, discord.state), 8, {"choices": []}
        ) == (204, 0)
        assert await typing == []
        form = await discord.slash("ask", question="q")
        wide = {
            "type": 18,
            "label": "l" * 46,
            "component": {"type": 4, "custom_id": "t", "style": 1},
        }
        assert await client.callback(
            form, 9, {"title": "t" * 46, "custom_id": "m", "components": [wide]}
        ) == (400, 50035)
        assert await client.callback(
            form, 9, {"title": "t", "custom_id": "m", "components": [wide | {"label": "l"}]}
        ) == (204, 0)
        assert await client.error_of("GET", client.webhook(form, "/messages/@original")) == (
            404,
            10008,
        )

    with_raw_client(scenario)


def test_command_definitions_are_validated() -> None:
    async def scenario(client: RawClient) -> None:
        path = f"/applications/{client.discord.application_id}/commands"
        for wrong in (
            {"name": "Ask", "description": "d"},
            {"name": "a b", "description": "d"},
            {"name": "ask", "description": "d" * 101},
            {"name": "ask", "description": ""},
            ASK
            | {
                "options": [ASK["options"][0] | {"name": "a", "required": False}, ASK["options"][0]]
            },
        ):
            assert await client.error_of("PUT", path, [wrong]) == (400, 50035)
        assert await client.error_of("PUT", path, [ASK, ASK]) == (400, 50035)
        assert client.discord.sync_count == 1
        client.discord.state.commands_allowed = False
        assert await client.error_of("PUT", path, [ASK]) == (403, 50001)

    with_raw_client(scenario)


def test_permissions_and_missing_channels() -> None:
    async def scenario(client: RawClient) -> None:
        discord, content = client.discord, {"content": "x"}
        secret = await discord.post(discord.channel, discord.alice, "secret")
        assert (await client.send("GET", f"{client.messages()}/{secret.id}"))[1]["content"] == ""
        assert await client.error_of("PATCH", f"{client.messages()}/{secret.id}", content) == (
            403,
            50005,
        )
        discord.deny(discord.channel, ["send_messages", "create_public_threads"])
        assert await client.error_of("POST", client.messages(), content) == (403, 50013)
        assert await client.error_of(
            "POST", f"{client.messages()}/{secret.id}/threads", {"name": "n"}
        ) == (403, 50013)
        discord.deny(discord.channel, [])
        assert (
            await client.send("POST", f"{client.messages()}/{secret.id}/threads", {"name": "n"})
        )[0] == 201
        assert await client.error_of(
            "POST", f"{client.messages()}/{secret.id}/threads", {"name": "n"}
        ) == (400, 160004)
        discord.deny(discord.channel, ["view_channel"])
        assert await client.error_of("POST", client.messages(), content) == (403, 50001)
        assert discord.violations == []
        assert await client.error_of(
            "POST", f"{client.messages()}/{secret.id}/threads", {"name": "n" * 101}
        ) == (400, 50035)
        discord.delete_channel(discord.channel)
        assert await client.error_of("POST", client.messages(), content) == (404, 10003)

    with_raw_client(scenario)


def test_rate_limits_are_per_channel_and_say_how_long_to_wait() -> None:
    async def scenario(client: RawClient) -> None:
        client.discord.rate_limits.use_discord_limits()
        for _ in range(5):
            assert (await client.send("POST", client.messages(), {"content": "x"}))[0] == 200
        status, answer = await client.send("POST", client.messages(), {"content": "x"})
        assert (status, answer["global"]) == (429, False)
        assert 0 < answer["retry_after"] <= 5
        other = client.discord.add_channel("other")
        assert (await client.send("POST", f"/channels/{other.id}/messages", {"content": "x"}))[
            0
        ] == 200

    with_raw_client(scenario)


def test_outages_delays_and_failures_after_the_effect() -> None:
    async def scenario(client: RawClient) -> None:
        discord = client.discord
        discord.fail_next("POST", "/messages$", status=503, done_anyway=True)
        assert await client.error_of("POST", client.messages(), {"content": "x"}) == (503, 0)
        assert [message.content for message in discord.messages(discord.channel)] == ["x"]
        # POST, because aiohttp itself repeats a GET whose connection is closed.
        discord.fail_next("POST", "/typing", status=0)
        with pytest.raises(aiohttp.ClientError):
            await client.send("POST", f"/channels/{discord.channel.id}/typing")
        discord.delay("/users/@me", 0.2)
        began = time.monotonic()
        await client.send("GET", "/users/@me")
        assert time.monotonic() - began > 0.19
        discord.fault_injection.delays.clear()
        discord.go_away(0.3)
        with pytest.raises(aiohttp.ClientError):
            await client.send("GET", "/users/@me")
        await asyncio.sleep(0.4)
        assert (await client.send("GET", "/users/@me"))[0] == 200

    with_raw_client(scenario)


@pytest.mark.parametrize(
    ("token", "intents", "code"),
    [("wrong", 1, 4004), (None, 1 << 15, 4014), (None, 1 << 1, 4014), (None, 1 << 30, 4013)],
)
def test_the_gateway_rejects_bad_tokens_and_privileged_intents(
    token: str | None, intents: int, code: int
) -> None:
    async def scenario(client: RawClient) -> None:
        discord = client.discord
        async with client.session.ws_connect(f"{discord.gateway_url}?v=10&encoding=json") as socket:
            assert (await socket.receive_json())["op"] == 10
            await socket.send_json({"op": 1, "d": None})
            assert (await socket.receive_json())["op"] == 11
            await socket.send_json(
                {
                    "op": 2,
                    "d": {"token": token or discord.token, "intents": intents, "properties": {}},
                }
            )
            assert (await socket.receive()).data == code

    with_raw_client(scenario)
