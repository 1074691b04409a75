"""The loopback Discord keeps Discord's rules of interactions, commands, permissions, limits and tokens."""

import asyncio
import time

import aiohttp
import pytest

from fakes.loopback_discord import Use
from fakes.loopback_discord.wire import ASK, Wire, on_wire


def test_paths_queries_and_tokens_are_judged() -> None:
    async def scenario(link: Wire) -> None:
        assert await link.refused("GET", "/nowhere") == (404, 0)
        assert await link.refused("DELETE", "/gateway") == (405, 0)
        assert await link.refused("GET", f"{link.messages()}?limit=101") == (400, 50035)
        assert await link.refused("GET", f"{link.messages()}?colour=red") == (400, 50035)
        assert len(link.discord.violations) == 4
        assert await link.refused("GET", "/users/@me", token="wrong") == (401, 0)
        assert await link.refused("GET", "/users/@me", token=None) == (401, 0)
        assert await link.refused("GET", "/channels/1") == (404, 10003)
        assert await link.refused("GET", f"{link.messages()}/1") == (404, 10008)
        assert len(link.discord.violations) == 4

    on_wire(scenario)


def test_an_interaction_is_answered_once_in_time_and_in_its_kind() -> None:
    async def scenario(link: Wire) -> None:
        discord = link.discord
        use = await discord.slash("ask", question="q")
        assert await link.refused(
            "PATCH", link.webhook(use, "/messages/@original"), {"content": "x"}
        ) == (404, 10015)
        assert await link.refused("POST", link.webhook(use), {"content": "x"}) == (404, 10015)
        assert await link.callback(use, 7, {"content": "x"}) == (400, 50035)
        assert await link.callback(use, 5, {"flags": 64}) == (204, 0)
        assert await link.callback(use, 4, {"content": "x"}) == (400, 40060)
        # The first follow-up is the deferred message, ephemeral as that was deferred.
        status, first = await link.send("POST", link.webhook(use, "?wait=true"), {"content": "x"})
        assert (status, first["flags"], (await use.message()).id) == (200, 64, first["id"])
        assert await link.refused("GET", f"{link.messages()}/{first['id']}") == (404, 10008)
        discord.expire(use)
        assert await link.refused(
            "PATCH", link.webhook(use, "/messages/@original"), {"content": "y"}
        ) == (401, 50027)
        late = await discord.slash("ask", question="q")
        discord.expire(late)
        assert await link.callback(late, 4, {"content": "x"}) == (404, 10062)
        typing = asyncio.create_task(discord.autocomplete("ask", option="question", typed="q"))
        await asyncio.sleep(0)
        (waiting,) = [each for each in discord.world.interactions.values() if each.type == 4]
        assert await link.callback(
            Use(waiting, discord.world), 8, {"choices": [{"name": "n" * 101, "value": "v"}]}
        ) == (400, 50035)
        assert await link.callback(
            Use(waiting, discord.world), 8, {"choices": [{"name": "n", "value": "v"}] * 26}
        ) == (400, 50035)
        assert await link.callback(Use(waiting, discord.world), 8, {"choices": []}) == (204, 0)
        assert await typing == []
        form = await discord.slash("ask", question="q")
        wide = {
            "type": 18,
            "label": "l" * 46,
            "component": {"type": 4, "custom_id": "t", "style": 1},
        }
        assert await link.callback(
            form, 9, {"title": "t" * 46, "custom_id": "m", "components": [wide]}
        ) == (400, 50035)
        assert await link.callback(
            form, 9, {"title": "t", "custom_id": "m", "components": [wide | {"label": "l"}]}
        ) == (204, 0)
        assert await link.refused("GET", link.webhook(form, "/messages/@original")) == (404, 10008)

    on_wire(scenario)


def test_commands_are_judged() -> None:
    async def scenario(link: Wire) -> None:
        path = f"/applications/{link.discord.application_id}/commands"
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
            assert await link.refused("PUT", path, [wrong]) == (400, 50035)
        assert await link.refused("PUT", path, [ASK, ASK]) == (400, 50035)
        assert link.discord.sync_count == 1
        link.discord.world.commands_allowed = False
        assert await link.refused("PUT", path, [ASK]) == (403, 50001)

    on_wire(scenario)


