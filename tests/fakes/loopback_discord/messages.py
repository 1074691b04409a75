"""Messages as the server holds them: made and changed by requests, and given back as Discord would."""

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from fakes.loopback_discord.channels import Channel
from fakes.loopback_discord.component_tree import FILE, completed, media, walk
from fakes.loopback_discord.limits import IS_COMPONENTS_V2, message_faults
from fakes.loopback_discord.mentions import mentions
from fakes.loopback_discord.people import User
from fakes.loopback_discord.refusals import Json, Refusal, invalid_body
from fakes.loopback_discord.snowflakes import timestamp
from fakes.loopback_discord.uploads import EPHEMERAL, Upload, attached, shown

SUPPRESS_EMBEDS, HAS_THREAD, LOADING, SUPPRESS_NOTIFICATIONS = 1 << 2, 1 << 5, 1 << 7, 1 << 12
SETTABLE = SUPPRESS_EMBEDS | EPHEMERAL | SUPPRESS_NOTIFICATIONS | IS_COMPONENTS_V2
# An edit can set these only; ephemeral a message is from the start, and components V2 it stays.
EDITABLE = SUPPRESS_EMBEDS | IS_COMPONENTS_V2
PLAIN, REPLY, SLASH_COMMAND, CONTEXT_MENU_COMMAND = 0, 19, 20, 23


@dataclass(slots=True, eq=False)
class StoredMessage:
    """A message, with the bytes of its files."""

    channel: Channel
    author: User
    raw: Json
    files: dict[str, bytes] = field(default_factory=dict)
    # Who alone sees an ephemeral message.
    seen_by: User | None = None
    revision: int = 0
    deleted: bool = False

    @property
    def id(self) -> str:
        return str(self.raw["id"])

    @property
    def ephemeral(self) -> bool:
        return bool(self.raw["flags"] & EPHEMERAL)

    @property
    def loading(self) -> bool:
        return bool(self.raw["flags"] & LOADING)


@dataclass(frozen=True, slots=True)
class Writer:
    """Makes and changes messages: where ids, urls and users come from."""

    ids: Iterator[str]
    url: str
    user: Callable[[str], User | None]

    def blank(
        self, channel: Channel, author: User, kind: int = PLAIN, **more: Any
    ) -> StoredMessage:
        """A message with nothing in it yet."""
        raw: Json = {
            "id": next(self.ids),
            "channel_id": channel.id,
            "author": author.payload(),
            "type": kind,
            "content": "",
            "embeds": [],
            "components": [],
            "attachments": [],
            "flags": 0,
            "mentions": [],
            "mention_roles": [],
            "mention_everyone": False,
            "timestamp": timestamp(),
            "edited_timestamp": None,
            "pinned": False,
            "tts": False,
        }
        return StoredMessage(channel, author, raw | more)

    def fill(
        self, message: StoredMessage, body: Json, uploads: list[Upload], *, flags: int
    ) -> None:
        """Sets what a body says, if the whole message is then within Discord's limits."""
        old = message.raw
        raw = dict(old)
        raw["flags"] = flags
        raw["attachments"], new_files = attached(
            body, uploads, old["attachments"], self.ids, self.url, flags
        )
        if "content" in body:
            # Discord strips a message's text.
            raw["content"] = (body["content"] or "").strip()
        for key in ("embeds", "components"):
            if key in body:
                raw[key] = body[key] or []
        names = frozenset(attachment["filename"] for attachment in raw["attachments"])
        if faults := tuple(
            message_faults(
                {
                    **_as_sent(raw),
                    **{key: body[key] for key in ("poll", "sticker_ids") if body.get(key)},
                },
                names,
            )
        ):
            raise invalid_body(*faults)
        if not any(raw[key] for key in ("content", "embeds", "components", "attachments")):
            raise Refusal(400, 50006)
        if "components" in body:
            raw["components"] = self._components(raw)
        if "embeds" in body:
            raw["embeds"] = [self._embed(embed, raw["attachments"]) for embed in raw["embeds"]]
        raw |= mentions(body, raw, self.user)
        message.raw = raw
        message.files |= new_files
        message.revision += 1

    def edit(self, message: StoredMessage, body: Json, uploads: list[Upload]) -> None:
        """Changes a message; the first change of a deferred answer is not told as an edit."""
        was_loading = message.loading
        flags = (message.raw["flags"] & ~LOADING) | ((body.get("flags") or 0) & EDITABLE)
        self.fill(message, body, uploads, flags=flags)
        if not was_loading:
            message.raw["edited_timestamp"] = timestamp()

    def _components(self, raw: Json) -> list[Json]:
        tree = completed(copy.deepcopy(raw["components"]))
        sizes = {attachment["url"]: attachment for attachment in raw["attachments"]}
        for _, component in walk(tree):
            for _, item in media(component):
                item.update(shown(item, raw["attachments"], next(self.ids)))
                if component["type"] == FILE:
                    attachment = sizes.get(item["url"], {})
                    component["name"], component["size"] = (
                        attachment.get("filename"),
                        attachment.get("size"),
                    )
        return tree

    def _embed(self, embed: Json, attachments: list[Json]) -> Json:
        result = {key: value for key, value in embed.items() if value is not None} | {
            "type": embed.get("type") or "rich"
        }
        for key in ("image", "thumbnail"):
            if embed.get(key):
                item = shown(embed[key], attachments, "0")
                result[key] = {
                    "url": item["url"],
                    "proxy_url": item["proxy_url"],
                    "width": 0,
                    "height": 0,
                }
        return result


def _as_sent(raw: Json) -> Json:
    """The message with the urls that Discord gave to its files written as references again, so that one rule judges both."""
    references = {
        attachment["url"]: f"attachment://{attachment['filename']}"
        for attachment in raw["attachments"]
    }
    result = dict(raw)
    result["components"] = [_referring(component, references) for component in raw["components"]]
    return result


def _referring(node: Any, references: dict[str, str]) -> Any:
    if isinstance(node, dict):
        return {
            key: references.get(value, value) if key == "url" else _referring(value, references)
            for key, value in node.items()
        }
    return [_referring(inner, references) for inner in node] if isinstance(node, list) else node


def hidden(raw: Json) -> Json:
    """A message as a bot without the intent to read messages sees it."""
    return raw | {"content": "", "embeds": [], "components": [], "attachments": []}
