"""Who may ask an archive: servers, roles, channels and people that the operator has named."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from pullquote.settings import DiscordSettings


@dataclass(frozen=True, slots=True)
class AskingPlace:
    """Who asks, and where.

    Attributes:
        user: the id of the person.
        server: the id of the server; None for a direct message or a group.
        channels: the id of the channel; of a thread, also that of the channel it belongs to.
        roles: the ids of the person's roles in the server, the role of everyone included.
        memberships: in a direct message, the ids of the person's roles in each server that they
            are a member of, as far as that is known.
    """

    user: int
    server: int | None = None
    channels: frozenset[int] = frozenset()
    roles: frozenset[int] = frozenset()
    memberships: Mapping[int, frozenset[int]] = field(default_factory=dict)


def may_ask(settings: DiscordSettings, place: AskingPlace) -> bool:
    """Whether an archive is answered to somebody in a place.

    If nothing is named, everybody is answered everywhere. Otherwise the people in `ask_users` are,
    and where servers, roles or channels are named, members of a server who meet all three. With
    `direct_messages` these members are answered in direct messages, too, which are in no channel.
    """
    servers, roles, channels = settings.ask_servers, settings.ask_roles, settings.ask_channels
    if place.user in settings.ask_users:
        return True
    if not (servers or roles or channels):
        return not settings.ask_users
    if place.server is None:
        return settings.direct_messages and any(
            server in servers and (not roles or not own_roles.isdisjoint(roles))
            for server, own_roles in place.memberships.items()
        )
    return (
        (not servers or place.server in servers)
        and (not roles or not place.roles.isdisjoint(roles))
        and (not channels or not place.channels.isdisjoint(channels))
    )


class ServerAccess(enum.Enum):
    """Whom in a server the archive is answered."""

    EVERYBODY = enum.auto()
    SOME = enum.auto()
    NOBODY = enum.auto()


def access_in(
    settings: DiscordSettings, server: int, roles: AbstractSet[int], channels: AbstractSet[int]
) -> ServerAccess:
    """Whom in a server the archive is answered: people of `ask_users` do not count as some.

    Args:
        settings: who may ask.
        server: the id of the server.
        roles: the ids of its roles; that of the role of everyone is the server's.
        channels: the ids of its channels.
    """
    is_limited = settings.ask_servers or settings.ask_roles or settings.ask_channels
    if not is_limited:
        return ServerAccess.NOBODY if settings.ask_users else ServerAccess.EVERYBODY
    if settings.ask_servers and server not in settings.ask_servers:
        return ServerAccess.NOBODY
    limits = ((settings.ask_roles, {*roles, server}), (settings.ask_channels, channels))
    if any(named and not set(named) & present for named, present in limits):
        return ServerAccess.NOBODY
    if settings.ask_roles and server not in settings.ask_roles:
        return ServerAccess.SOME
    return ServerAccess.EVERYBODY


def needed_memberships(settings: DiscordSettings, user: int) -> frozenset[int]:
    """The servers one of whose members a person must be to ask in a direct message.

    There are none if no membership lets the person in, or they need none.
    """
    if user in settings.ask_users or not settings.direct_messages:
        return frozenset()
    return frozenset(settings.ask_servers)


def may_choose(settings: DiscordSettings, server: int) -> bool:
    """Whether the managers of a server may choose an archive for it, or for one of its channels.

    They may if the operator has named the server, or anybody may ask. They do not even learn of
    another archive.
    """
    asked = settings.ask_servers or settings.ask_roles or settings.ask_channels
    return server in settings.ask_servers or not (asked or settings.ask_users)
