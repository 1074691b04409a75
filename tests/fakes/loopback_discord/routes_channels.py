"""Routes of channels: messages, threads, reactions, direct messages."""

from fakes.loopback_discord.api_errors import ApiError, FieldError, invalid_body
from fakes.loopback_discord.attachments import EPHEMERAL
from fakes.loopback_discord.channels import PUBLIC_THREAD, TEXT, Channel
from fakes.loopback_discord.discord_state import INTENT_GUILDS
from fakes.loopback_discord.payload import Json
from fakes.loopback_discord.routing import NO_CONTENT, Response, RouteRequest, route
from fakes.loopback_discord.stored_messages import HAS_THREAD, PLAIN, REPLY, SETTABLE, StoredMessage

DEFAULT_LIMIT = 50
MESSAGE = "/channels/{channel_id}/messages/{message_id}"


@route("GET", "/channels/{channel_id}")
def channel(request: RouteRequest) -> Response:
    return Response(200, _channel(request).payload(request.state.bot))


@route("PATCH", "/channels/{channel_id}")
def edit_channel(request: RouteRequest) -> Response:
    channel = _channel(request)
    if channel.type != PUBLIC_THREAD:
        channel.require_permissions("manage_channels")
    elif channel.owner_id != request.state.bot.id:
        channel.require_permissions("manage_threads")
    channel.name = request.body.get("name", channel.name)
    channel.archived = bool(request.body.get("archived", channel.archived))
    channel.archive_after = request.body.get("auto_archive_duration") or channel.archive_after
    event = "THREAD_UPDATE" if channel.parent else "CHANNEL_UPDATE"
    request.state.dispatch(event, channel.payload(request.state.bot), channel, INTENT_GUILDS)
    return Response(200, channel.payload(request.state.bot))


@route("POST", "/users/@me/channels")
def open_direct(request: RouteRequest) -> Response:
    user = request.state.users.get(str(request.body.get("recipient_id")))
    if user is None or user is request.state.bot:
        raise invalid_body(FieldError(("recipient_id",), "BASE_TYPE_REQUIRED", "No such recipient"))
    return Response(200, request.state.direct(user).payload(request.state.bot))


@route("POST", "/channels/{channel_id}/typing")
def typing(request: RouteRequest) -> Response:
    _channel(request).require_permissions("send_messages")
    return NO_CONTENT


@route("PUT", "/channels/{channel_id}/thread-members/@me")
def join_thread(request: RouteRequest) -> Response:
    if _channel(request).type != PUBLIC_THREAD:
        raise ApiError(400, 50024)
    return NO_CONTENT


@route("PUT", "/channels/{channel_id}/thread-members/{user_id}")
def add_to_thread(request: RouteRequest) -> Response:
    channel = _channel(request)
    if channel.type != PUBLIC_THREAD:
        raise ApiError(400, 50024)
    channel.require_permissions("send_messages_in_threads")
    if request.parameters["user_id"] not in request.state.users:
        raise ApiError(404, 10013)
    return NO_CONTENT


@route("GET", "/channels/{channel_id}/messages")
def messages(request: RouteRequest) -> Response:
    channel = _channel(request)
    if not channel.bot_may("read_message_history"):
        return Response(200, [])
    found = request.state.history(channel)
    limit = int(request.query.get("limit", DEFAULT_LIMIT))
    if before := request.query.get("before"):
        found = [each for each in found if int(each.id) < int(before)]
    if after := request.query.get("after"):
        found = [each for each in found if int(each.id) > int(after)][:limit]
    if around := request.query.get("around"):
        found = sorted(found, key=lambda each: abs(int(each.id) - int(around)))[:limit]
        found.sort(key=lambda each: int(each.id))
    return Response(200, [request.state.for_bot(each) for each in reversed(found[-limit:])])


@route("GET", MESSAGE)
def message(request: RouteRequest) -> Response:
    return Response(200, request.state.for_bot(_message(request)))


@route("POST", "/channels/{channel_id}/messages")
def send(request: RouteRequest) -> Response:
    state, channel, body = request.state, _channel(request), request.body
    channel.require_permissions(
        "send_messages_in_threads" if channel.type == PUBLIC_THREAD else "send_messages"
    )
    if request.uploads:
        channel.require_permissions("attach_files")
    if (body.get("flags") or 0) & EPHEMERAL:
        raise invalid_body(
            FieldError(
                ("flags",),
                "MESSAGE_FLAGS_INVALID",
                "Only an answer to an interaction can be ephemeral",
            )
        )
    if body.get("enforce_nonce") and (duplicate := _sent_before(request, channel)):
        return Response(200, duplicate.raw)
    # A message to an archived thread unarchives it.
    channel.archived = False
    extra_fields: Json = {}
    if reference := body.get("message_reference"):
        extra_fields = _reference(request, channel, reference)
    new = state.writer.empty_message(
        channel,
        state.bot,
        REPLY if extra_fields.get("message_reference") else PLAIN,
        **extra_fields,
    )
    if body.get("nonce") is not None:
        new.raw["nonce"] = body["nonce"]
    state.writer.set_content(new, body, request.uploads, flags=(body.get("flags") or 0) & SETTABLE)
    state.add_message(new)
    return Response(200, new.raw)


