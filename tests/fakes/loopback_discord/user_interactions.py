"""An interaction from the user's side: what the user sees of it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from fakes.loopback_discord.discord_state import DiscordState
from fakes.loopback_discord.displayed_messages import Message
from fakes.loopback_discord.interactions import CHOICES, DEFERRED_UPDATE, MODAL, Interaction
from fakes.loopback_discord.payload import Json
from fakes.loopback_discord.stored_messages import StoredMessage
from fakes.loopback_discord.users_and_guilds import User

T = TypeVar("T")


@dataclass(eq=False, slots=True)
class UserInteraction:
    """A use of a command, component or modal. `response_type` is None until the bot responds."""

    interaction: Interaction
    _state: DiscordState
    # The revision of the source message at the start, to recognise a later edit.
    _revision: int = 0

    def __post_init__(self) -> None:
        self._revision = self.interaction.source.revision if self.interaction.source else 0

    @property
    def id(self) -> str:
        return self.interaction.id

    @property
    def user(self) -> User:
        return self.interaction.user

    @property
    def response_type(self) -> int | None:
        return self.interaction.response_type

    @property
    def ephemeral(self) -> bool:
        return bool(self.interaction.original and self.interaction.original.ephemeral)

    @property
    def modal(self) -> Json | None:
        return self.interaction.modal

    async def acknowledged(self, timeout: float = 3.0) -> float:
        """Wait for the initial response, and return the seconds that it took."""
        answered = await self._until(lambda: self.interaction.answered, timeout, "a response")
        assert answered is not None
        return answered - self.interaction.dispatched

    async def message(self, timeout: float = 10.0) -> Message:
        """Wait for the message that the user gets.

        It is a response, the edit of a deferred one, or what came after that was deleted.
        """
        return Message(await self._until(self._visible_message, timeout, "a message"), self._state)

    def _visible_message(self) -> StoredMessage | None:
        interaction = self.interaction
        assert interaction.response_type not in {MODAL, CHOICES}, (
            "the bot opened a modal or offered choices instead of a message"
        )
        original = interaction.original
        if original and original.deleted and interaction.followups:
            return interaction.followups[0]  # the bot took back what it had announced
        if interaction.response_type is None or original is None or original.loading:
            return None
        if interaction.response_type == DEFERRED_UPDATE and original.revision == self._revision:
            return None
        return original

    async def opened_modal(self, timeout: float = 3.0) -> Json:
        """Wait for a modal, and return it."""
        await self.acknowledged(timeout)
        assert self.modal is not None, (
            f"a response of type {self.response_type} came instead of a modal"
        )
        return self.modal

    async def followups(self, count: int = 1, timeout: float = 10.0) -> list[Message]:
        """Wait for `count` messages after the initial response."""
        found = await self._until(
            lambda: self.interaction.followups if len(self.interaction.followups) >= count else [],
            timeout,
            f"{count} follow-ups",
        )
        return [Message(each, self._state) for each in found]

    async def _until(self, condition: Callable[[], T | None], timeout: float, what: str) -> T:
        name = self.interaction.event["data"].get("name") or self.interaction.event["data"].get(
            "custom_id"
        )
        value = await self.interaction.changes.wait_until(condition, timeout, f"{what} to {name!r}")
        assert value is not None
        return value


def dispatch_interaction(state: DiscordState, interaction: Interaction) -> UserInteraction:
    """Send an interaction's event to the bot."""
    state.interactions[interaction.token] = interaction
    interaction.dispatched = asyncio.get_running_loop().time()
    assert state.gateway is not None
    # Interactions need no intent; those in direct messages go to the first shard.
    state.gateway.dispatch(
        "INTERACTION_CREATE",
        interaction.event,
        guild_id=interaction.channel.guild_id,
        intent=0,
    )
    return UserInteraction(interaction, state)
