"""Messages as users see them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from fakes.loopback_discord.channels import Channel
from fakes.loopback_discord.component_tree import BUTTON, SELECTS, TEXT_DISPLAY, walk
from fakes.loopback_discord.discord_state import DiscordState
from fakes.loopback_discord.payload import Json
from fakes.loopback_discord.stored_messages import StoredMessage
from fakes.loopback_discord.users_and_guilds import User


class Button(NamedTuple):
    """A button of a message."""

    label: str | None
    custom_id: str | None
    disabled: bool
    url: str | None


class File(NamedTuple):
    """A file of a message."""

    filename: str
    data: bytes
    description: str | None
    url: str


@dataclass(eq=False, slots=True)
class Message:
    """A message in its present state; `changed` and `removed` wait for what becomes of it."""

    stored: StoredMessage
    _state: DiscordState
    _revision: int = -1

    def __post_init__(self) -> None:
        self._revision = self.stored.revision

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Message) and other.stored is self.stored

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def raw(self) -> Json:
        return self.stored.raw

    @property
    def id(self) -> str:
        return self.stored.id

    @property
    def channel(self) -> Channel:
        return self.stored.channel

    @property
    def author(self) -> User:
        return self.stored.author

    @property
    def content(self) -> str:
        return str(self.raw["content"])

    @property
    def embeds(self) -> list[Json]:
        return list(self.raw["embeds"])

    @property
    def components(self) -> list[Json]:
        return list(self.raw["components"])

    @property
    def flags(self) -> int:
        return int(self.raw["flags"])

    @property
    def ephemeral(self) -> bool:
        return self.stored.ephemeral

    @property
    def loading(self) -> bool:
        return self.stored.loading

    @property
    def deleted(self) -> bool:
        return self.stored.deleted

    @property
    def pings(self) -> list[str]:
        """The ids of the users and roles that the message pings, and "everyone"."""
        people = [user["id"] for user in self.raw["mentions"]]
        return [
            *people,
            *self.raw["mention_roles"],
            *(["everyone"] if self.raw["mention_everyone"] else []),
        ]

    @property
    def reactions(self) -> list[str]:
        return [reaction["emoji"]["name"] for reaction in self.raw.get("reactions", [])]

    @property
    def attachments(self) -> list[File]:
        return [
            File(
                each["filename"],
                self.stored.files[each["id"]],
                each.get("description"),
                each["url"],
            )
            for each in self.raw["attachments"]
        ]

    @property
    def text(self) -> str:
        """All text: the content, then embeds, then text displays, in their order."""
        parts = [self.content]
        for embed in self.embeds:
            parts += [
                (embed.get("author") or {}).get("name", ""),
                embed.get("title", ""),
                embed.get("description", ""),
            ]
            for field in embed.get("fields") or []:
                parts += [field["name"], field["value"]]
            parts.append((embed.get("footer") or {}).get("text", ""))
        parts += [
            component["content"]
            for _, component in walk(self.components)
            if component["type"] == TEXT_DISPLAY
        ]
        return "\n".join(part for part in parts if part)

    @property
    def buttons(self) -> list[Button]:
        found = [component for _, component in walk(self.components) if component["type"] == BUTTON]
        return [
            Button(
                each.get("label"),
                each.get("custom_id"),
                bool(each.get("disabled")),
                each.get("url"),
            )
            for each in found
        ]

    @property
    def selects(self) -> list[Json]:
        return [component for _, component in walk(self.components) if component["type"] in SELECTS]

    def button(self, key: str | Callable[[Json], bool], nth: int = 0) -> Json:
        """A button component by its label, or else its custom id, or by a predicate."""
        buttons = [
            component for _, component in walk(self.components) if component["type"] == BUTTON
        ]
        if callable(key):
            found = [button for button in buttons if key(button)]
        else:
            found = [button for button in buttons if button.get("label") == key] or [
                each for each in buttons if each.get("custom_id") == key
            ]
        assert len(found) > nth, (
            f"no button {key!r} among "
            f"{[(each.get('label'), each.get('custom_id')) for each in buttons]}"
        )
        return found[nth]

    def select(self, key: str) -> Json:
        """A select menu component by its custom id or its placeholder."""
        found = [
            each for each in self.selects if key in {each["custom_id"], each.get("placeholder")}
        ]
        assert found, (
            f"no select {key!r} among "
            f"{[(each['custom_id'], each.get('placeholder')) for each in self.selects]}"
        )
        return found[0]

    async def changed(self, timeout: float = 10.0) -> "Message":
        """Wait for the next edit, and return the message."""
        await self._state.changes.wait_until(
            lambda: self.stored.revision > self._revision, timeout, f"a change of message {self.id}"
        )
        self._revision = self.stored.revision
        return self

    async def removed(self, timeout: float = 10.0) -> None:
        """Wait until the message is deleted."""
        await self._state.changes.wait_until(
            lambda: self.deleted, timeout, f"the end of message {self.id}"
        )

    def __repr__(self) -> str:
        return f"Message({self.id}, {self.text[:80]!r})"
