"""Routes of interactions: the initial response, its edits, and follow-ups."""

import asyncio
from collections.abc import Callable

from fakes.loopback_discord.api_errors import ApiError, FieldError, invalid_body
from fakes.loopback_discord.command_limits import choice_errors
from fakes.loopback_discord.interactions import (
    CHOICES,
    COMMAND,
    DEFERRED_MESSAGE,
    MESSAGE,
    MODAL,
    UPDATE,
    Interaction,
)
from fakes.loopback_discord.modal_limits import modal_errors
from fakes.loopback_discord.payload import Json
from fakes.loopback_discord.routing import NO_CONTENT, Response, RouteRequest, route
from fakes.loopback_discord.stored_messages import (
    CONTEXT_MENU_COMMAND,
    LOADING,
    REPLY,
    SETTABLE,
    SLASH_COMMAND,
    StoredMessage,
)

WEBHOOK = "/webhooks/{webhook_id}/{webhook_token}"
CHAT_INPUT = 1


@route("POST", "/interactions/{interaction_id}/{interaction_token}/callback")
def respond(request: RouteRequest) -> Response:
    state = request.state
    interaction = state.interactions.get(request.parameters["interaction_token"])
    if interaction is None or interaction.id != request.parameters["interaction_id"]:
        raise ApiError(404, 10062)
    kind, data = request.body["type"], request.body.get("data") or {}
    interaction.check_answer(kind, state.answer_within)
    if kind == MODAL:
        if errors := tuple(modal_errors(data)):
            raise invalid_body(*errors)
        interaction.modal = data
    elif kind == CHOICES:
        choices = data.get("choices") or []
        if errors := tuple(choice_errors(choices)):
            raise invalid_body(*errors)
        interaction.choices = choices
    elif kind in {MESSAGE, DEFERRED_MESSAGE}:
        interaction.original = _initial_message(request, interaction, kind, data)
    else:
        interaction.original = interaction.source
        if kind == UPDATE and interaction.source:
            _with_data_path(lambda: _edit(request, interaction.source, data))
    interaction.response_type = kind
    interaction.answered = asyncio.get_running_loop().time()
    # Published last: a test that sees the message finds the interaction answered.
    if kind in {MESSAGE, DEFERRED_MESSAGE} and interaction.original:
        state.add_message(interaction.original)
    interaction.changes.notify()
    return (
        Response(200, _callback_response(interaction))
        if request.flag("with_response")
        else NO_CONTENT
    )


def _initial_message(
    request: RouteRequest, interaction: Interaction, kind: int, data: Json
) -> StoredMessage:
    """The message of an initial response, still empty if it is deferred."""
    message = _new_message(request, interaction, interaction.source)
    flags = (data.get("flags") or 0) & SETTABLE
    if kind == DEFERRED_MESSAGE:
        message.raw["flags"] = flags | LOADING
    else:
        _with_data_path(
            lambda: request.state.writer.set_content(message, data, request.uploads, flags=flags)
        )
    return message


def _new_message(
    request: RouteRequest,
    interaction: Interaction,
    replied_to: StoredMessage | None,
    *,
    followup: bool = False,
) -> StoredMessage:
    state = request.state
    kind = REPLY if replied_to else SLASH_COMMAND
    if interaction.type == COMMAND and not followup:
        kind = (
            SLASH_COMMAND
            if interaction.event["data"]["type"] == CHAT_INPUT
            else CONTEXT_MENU_COMMAND
        )
    original_id = interaction.original.id if followup and interaction.original else None
    extra_fields: Json = {
        "webhook_id": state.application_id,
        "application_id": state.application_id,
    }
    extra_fields["interaction_metadata"] = interaction.metadata(original_id)
    if replied_to:
        extra_fields["message_reference"] = {
            "type": 0,
            "channel_id": replied_to.channel.id,
            "message_id": replied_to.id,
        }
        extra_fields["message_reference"] |= (
            {"guild_id": replied_to.channel.guild_id} if replied_to.channel.guild_id else {}
        )
    message = state.writer.empty_message(interaction.channel, state.bot, kind, **extra_fields)
    message.visible_to = interaction.user
    return message


def _with_data_path(action: Callable[[], None]) -> None:
    """Prefix the paths of field errors with `data`, where a callback has its message."""
    try:
        action()
    except ApiError as error:
        error.field_errors = tuple(
            FieldError(("data", *inner.path), inner.code, inner.message)
            for inner in error.field_errors
        )
        raise


def _edit(request: RouteRequest, message: StoredMessage | None, body: Json) -> None:
    assert message is not None
    request.state.writer.edit(message, body, request.uploads)
    request.state.publish("MESSAGE_UPDATE", message)


def _callback_response(interaction: Interaction) -> Json:
    fields: Json = {"id": interaction.id, "type": interaction.type}
    original = interaction.original
    if original is None:
        return {"interaction": fields}
    fields |= {
        "response_message_id": original.id,
        "response_message_loading": original.loading,
        "response_message_ephemeral": original.ephemeral,
    }
    # The description has a created and an updated message here, deferred or not.
    kind = MESSAGE if interaction.response_type in {MESSAGE, DEFERRED_MESSAGE} else UPDATE
    return {"interaction": fields, "resource": {"type": kind, "message": original.raw}}


def _interaction(request: RouteRequest) -> Interaction:
    if request.parameters["webhook_id"] != request.state.application_id:
        raise ApiError(404, 10015)
    interaction = request.state.interactions.get(request.parameters["webhook_token"])
    if interaction is None:
        raise ApiError(401, 50027)
    interaction.check_token(request.state.token_lifetime)
    return interaction


@route("POST", WEBHOOK)
def follow_up(request: RouteRequest) -> Response:
    interaction = _interaction(request)
    original = interaction.original
    if (
        interaction.response_type == DEFERRED_MESSAGE
        and original
        and original.loading
        and not original.deleted
    ):
        # The first follow-up after a deferral becomes the deferred message, with its visibility.
        _edit(request, original, request.body)
        message = original
    else:
        message = _new_message(request, interaction, original, followup=True)
        request.state.writer.set_content(
            message,
            request.body,
            request.uploads,
            flags=(request.body.get("flags") or 0) & SETTABLE,
        )
        interaction.followups.append(message)
        request.state.add_message(message)
    interaction.changes.notify()
    return Response(200, message.raw) if request.flag("wait") else NO_CONTENT


@route("GET", f"{WEBHOOK}/messages/@original")
@route("GET", f"{WEBHOOK}/messages/{{message_id}}")
def response(request: RouteRequest) -> Response:
    return Response(
        200, _interaction(request).message(request.parameters.get("message_id", "@original")).raw
    )


@route("PATCH", f"{WEBHOOK}/messages/@original")
@route("PATCH", f"{WEBHOOK}/messages/{{message_id}}")
def edit_response(request: RouteRequest) -> Response:
    interaction = _interaction(request)
    message = interaction.message(request.parameters.get("message_id", "@original"))
    _edit(request, message, request.body)
    interaction.changes.notify()
    return Response(200, message.raw)


@route("DELETE", f"{WEBHOOK}/messages/@original")
@route("DELETE", f"{WEBHOOK}/messages/{{message_id}}")
def delete_response(request: RouteRequest) -> Response:
    interaction = _interaction(request)
    request.state.delete_message(
        interaction.message(request.parameters.get("message_id", "@original"))
    )
    interaction.changes.notify()
    return NO_CONTENT
