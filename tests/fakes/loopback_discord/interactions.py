"""An interaction's life: one answer within three seconds, then fifteen minutes of edits and follow-ups."""

import asyncio
from dataclasses import dataclass, field

from fakes.loopback_discord.bell import Bell
from fakes.loopback_discord.channels import Channel
from fakes.loopback_discord.messages import StoredMessage
from fakes.loopback_discord.people import User
from fakes.loopback_discord.refusals import Fault, Json, Refusal, invalid_body

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL_SUBMIT = 2, 3, 4, 5
MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
# docs.discord.com, Interactions, "Interaction Callback Type": which answer goes with which interaction.
ANSWERS = {
    COMMAND: {MESSAGE, DEFERRED_MESSAGE, MODAL},
    COMPONENT: {MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE, MODAL},
    AUTOCOMPLETE: {CHOICES},
    MODAL_SUBMIT: {MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE},
}
# docs.discord.com, Interactions: "tokens are valid for 15 minutes", an initial response is due "within 3 seconds".
ANSWER_WITHIN_S = 3.0
TOKEN_LIFETIME_S = 15 * 60.0


@dataclass(slots=True, eq=False)
class Interaction:
    """Something that a user did with the app, and what came of it."""

    id: str
    token: str
    type: int
    user: User
    channel: Channel
    event: Json
    # The message whose component was used, or out of which the modal was opened.
    source: StoredMessage | None = None
    target: StoredMessage | None = None
    # The interaction that opened the modal which is submitted.
    opener: "Interaction | None" = None
    dispatched: float = 0.0
    answered: float | None = None
    response_type: int | None = None
    original: StoredMessage | None = None
    followups: list[StoredMessage] = field(default_factory=list)
    modal: Json | None = None
    choices: list[Json] | None = None
    expired: bool = False
    bell: Bell = field(default_factory=Bell)

    @property
    def owners(self) -> Json:
        return dict(self.event["authorizing_integration_owners"])

    def check_answer(self, response_type: int, within: float) -> None:
        """Refuses an initial response that comes late, twice or is of no use here."""
        if self.answered is not None:
            raise Refusal(400, 40060)
        if self.expired or asyncio.get_running_loop().time() - self.dispatched > within:
            raise Refusal(404, 10062)
        allowed = ANSWERS[self.type]
        if self.source is None:
            allowed = allowed - {DEFERRED_UPDATE, UPDATE}
        if response_type not in allowed:
            raise invalid_body(
                Fault(
                    ("type",),
                    "BASE_TYPE_CHOICES",
                    f"Value must be one of {sorted(allowed)} for interaction type {self.type}.",
                )
            )

    def check_token(self, lifetime: float) -> None:
        """Refuses edits and follow-ups before the answer and after the token's time."""
        if self.expired or asyncio.get_running_loop().time() - self.dispatched > lifetime:
            raise Refusal(401, 50027)
        if self.answered is None:
            raise Refusal(404, 10015)

    def message(self, message_id: str) -> StoredMessage:
        """A message that this interaction's token may touch."""
        own = [*([self.original] if self.original else []), *self.followups]
        wanted = (
            self.original
            if message_id == "@original"
            else next((each for each in own if each.id == message_id), None)
        )
        if wanted is None or wanted.deleted:
            raise Refusal(404, 10008)
        return wanted

    def metadata(self, original_id: str | None) -> Json:
        """What a message tells of the interaction that it answers."""
        told: Json = {
            "id": self.id,
            "type": self.type,
            "user": self.user.payload(),
            "authorizing_integration_owners": self.owners,
        }
        if original_id:
            told["original_response_message_id"] = original_id
        if self.type == COMMAND:
            told["name"], told["command_type"] = (
                self.event["data"]["name"],
                self.event["data"]["type"],
            )
            if self.target:
                told["target_message_id"] = self.target.id
        elif self.type == COMPONENT and self.source:
            told["interacted_message_id"] = self.source.id
        elif self.type == MODAL_SUBMIT and self.opener:
            told["triggering_interaction_metadata"] = self.opener.metadata(None)
        return told