def _sent_before(request: RouteRequest, channel: Channel) -> StoredMessage | None:
    """The message already sent with this nonce, which Discord returns instead of a second one."""
    own_messages = [
        each for each in request.state.history(channel) if each.author is request.state.bot
    ]
    return next(
        (each for each in own_messages if each.raw.get("nonce") == request.body.get("nonce")), None
    )


def _reference(request: RouteRequest, channel: Channel, reference: Json) -> Json:
    found = request.state.messages.get(str(reference["message_id"]))
    if found is None or found.channel is not channel or found.deleted or found.ephemeral:
        if reference.get("fail_if_not_exists", True):
            raise invalid_body(
                FieldError(("message_reference",), "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
            )
        return {}
    channel.require_permissions("read_message_history")
    fields: Json = {"type": 0, "channel_id": channel.id, "message_id": found.id}
    fields |= {"guild_id": channel.guild_id} if channel.guild_id else {}
    return {"message_reference": fields, "referenced_message": request.state.for_bot(found)}


@route("PATCH", MESSAGE)
def edit(request: RouteRequest) -> Response:
    found = _message(request)
    if found.author is not request.state.bot:
        raise ApiError(403, 50005)
    request.state.writer.edit(found, request.body, request.uploads)
    request.state.publish("MESSAGE_UPDATE", found)
    return Response(200, found.raw)


@route("DELETE", MESSAGE)
def delete(request: RouteRequest) -> Response:
    found = _message(request)
    if found.author is not request.state.bot:
        found.channel.require_permissions("manage_messages")
    request.state.delete_message(found)
    return NO_CONTENT


@route("POST", f"{MESSAGE}/threads")
def start_thread(request: RouteRequest) -> Response:
    state, found = request.state, _message(request)
    channel = found.channel
    if channel.type != TEXT:
        raise ApiError(400, 50024)
    channel.require_permissions("create_public_threads")
    if found.raw["flags"] & HAS_THREAD:
        raise ApiError(400, 160004)
    thread = Channel(
        found.id, request.body["name"], PUBLIC_THREAD, channel.guild, channel, owner_id=state.bot.id
    )
    thread.archive_after = request.body.get("auto_archive_duration") or thread.archive_after
    state.add_channel(thread)
    found.raw = found.raw | {
        "flags": found.raw["flags"] | HAS_THREAD,
        "thread": thread.payload(state.bot),
    }
    state.publish("MESSAGE_UPDATE", found)
    return Response(201, thread.payload(state.bot))


@route("PUT", f"{MESSAGE}/reactions/{{emoji_name}}/@me")
def react(request: RouteRequest) -> Response:
    found = _message(request)
    found.channel.require_permissions("read_message_history", "add_reactions")
    reactions = [
        each
        for each in found.raw.get("reactions", [])
        if each["emoji"]["name"] != request.parameters["emoji_name"]
    ]
    reactions.append(
        {
            "emoji": {"id": None, "name": request.parameters["emoji_name"]},
            "count": 1,
            "count_details": {"burst": 0, "normal": 1},
            "burst_colors": [],
            "me_burst": False,
            "me": True,
        }
    )
    found.raw = found.raw | {"reactions": reactions}
    request.state.changes.notify()
    return NO_CONTENT


@route("DELETE", f"{MESSAGE}/reactions/{{emoji_name}}/@me")
def unreact(request: RouteRequest) -> Response:
    found = _message(request)
    found.raw = found.raw | {
        "reactions": [
            each
            for each in found.raw.get("reactions", [])
            if each["emoji"]["name"] != request.parameters["emoji_name"]
        ]
    }
    request.state.changes.notify()
    return NO_CONTENT


def _channel(request: RouteRequest) -> Channel:
    channel = request.state.channel(request.parameters["channel_id"])
    channel.require_permissions()
    return channel


def _message(request: RouteRequest) -> StoredMessage:
    channel = _channel(request)
    # Without the permission to read the history a bot can fetch its own messages only.
    found = request.state.message(channel, request.parameters["message_id"])
    if found.author is not request.state.bot:
        channel.require_permissions("read_message_history")
    return found
