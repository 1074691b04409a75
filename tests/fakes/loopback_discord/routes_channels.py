"""Routes of channels: messages, threads, reactions, direct messages."""

from fakes.loopback_discord.calls import NOTHING, Answer, Call, answers
from fakes.loopback_discord.channels import PUBLIC_THREAD, TEXT, Channel
from fakes.loopback_discord.messages import HAS_THREAD, PLAIN, REPLY, SETTABLE, StoredMessage
from fakes.loopback_discord.refusals import Fault, Json, Refusal, invalid_body
from fakes.loopback_discord.uploads import EPHEMERAL
from fakes.loopback_discord.world import INTENT_GUILDS

LISTED = 50
MESSAGE = "/channels/{channel_id}/messages/{message_id}"


@answers("GET", "/channels/{channel_id}")
def channel(call: Call) -> Answer:
    return Answer(200, _channel(call).payload(call.world.bot))


@answers("PATCH", "/channels/{channel_id}")
def edit_channel(call: Call) -> Answer:
    place = _channel(call)
    if place.type != PUBLIC_THREAD:
        place.require("manage_channels")
    elif place.owner_id != call.world.bot.id:
        place.require("manage_threads")
    place.name = call.body.get("name", place.name)
    place.archived = bool(call.body.get("archived", place.archived))
    place.archive_after = call.body.get("auto_archive_duration") or place.archive_after
    event = "THREAD_UPDATE" if place.parent else "CHANNEL_UPDATE"
    call.world.dispatch(event, place.payload(call.world.bot), place, INTENT_GUILDS)
    return Answer(200, place.payload(call.world.bot))


@answers("POST", "/users/@me/channels")
def open_direct(call: Call) -> Answer:
    user = call.world.users.get(str(call.body.get("recipient_id")))
    if user is None or user is call.world.bot:
        raise invalid_body(Fault(("recipient_id",), "BASE_TYPE_REQUIRED", "No such recipient"))
    return Answer(200, call.world.direct(user).payload(call.world.bot))


@answers("POST", "/channels/{channel_id}/typing")
def typing(call: Call) -> Answer:
    _channel(call).require("send_messages")
    return NOTHING


@answers("PUT", "/channels/{channel_id}/thread-members/@me")
def join_thread(call: Call) -> Answer:
    if _channel(call).type != PUBLIC_THREAD:
        raise Refusal(400, 50024)
    return NOTHING


@answers("GET", "/channels/{channel_id}/messages")
def messages(call: Call) -> Answer:
    place = _channel(call)
    if not place.lets("read_message_history"):
        return Answer(200, [])
    found = call.world.history(place)
    limit = int(call.query.get("limit", LISTED))
    if before := call.query.get("before"):
        found = [each for each in found if int(each.id) < int(before)]
    if after := call.query.get("after"):
        found = [each for each in found if int(each.id) > int(after)][:limit]
    if around := call.query.get("around"):
        found = sorted(found, key=lambda each: abs(int(each.id) - int(around)))[:limit]
        found.sort(key=lambda each: int(each.id))
    return Answer(200, [call.world.for_bot(each) for each in reversed(found[-limit:])])


@answers("GET", MESSAGE)
def message(call: Call) -> Answer:
    return Answer(200, call.world.for_bot(_message(call)))


@answers("POST", "/channels/{channel_id}/messages")
def send(call: Call) -> Answer:
    world, place, body = call.world, _channel(call), call.body
    place.require("send_messages_in_threads" if place.type == PUBLIC_THREAD else "send_messages")
    if call.uploads:
        place.require("attach_files")
    if (body.get("flags") or 0) & EPHEMERAL:
        raise invalid_body(
            Fault(
                ("flags",),
                "MESSAGE_FLAGS_INVALID",
                "Only an answer to an interaction can be ephemeral",
            )
        )
    if body.get("enforce_nonce") and (same := _sent_before(call, place)):
        return Answer(200, same.raw)
    # A message to an archived thread opens it again.
    place.archived = False
    more: Json = {}
    if reference := body.get("message_reference"):
        more = _reference(call, place, reference)
    new = world.writer.blank(
        place, world.bot, REPLY if more.get("message_reference") else PLAIN, **more
    )
    if body.get("nonce") is not None:
        new.raw["nonce"] = body["nonce"]
    world.writer.fill(new, body, call.uploads, flags=(body.get("flags") or 0) & SETTABLE)
    world.add_message(new)
    return Answer(200, new.raw)


