"""Messages as the server stores them: created and edited by requests, returned as Discord does."""

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from fakes.loopback_discord.api_errors import ApiError, invalid_body
from fakes.loopback_discord.attachments import EPHEMERAL, Upload, media_item, merged_attachments
from fakes.loopback_discord.channels import Channel
from fakes.loopback_discord.component_tree import FILE, completed, media, walk
from fakes.loopback_discord.mentions import mentions
from fakes.loopback_discord.message_limits import IS_COMPONENTS_V2, message_errors
from fakes.loopback_discord.payload import Json
from fakes.loopback_discord.snowflakes import timestamp
from fakes.loopback_discord.users_and_guilds import User

SUPPRESS_EMBEDS, HAS_THREAD, LOADING, SUPPRESS_NOTIFICATIONS = 1 << 2, 1 << 5, 1 << 7, 1 << 12
SETTABLE = SUPPRESS_EMBEDS | EPHEMERAL | SUPPRESS_NOTIFICATIONS | IS_COMPONENTS_V2
# The flags that an edit can set: a message cannot become ephemeral later.
EDITABLE = SUPPRESS_EMBEDS | IS_COMPONENTS_V2
PLAIN, REPLY, SLASH_COMMAND, CONTEXT_MENU_COMMAND = 0, 19, 20, 23


@dataclass(slots=True, eq=False)
class StoredMessage:
    """A message and the bytes of its files.

    Attributes:
        raw: the message as Discord describes it.
        files: by attachment id.
        visible_to: the only user who sees an ephemeral message.
        revision: the number of edits.
    """

    channel: Channel
    author: User
    raw: Json
    files: dict[str, bytes] = field(default_factory=dict)
    visible_to: User | None = None
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
class MessageWriter:
    """Creates and edits messages.

    Attributes:
        ids: new ids.
        url: the server's address, for attachments.
        user: finds a user by id.
    """

    ids: Iterator[str]
    url: str
    user: Callable[[str], User | None]

    def empty_message(
        self, channel: Channel, author: User, kind: int = PLAIN, **more: Any
    ) -> StoredMessage:
        """A message without content."""
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

    def set_content(
        self, message: StoredMessage, body: Json, uploads: list[Upload], *, flags: int
    ) -> None:
        """Set what a request's body says.

        Raises:
            ApiError: the resulting message exceeds Discord's limits or is empty.
        """
        old = message.raw
        raw = dict(old)
        raw["flags"] = flags
        raw["attachments"], new_files = merged_attachments(
            body, uploads, old["attachments"], self.ids, self.url, flags
        )
        if "content" in body:
            # As Discord does.
            raw["content"] = (body["content"] or "").strip()
        for key in ("embeds", "components"):
            if key in body:
                raw[key] = body[key] or []
        names = frozenset(attachment["filename"] for attachment in raw["attachments"])
        if errors := tuple(
            message_errors(
                {
                    **_as_sent(raw),
                    **{key: body[key] for key in ("poll", "sticker_ids") if body.get(key)},
                },
                names,
            )
        ):
            raise invalid_body(*errors)
        if not any(raw[key] for key in ("content", "embeds", "components", "attachments")):
            raise ApiError(400, 50006)
        if "components" in body:
            raw["components"] = self._components(raw)
        if "embeds" in body:
            raw["embeds"] = [self._embed(embed, raw["attachments"]) for embed in raw["embeds"]]
        raw |= mentions(body, raw, self.user)
        message.raw = raw
        message.files |= new_files
        message.revision += 1

    def edit(self, message: StoredMessage, body: Json, uploads: list[Upload]) -> None:
        """Edit a message. The first edit of a deferred response does not mark it as edited."""
        was_loading = message.loading
        flags = (message.raw["flags"] & ~LOADING) | ((body.get("flags") or 0) & EDITABLE)
        self.set_content(message, body, uploads, flags=flags)
        if not was_loading:
            message.raw["edited_timestamp"] = timestamp()

    def _components(self, raw: Json) -> list[Json]:
        tree = completed(copy.deepcopy(raw["components"]))
        sizes = {attachment["url"]: attachment for attachment in raw["attachments"]}
        for _, component in walk(tree):
            for _, item in media(component):
                item.update(media_item(item, raw["attachments"], next(self.ids)))
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
                item = media_item(embed[key], attachments, "0")
                result[key] = {
                    "url": item["url"],
                    "proxy_url": item["proxy_url"],
                    "width": 0,
                    "height": 0,
                }
        return result


def _as_sent(raw: Json) -> Json:
    """The message with attachment references in place of the URLs that Discord gave its files.

    New and stored messages can then be checked by the same rules.
    """
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
    """A message as a bot without the message content intent receives it."""
    return raw | {"content": "", "embeds": [], "components": [], "attachments": []}
