"""The loopback accepts the messages that Discord accepts, and no others."""

from typing import Any

import pytest

from fakes.loopback_discord.raw_requests import RawClient, with_raw_client

V2 = 1 << 15


def text(content: str) -> dict[str, Any]:
    return {"type": 10, "content": content}


def button(**more: Any) -> dict[str, Any]:
    return {"type": 2, "style": 1, "label": "b", "custom_id": "b"} | more


def row(*components: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(components)}


def v2(*components: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"flags": V2, "components": list(components)} | more


def select(count: int, **more: Any) -> dict[str, Any]:
    return {
        "type": 3,
        "custom_id": "s",
        "options": [{"label": f"o{number}", "value": str(number)} for number in range(count)],
    } | more


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"content": "w" * 2001}, "content: Must be 2000"),
    ({"content": 3}, "content:"),
    ({"content": ""}, "empty message"),
    ({"content": "x", "embeds": [{"title": "t" * 257}]}, "embeds.0.title"),
    (
        {"embeds": [{"description": "d" * 4096}, {"description": "d" * 2000}]},
        "exceeds maximum size of 6000",
    ),
    ({"embeds": [{"fields": [{"name": "n", "value": "v"}] * 26}]}, "embeds.0.fields"),
    ({"embeds": [{"fields": [{"name": "n" * 257, "value": "v"}]}]}, "embeds.0.fields.0.name"),
    ({"content": "x", "components": [text("without the flag")]}, "components.0.type"),
    ({"content": "x", "components": [row(button()), row(button())]}, "duplicated"),
    (
        {"content": "x", "components": [row(button(custom_id="c" * 101))]},
        "components.0.components.0.custom_id",
    ),
    (
        {"content": "x", "components": [row(button(label="l" * 81))]},
        "components.0.components.0.label",
    ),
    ({"content": "x", "components": [row(button(style=5))]}, "components.0.components.0.url"),
    ({"content": "x", "components": [row(select(26))]}, "components.0.components.0.options"),
    ({"content": "x", "components": [row(select(2, placeholder="p" * 151))]}, "placeholder"),
    ({"content": "x", "components": [row(select(2), button())]}, "one select"),
    ({"content": "x", "flags": 64}, "flags"),
    (v2(text("x"), content="both"), "content: `content` cannot be used"),
    (v2(text("a" * 2001), text("b" * 2000)), "4001 characters"),
    (v2(text("")), "components.0.content"),
    (v2(text("   ")), "components.0.content"),
    (v2(*[text("x")] * 41), "components"),
    (v2(*[{"type": 17, "components": [text("x")] * 10}] * 4), "44 components"),
    (
        v2(
            {
                "type": 17,
                "components": [{"type": 9, "components": [text("x")], "accessory": {"type": 2}}],
            }
        ),
        "components.0.components.0.accessory",
    ),
    (v2({"type": 13, "file": {"url": "attachment://gone.txt"}}), "not found"),
    (v2({"type": 13, "file": {"url": "https://example.org/x"}}), "attachment:// reference only"),
    (v2({"type": 12, "items": [{"media": {"url": "ftp://example.org/x"}}]}), "items.0.media.url"),
    ({"content": "x", "attachments": [{"id": "7", "filename": "x"}]}, "attachments.0"),
]


@pytest.mark.parametrize(("body", "violation"), WRONG, ids=[violation for _, violation in WRONG])
def test_a_wrong_message_is_rejected_and_recorded_as_a_violation(
    body: dict[str, Any], violation: str
) -> None:
    async def scenario(client: RawClient) -> None:
        status, response = await client.send("POST", client.messages(), body)
        assert status == 400
        assert response["code"] in {50035, 50006}
        assert violation in "\n".join(client.discord.violations)
        assert client.discord.messages(client.discord.channel) == []

    with_raw_client(scenario)


def test_a_message_within_the_limits_is_stored_and_returned_whole() -> None:
    async def scenario(client: RawClient) -> None:
        gallery = {"type": 12, "items": [{"media": {"url": "attachment://a_b.png"}}]}
        body = v2(
            {
                "type": 17,
                "components": [text("x" * 4000), gallery, row(button(id=7), button(custom_id="c"))],
            }
        )
        status, response = await client.send(
            "POST", client.messages(), body, files={"a b.png": b"picture"}
        )
        assert status == 200, response
        assert response == (await client.send("GET", f"{client.messages()}/{response['id']}"))[1]
        (container,) = response["components"]
        assert [
            each["id"]
            for each in (
                container,
                *container["components"],
                *container["components"][2]["components"],
            )
        ] == [1, 2, 3, 4, 7, 5]
        assert (
            container["components"][1]["items"][0]["media"]["attachment_id"]
            == response["attachments"][0]["id"]
        )
        # An edit of something else keeps the files and their references.
        status, edited = await client.send(
            "PATCH", f"{client.messages()}/{response['id']}", {"allowed_mentions": {"parse": []}}
        )
        assert (status, edited["components"], edited["attachments"]) == (
            200,
            response["components"],
            response["attachments"],
        )
        status, pinged = await client.send(
            "POST",
            client.messages(),
            {
                "content": f"{client.discord.alice.mention} @everyone",
                "allowed_mentions": {"parse": []},
            },
        )
        assert (pinged["mentions"], pinged["mention_everyone"]) == ([], False)
        again = {"content": "once", "nonce": "n", "enforce_nonce": True}
        assert (await client.send("POST", client.messages(), again))[1]["id"] == (
            await client.send("POST", client.messages(), again)
        )[1]["id"]
        assert client.discord.violations == []

    with_raw_client(scenario)
