"""Routes of interactions: the initial response, its edits, and follow-ups."""

import asyncio
from collections.abc import Callable

from fakes.loopback_discord.calls import NOTHING, Answer, Call, answers
from fakes.loopback_discord.form_limits import choice_faults, modal_faults
from fakes.loopback_discord.interactions import (
    CHOICES,
    COMMAND,
    DEFERRED_MESSAGE,
    MESSAGE,
    MODAL,
    UPDATE,
    Interaction,
)
from fakes.loopback_discord.messages import (
    CONTEXT_MENU_COMMAND,
    LOADING,
    REPLY,
    SETTABLE,
    SLASH_COMMAND,
    StoredMessage,
)
from fakes.loopback_discord.refusals import Fault, Json, Refusal, invalid_body

WEBHOOK = "/webhooks/{webhook_id}/{webhook_token}"
CHAT_INPUT = 1


@answers("POST", "/interactions/{interaction_id}/{interaction_token}/callback")
def respond(call: Call) -> Answer:
    world = call.world
    interaction = world.interactions.get(call.parameters["interaction_token"])
    if interaction is None or interaction.id != call.parameters["interaction_id"]:
        raise Refusal(404, 10062)
    kind, data = call.body["type"], call.body.get("data") or {}
    interaction.check_answer(kind, world.answer_within)
    if kind == MODAL:
        if faults := tuple(modal_faults(data)):
            raise invalid_body(*faults)
        interaction.modal = data
    elif kind == CHOICES:
        choices = data.get("choices") or []
        if faults := tuple(choice_faults(choices)):
            raise invalid_body(*faults)
        interaction.choices = choices
    elif kind in {MESSAGE, DEFERRED_MESSAGE}:
        interaction.original = _first(call, interaction, kind, data)
    else:
        interaction.original = interaction.source
        if kind == UPDATE and interaction.source:
            _within_data(lambda: _edit(call, interaction.source, data))
    interaction.response_type = kind
    interaction.answered = asyncio.get_running_loop().time()
    # A new message is told of only now, when a test that sees it finds the interaction answered.
    if kind in {MESSAGE, DEFERRED_MESSAGE} and interaction.original:
        world.add_message(interaction.original)
    interaction.bell.ring()
    return Answer(200, _told(interaction)) if call.asks("with_response") else NOTHING


def _first(call: Call, interaction: Interaction, kind: int, data: Json) -> StoredMessage:
    """The message of an initial response, empty yet if it is deferred."""
    new = _new_message(call, interaction, interaction.source)
    flags = (data.get("flags") or 0) & SETTABLE
    if kind == DEFERRED_MESSAGE:
        new.raw["flags"] = flags | LOADING
    else:
        _within_data(lambda: call.world.writer.fill(new, data, call.uploads, flags=flags))
    return new


def _new_message(
    call: Call, interaction: Interaction, replied: StoredMessage | None, *, followup: bool = False
) -> StoredMessage:
    world = call.world
    kind = REPLY if replied else SLASH_COMMAND
    if interaction.type == COMMAND and not followup:
        kind = (
            SLASH_COMMAND
            if interaction.event["data"]["type"] == CHAT_INPUT
            else CONTEXT_MENU_COMMAND
        )
    original_id = interaction.original.id if followup and interaction.original else None
    more: Json = {"webhook_id": world.application_id, "application_id": world.application_id}
    more["interaction_metadata"] = interaction.metadata(original_id)
    if replied:
        more["message_reference"] = {
            "type": 0,
            "channel_id": replied.channel.id,
            "message_id": replied.id,
        }
        more["message_reference"] |= (
            {"guild_id": replied.channel.guild_id} if replied.channel.guild_id else {}
        )
    new = world.writer.blank(interaction.channel, world.bot, kind, **more)
    new.seen_by = interaction.user
    return new


def _within_data(action: Callable[[], None]) -> None:
    """Faults of the message stand under `data` in a response's body."""
    try:
        action()
    except Refusal as refusal:
        refusal.faults = tuple(
            Fault(("data", *fault.path), fault.code, fault.message) for fault in refusal.faults
        )
        raise


def _edit(call: Call, message: StoredMessage | None, body: Json) -> None:
    assert message is not None
    call.world.writer.edit(message, body, call.uploads)
    call.world.tell("MESSAGE_UPDATE", message)


def _told(interaction: Interaction) -> Json:
    told: Json = {"id": interaction.id, "type": interaction.type}
    original = interaction.original
    if original is None:
        return {"interaction": told}
    told |= {
        "response_message_id": original.id,
        "response_message_loading": original.loading,
        "response_message_ephemeral": original.ephemeral,
    }
    # The description knows a created and an updated message here, deferred or not.
    kind = MESSAGE if interaction.response_type in {MESSAGE, DEFERRED_MESSAGE} else UPDATE
    return {"interaction": told, "resource": {"type": kind, "message": original.raw}}


def _interaction(call: Call) -> Interaction:
    if call.parameters["webhook_id"] != call.world.application_id:
        raise Refusal(404, 10015)
    interaction = call.world.interactions.get(call.parameters["webhook_token"])
    if interaction is None:
        raise Refusal(401, 50027)
    interaction.check_token(call.world.token_lifetime)
    return interaction


@answers("POST", WEBHOOK)
def follow_up(call: Call) -> Answer:
    interaction = _interaction(call)
    original = interaction.original
    if (
        interaction.response_type == DEFERRED_MESSAGE
        and original
        and original.loading
        and not original.deleted
    ):
        # Discord takes the first follow-up after a deferral as the deferred message itself, ephemeral as that was deferred.
        _edit(call, original, call.body)
        new = original
    else:
        new = _new_message(call, interaction, original, followup=True)
        call.world.writer.fill(
            new, call.body, call.uploads, flags=(call.body.get("flags") or 0) & SETTABLE
        )
        interaction.followups.append(new)
        call.world.add_message(new)
    interaction.bell.ring()
    return Answer(200, new.raw) if call.asks("wait") else NOTHING


@answers("GET", f"{WEBHOOK}/messages/@original")
@answers("GET", f"{WEBHOOK}/messages/{{message_id}}")
def response(call: Call) -> Answer:
    return Answer(
        200, _interaction(call).message(call.parameters.get("message_id", "@original")).raw
    )


@answers("PATCH", f"{WEBHOOK}/messages/@original")
@answers("PATCH", f"{WEBHOOK}/messages/{{message_id}}")
def edit_response(call: Call) -> Answer:
    interaction = _interaction(call)
    message = interaction.message(call.parameters.get("message_id", "@original"))
    _edit(call, message, call.body)
    interaction.bell.ring()
    return Answer(200, message.raw)


@answers("DELETE", f"{WEBHOOK}/messages/@original")
@answers("DELETE", f"{WEBHOOK}/messages/{{message_id}}")
def delete_response(call: Call) -> Answer:
    interaction = _interaction(call)
    call.world.delete_message(interaction.message(call.parameters.get("message_id", "@original")))
    interaction.bell.ring()
    return NOTHING
