"""Who may ask the archive: servers, roles, channels and people that the operator has named."""

from __future__ import annotations

import enum
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from pullquote.settings import DiscordSettings


@dataclass(frozen=True, slots=True)
class AskingPlace:
    """Who asks, and where.

    Attributes:
        user: the id of the person.
        server: the id of the server; None for a direct message or a group.
        channels: the id of the channel; of a thread, also that of the channel it belongs to.
        roles: the ids of the person's roles in the server, the role of everyone included.
    """

    user: int
    server: int | None = None
    channels: frozenset[int] = frozenset()
    roles: frozenset[int] = frozenset()


def may_ask(settings: DiscordSettings, place: AskingPlace) -> bool:
    """Whether the archive is answered to somebody in a place.

    If nothing is named, everybody is answered everywhere. Otherwise the people in `ask_users` are,
    and where servers, roles or channels are named, members of a server who meet all three.
    """
    servers, roles, channels = settings.ask_servers, settings.ask_roles, settings.ask_channels
    if place.user in settings.ask_users:
        return True
    if not (servers or roles or channels):
        return not settings.ask_users
    return (
        place.server is not None
        and (not servers or place.server in servers)
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
