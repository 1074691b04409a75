"""INTERACTION_CREATE, the event for a user's action."""

import secrets
from typing import Any

from fakes.loopback_discord.channels import CONTEXT_BOT_DIRECT, Channel
from fakes.loopback_discord.discord_state import DiscordState
from fakes.loopback_discord.interactions import Interaction
from fakes.loopback_discord.payload import Json
from fakes.loopback_discord.permissions import EVERYTHING
from fakes.loopback_discord.stored_messages import StoredMessage
from fakes.loopback_discord.users_and_guilds import User

# docs.discord.com, Interactions: the attachment_size_limit of a server without boosts.
ATTACHMENT_SIZE_LIMIT = 10 * 1024 * 1024
VERSION = 1


def new_interaction(
    state: DiscordState,
    kind: int,
    user: User,
    channel: Channel,
    data: Json,
    source: StoredMessage | None = None,
    target: StoredMessage | None = None,
    opener: Interaction | None = None,
) -> Interaction:
    """A new interaction with its event, which is not sent yet."""
    number, token = state.ids.next(), secrets.token_urlsafe(120)
    event: Json = {
        "id": number,
        "application_id": state.application_id,
        "type": kind,
        "token": token,
        "version": VERSION,
        "data": data,
        "channel_id": channel.id,
        "channel": channel.payload(state.bot) | {"permissions": str(channel.permissions_of(user))},
        "app_permissions": str(channel.bot_permissions if channel.guild else EVERYTHING),
        "entitlements": [],
        "entitlement_sku_ids": [],
        "authorizing_integration_owners": installation_owners(channel, user),
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
            "permissions": str(channel.permissions_of(user)),
        }
    else:
        event["user"] = user.payload()
    if source:
        # The app receives this message with its content, whatever its intents are.
        event["message"] = source.raw
    return Interaction(number, token, kind, user, channel, event, source, target, opener)


def installation_owners(channel: Channel, user: User) -> Json:
    """Whose installation of the app permits the interaction: the server's, or the user's own."""
    if channel.guild and channel.guild.installed:
        return {"0": channel.guild.id}
    return {"0": "0"} if channel.context == CONTEXT_BOT_DIRECT else {"1": user.id}


def resolved_objects(
    state: DiscordState,
    channel: Channel,
    users: list[User],
    channels: list[Channel],
    messages: list[StoredMessage],
    files: Any,
) -> Json:
    """The objects that an interaction's data refers to."""
    objects: Json = {}
    if users:
        objects["users"] = {user.id: user.payload() for user in users}
        if guild := channel.guild:
            objects["members"] = {
                user.id: user.member(guild) | {"permissions": str(user.permissions)}
                for user in users
            }
    if channels:
        objects["channels"] = {
            each.id: each.payload(state.bot) | {"permissions": str(each.bot_permissions)}
            for each in channels
        }
    if messages:
        objects["messages"] = {each.id: each.raw for each in messages}
    if files:
        objects["attachments"] = {
            str(number): {
                "id": str(number),
                "filename": name,
                "size": len(data),
                "url": f"{state.url}/attachments/{number}/{name}",
                "proxy_url": f"{state.url}/attachments/{number}/{name}",
            }
            for number, (name, data) in enumerate(files, 1)
        }
    return objects
