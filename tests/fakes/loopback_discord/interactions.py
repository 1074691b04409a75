"""Interactions: an initial response within 3 seconds, then edits and follow-ups for 15 minutes."""

import asyncio
from dataclasses import dataclass, field

from fakes.loopback_discord.api_errors import ApiError, FieldError, invalid_body
from fakes.loopback_discord.channels import Channel
from fakes.loopback_discord.payload import Json
from fakes.loopback_discord.state_changes import StateChanges
from fakes.loopback_discord.stored_messages import StoredMessage
from fakes.loopback_discord.users_and_guilds import User

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL_SUBMIT = 2, 3, 4, 5
MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
# docs.discord.com, Interactions, "Interaction Callback Type".
ALLOWED_RESPONSES = {
    COMMAND: {MESSAGE, DEFERRED_MESSAGE, MODAL},
    COMPONENT: {MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE, MODAL},
    AUTOCOMPLETE: {CHOICES},
    MODAL_SUBMIT: {MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE},
}
# docs.discord.com, Interactions: an initial response is due "within 3 seconds", and "tokens are
# valid for 15 minutes".
ANSWER_WITHIN_S = 3.0
TOKEN_LIFETIME_S = 15 * 60.0


@dataclass(slots=True, eq=False)
class Interaction:
    """A use of a command, component or modal, and the bot's responses.

    Attributes:
        event: the data of INTERACTION_CREATE.
        source: the message whose component was used, or from which the modal was opened.
        target: the message of a context menu command.
        opener: the interaction that opened the submitted modal.
        dispatched: when the event was sent, by the event loop's clock.
        answered: when the initial response came, by the same clock.
        original: the message of the initial response.
        expired: whether a test has ended the token's lifetime.
    """

    id: str
    token: str
    type: int
    user: User
    channel: Channel
    event: Json
    source: StoredMessage | None = None
    target: StoredMessage | None = None
    opener: "Interaction | None" = None
    dispatched: float = 0.0
    answered: float | None = None
    response_type: int | None = None
    original: StoredMessage | None = None
    followups: list[StoredMessage] = field(default_factory=list)
    modal: Json | None = None
    choices: list[Json] | None = None
    expired: bool = False
    changes: StateChanges = field(default_factory=StateChanges)

    @property
    def owners(self) -> Json:
        return dict(self.event["authorizing_integration_owners"])

    def check_answer(self, response_type: int, within: float) -> None:
        """Reject an initial response that is late, the second one, or of a type not allowed here.

        Raises:
            ApiError: in these cases.
        """
        if self.answered is not None:
            raise ApiError(400, 40060)
        if self.expired or asyncio.get_running_loop().time() - self.dispatched > within:
            raise ApiError(404, 10062)
        allowed = ALLOWED_RESPONSES[self.type]
        if self.source is None:
            allowed = allowed - {DEFERRED_UPDATE, UPDATE}
        if response_type not in allowed:
            raise invalid_body(
                FieldError(
                    ("type",),
                    "BASE_TYPE_CHOICES",
                    f"Value must be one of {sorted(allowed)} for interaction type {self.type}.",
                )
            )

    def check_token(self, lifetime: float) -> None:
        """Reject edits and follow-ups before the initial response or after the token's lifetime.

        Raises:
            ApiError: in these cases.
        """
        if self.expired or asyncio.get_running_loop().time() - self.dispatched > lifetime:
            raise ApiError(401, 50027)
        if self.answered is None:
            raise ApiError(404, 10015)

    def message(self, message_id: str) -> StoredMessage:
        """A message that this interaction's token may read and change.

        Raises:
            ApiError: there is none with this id.
        """
        messages = [*([self.original] if self.original else []), *self.followups]
        message = (
            self.original
            if message_id == "@original"
            else next((each for each in messages if each.id == message_id), None)
        )
        if message is None or message.deleted:
            raise ApiError(404, 10008)
        return message

    def metadata(self, original_id: str | None) -> Json:
        """The `interaction_metadata` of a message that responds to this interaction."""
        fields: Json = {
            "id": self.id,
            "type": self.type,
            "user": self.user.payload(),
            "authorizing_integration_owners": self.owners,
        }
        if original_id:
            fields["original_response_message_id"] = original_id
        if self.type == COMMAND:
            fields["name"], fields["command_type"] = (
                self.event["data"]["name"],
                self.event["data"]["type"],
            )
            if self.target:
                fields["target_message_id"] = self.target.id
        elif self.type == COMPONENT and self.source:
            fields["interacted_message_id"] = self.source.id
        elif self.type == MODAL_SUBMIT and self.opener:
            fields["triggering_interaction_metadata"] = self.opener.metadata(None)
        return fields