def test_permissions_and_missing_places() -> None:
    async def scenario(link: Wire) -> None:
        discord, content = link.discord, {"content": "x"}
        said = await discord.post(discord.channel, discord.alice, "secret")
        assert (await link.send("GET", f"{link.messages()}/{said.id}"))[1]["content"] == ""
        assert await link.refused("PATCH", f"{link.messages()}/{said.id}", content) == (403, 50005)
        discord.deny(discord.channel, ["send_messages", "create_public_threads"])
        assert await link.refused("POST", link.messages(), content) == (403, 50013)
        assert await link.refused(
            "POST", f"{link.messages()}/{said.id}/threads", {"name": "n"}
        ) == (403, 50013)
        discord.deny(discord.channel, [])
        assert (await link.send("POST", f"{link.messages()}/{said.id}/threads", {"name": "n"}))[
            0
        ] == 201
        assert await link.refused(
            "POST", f"{link.messages()}/{said.id}/threads", {"name": "n"}
        ) == (400, 160004)
        discord.deny(discord.channel, ["view_channel"])
        assert await link.refused("POST", link.messages(), content) == (403, 50001)
        assert discord.violations == []
        assert await link.refused(
            "POST", f"{link.messages()}/{said.id}/threads", {"name": "n" * 101}
        ) == (400, 50035)
        discord.delete_channel(discord.channel)
        assert await link.refused("POST", link.messages(), content) == (404, 10003)

    on_wire(scenario)


def test_rate_limits_are_per_channel_and_tell_when_to_come_back() -> None:
    async def scenario(link: Wire) -> None:
        link.discord.rate_limits.as_discord()
        for _ in range(5):
            assert (await link.send("POST", link.messages(), {"content": "x"}))[0] == 200
        status, answer = await link.send("POST", link.messages(), {"content": "x"})
        assert (status, answer["global"]) == (429, False)
        assert 0 < answer["retry_after"] <= 5
        other = link.discord.add_channel("other")
        assert (await link.send("POST", f"/channels/{other.id}/messages", {"content": "x"}))[
            0
        ] == 200

    on_wire(scenario)


def test_discord_goes_away_and_comes_back_and_may_fail_after_the_deed() -> None:
    async def scenario(link: Wire) -> None:
        discord = link.discord
        discord.fail_next("POST", "/messages$", status=503, done_anyway=True)
        assert await link.refused("POST", link.messages(), {"content": "x"}) == (503, 0)
        assert [message.content for message in discord.messages(discord.channel)] == ["x"]
        # A GET that ends so is made again by aiohttp itself.
        discord.fail_next("POST", "/typing", status=0)
        with pytest.raises(aiohttp.ClientError):
            await link.send("POST", f"/channels/{discord.channel.id}/typing")
        discord.delay("/users/@me", 0.2)
        began = time.monotonic()
        await link.send("GET", "/users/@me")
        assert time.monotonic() - began > 0.19
        discord.trouble.delays.clear()
        discord.go_away(0.3)
        with pytest.raises(aiohttp.ClientError):
            await link.send("GET", "/users/@me")
        await asyncio.sleep(0.4)
        assert (await link.send("GET", "/users/@me"))[0] == 200

    on_wire(scenario)


@pytest.mark.parametrize(
    ("token", "intents", "code"),
    [("wrong", 1, 4004), (None, 1 << 15, 4014), (None, 1 << 1, 4014), (None, 1 << 30, 4013)],
)
def test_the_gateway_refuses_bad_tokens_and_intents_that_were_not_granted(
    token: str | None, intents: int, code: int
) -> None:
    async def scenario(link: Wire) -> None:
        discord = link.discord
        async with link.session.ws_connect(f"{discord.gateway_url}?v=10&encoding=json") as socket:
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

    on_wire(scenario)