def _sent_before(call: Call, place: Channel) -> StoredMessage | None:
    """The message that was sent with the same nonce already, which Discord gives back instead of a second one."""
    mine = [each for each in call.world.history(place) if each.author is call.world.bot]
    return next((each for each in mine if each.raw.get("nonce") == call.body.get("nonce")), None)


def _reference(call: Call, place: Channel, reference: Json) -> Json:
    found = call.world.messages.get(str(reference["message_id"]))
    if found is None or found.channel is not place or found.deleted or found.ephemeral:
        if reference.get("fail_if_not_exists", True):
            raise invalid_body(
                Fault(("message_reference",), "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
            )
        return {}
    place.require("read_message_history")
    told: Json = {"type": 0, "channel_id": place.id, "message_id": found.id}
    told |= {"guild_id": place.guild_id} if place.guild_id else {}
    return {"message_reference": told, "referenced_message": call.world.for_bot(found)}


@answers("PATCH", MESSAGE)
def edit(call: Call) -> Answer:
    found = _message(call)
    if found.author is not call.world.bot:
        raise Refusal(403, 50005)
    call.world.writer.edit(found, call.body, call.uploads)
    call.world.tell("MESSAGE_UPDATE", found)
    return Answer(200, found.raw)


@answers("DELETE", MESSAGE)
def delete(call: Call) -> Answer:
    found = _message(call)
    if found.author is not call.world.bot:
        found.channel.require("manage_messages")
    call.world.delete_message(found)
    return NOTHING


@answers("POST", f"{MESSAGE}/threads")
def start_thread(call: Call) -> Answer:
    world, found = call.world, _message(call)
    place = found.channel
    if place.type != TEXT:
        raise Refusal(400, 50024)
    place.require("create_public_threads")
    if found.raw["flags"] & HAS_THREAD:
        raise Refusal(400, 160004)
    thread = Channel(
        found.id, call.body["name"], PUBLIC_THREAD, place.guild, place, owner_id=world.bot.id
    )
    thread.archive_after = call.body.get("auto_archive_duration") or thread.archive_after
    world.add_channel(thread)
    found.raw = found.raw | {
        "flags": found.raw["flags"] | HAS_THREAD,
        "thread": thread.payload(world.bot),
    }
    world.tell("MESSAGE_UPDATE", found)
    return Answer(201, thread.payload(world.bot))


@answers("PUT", f"{MESSAGE}/reactions/{{emoji_name}}/@me")
def react(call: Call) -> Answer:
    found = _message(call)
    found.channel.require("read_message_history", "add_reactions")
    reactions = [
        each
        for each in found.raw.get("reactions", [])
        if each["emoji"]["name"] != call.parameters["emoji_name"]
    ]
    reactions.append(
        {
            "emoji": {"id": None, "name": call.parameters["emoji_name"]},
            "count": 1,
            "count_details": {"burst": 0, "normal": 1},
            "burst_colors": [],
            "me_burst": False,
            "me": True,
        }
    )
    found.raw = found.raw | {"reactions": reactions}
    call.world.bell.ring()
    return NOTHING


@answers("DELETE", f"{MESSAGE}/reactions/{{emoji_name}}/@me")
def unreact(call: Call) -> Answer:
    found = _message(call)
    found.raw = found.raw | {
        "reactions": [
            each
            for each in found.raw.get("reactions", [])
            if each["emoji"]["name"] != call.parameters["emoji_name"]
        ]
    }
    call.world.bell.ring()
    return NOTHING


def _channel(call: Call) -> Channel:
    place = call.world.channel(call.parameters["channel_id"])
    place.require()
    return place


def _message(call: Call) -> StoredMessage:
    place = _channel(call)
    # Without the history a bot reads its own messages only, but it does not learn of others that they are there.
    found = call.world.message(place, call.parameters["message_id"])
    if found.author is not call.world.bot:
        place.require("read_message_history")
    return found
