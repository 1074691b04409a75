"""Who may ask the archive: servers, roles, channels and people that the operator has named."""

from __future__ import annotations

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
