"""One use of the app by a user, and what comes of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from fakes.loopback_discord.interactions import CHOICES, DEFERRED_UPDATE, MODAL, Interaction
from fakes.loopback_discord.messages import StoredMessage
from fakes.loopback_discord.people import User
from fakes.loopback_discord.refusals import Json
from fakes.loopback_discord.seen import Message
from fakes.loopback_discord.world import World

T = TypeVar("T")


@dataclass(eq=False, slots=True)
class Use:
    """An interaction from the user's side; what was not yet answered has no response type."""

    interaction: Interaction
    _world: World
    # How often the message had been changed that the interaction came from, to know a later change.
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

    async def acknowledged(self, timeout: float = 3.0) -> float:  # the caller reads best so
        """Waits for the initial response, and gives the seconds that it took."""
        answered = await self._until(
            lambda: self.interaction.answered, timeout, "an acknowledgement"
        )
        assert answered is not None
        return answered - self.interaction.dispatched

    async def message(self, timeout: float = 10.0) -> Message:  # the caller reads best so
        """Waits for what the user gets to see: an answer, or the edit of a deferred one."""
        return Message(await self._until(self._shown, timeout, "a message"), self._world)

    def _shown(self) -> StoredMessage | None:
        interaction = self.interaction
        assert interaction.response_type not in {MODAL, CHOICES}, (
            "a modal or choices came instead of a message"
        )
        original = interaction.original
        if interaction.response_type is None or original is None or original.loading:
            return None
        if interaction.response_type == DEFERRED_UPDATE and original.revision == self._revision:
            return None
        return original

    async def opened(self, timeout: float = 3.0) -> Json:  # the caller reads best so
        """Waits for a modal."""
        await self.acknowledged(timeout)
        assert self.modal is not None, (
            f"a response of type {self.response_type} came instead of a modal"
        )
        return self.modal

    async def followups(
        self, n: int = 1, timeout: float = 10.0
    ) -> list[Message]:  # the caller reads best so
        """Waits for so many messages after the answer."""
        found = await self._until(
            lambda: self.interaction.followups if len(self.interaction.followups) >= n else [],
            timeout,
            f"{n} follow-ups",
        )
        return [Message(each, self._world) for each in found]

    async def _until(
        self, condition: Callable[[], T | None], timeout: float, what: str
    ) -> T:  # the caller reads best so
        name = self.interaction.event["data"].get("name") or self.interaction.event["data"].get(
            "custom_id"
        )
        value = await self.interaction.bell.until(condition, timeout, f"{what} to {name!r}")
        assert value is not None
        return value
