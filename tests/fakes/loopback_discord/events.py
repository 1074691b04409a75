"""INTERACTION_CREATE: what Discord tells the bot of a user's doing."""

import secrets
from typing import Any

from fakes.loopback_discord.channels import CONTEXT_BOT_DIRECT, Channel
from fakes.loopback_discord.interactions import Interaction
from fakes.loopback_discord.messages import StoredMessage
from fakes.loopback_discord.people import User
from fakes.loopback_discord.permissions import EVERYTHING
from fakes.loopback_discord.refusals import Json
from fakes.loopback_discord.world import World

# docs.discord.com, Interactions: the attachment_size_limit of a server without boosts.
ATTACHMENT_SIZE_LIMIT = 10 * 1024 * 1024
VERSION = 1


def interaction(
    world: World,
    kind: int,
    user: User,
    channel: Channel,
    data: Json,
    source: StoredMessage | None = None,
    target: StoredMessage | None = None,
    opener: Interaction | None = None,
) -> Interaction:
    """A new interaction with its event, not yet told."""
    number, token = world.ids.next(), secrets.token_urlsafe(120)
    event: Json = {
        "id": number,
        "application_id": world.application_id,
        "type": kind,
        "token": token,
        "version": VERSION,
        "data": data,
        "channel_id": channel.id,
        "channel": channel.payload(world.bot) | {"permissions": str(user.permissions)},
        "app_permissions": str(channel.bot_permissions if channel.guild else EVERYTHING),
        "entitlements": [],
        "entitlement_sku_ids": [],
        "authorizing_integration_owners": owners(channel, user),
        "context": channel.context,
        "locale": user.locale,
        "attachment_size_limit": ATTACHMENT_SIZE_LIMIT,
    }
    if channel.guild:
        event |= {
            "guild_id": channel.guild.id,
            "guild": channel.guild.partial(),
            "guild_locale": channel.guild.locale,
        }
        event["member"] = user.member(channel.guild) | {
            "user": user.payload(),
            "permissions": str(user.permissions),
        }
    else:
        event["user"] = user.payload()
    if source:
        # The answered message is shown to the app whole, whatever its intents are.
        event["message"] = source.raw
    return Interaction(number, token, kind, user, channel, event, source, target, opener)


def owners(channel: Channel, user: User) -> Json:
    """Whose installation of the app allows the interaction: the server's, or else the user's own."""
    if channel.guild and channel.guild.installed:
        return {"0": channel.guild.id}
    return {"0": "0"} if channel.context == CONTEXT_BOT_DIRECT else {"1": user.id}


def resolved(
    world: World,
    channel: Channel,
    users: list[User],
    channels: list[Channel],
    messages: list[StoredMessage],
    files: Any,
) -> Json:
    """The objects that an interaction's data refers to."""
    told: Json = {}
    if users:
        told["users"] = {user.id: user.payload() for user in users}
        if guild := channel.guild:
            told["members"] = {
                user.id: user.member(guild) | {"permissions": str(user.permissions)}
                for user in users
            }
    if channels:
        told["channels"] = {
            each.id: each.payload(world.bot) | {"permissions": str(each.bot_permissions)}
            for each in channels
        }
    if messages:
        told["messages"] = {each.id: each.raw for each in messages}
    if files:
        told["attachments"] = {
            str(number): {
                "id": str(number),
                "filename": name,
                "size": len(data),
                "url": f"{world.url}/attachments/{number}/{name}",
                "proxy_url": f"{world.url}/attachments/{number}/{name}",
            }
            for number, (name, data) in enumerate(files, 1)
        }
    return told
