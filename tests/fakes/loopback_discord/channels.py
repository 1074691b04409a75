"""Channels, threads and direct messages, and how Discord describes them."""

from dataclasses import dataclass, field

from fakes.loopback_discord.api_errors import ApiError
from fakes.loopback_discord.payload import Json
from fakes.loopback_discord.permissions import ORDINARY, has_permission, permission_bits
from fakes.loopback_discord.snowflakes import timestamp
from fakes.loopback_discord.users_and_guilds import Guild, User

TEXT, DIRECT, GROUP, PUBLIC_THREAD = 0, 1, 3, 11
CONTEXT_GUILD, CONTEXT_BOT_DIRECT, CONTEXT_PRIVATE = 0, 1, 2


@dataclass(slots=True)
class Channel:
    """A text channel, thread, direct channel or group.

    Attributes:
        private: whether it is a conversation between users, without the bot.
        denied_permissions: the permissions taken from the bot here, as bits.
        hidden: whether only the bot and administrators see it.
        denied_to: the permissions taken from users, by their ids, as bits.
        archive_after: minutes.
    """

    id: str
    name: str
    type: int = TEXT
    guild: Guild | None = None
    parent: "Channel | None" = None
    recipients: tuple[User, ...] = ()
    private: bool = False
    denied_permissions: int = 0
    hidden: bool = False
    denied_to: dict[str, int] = field(default_factory=dict)
    last_message_id: str | None = None
    owner_id: str = ""
    archived: bool = False
    archive_after: int = 1440
    messages_posted: int = 0
    created: str = field(default_factory=timestamp)

    @property
    def guild_id(self) -> str | None:
        return self.guild.id if self.guild else None

    @property
    def context(self) -> int:
        if self.guild:
            return CONTEXT_GUILD
        return CONTEXT_PRIVATE if self.private else CONTEXT_BOT_DIRECT

    @property
    def visible_to_bot(self) -> bool:
        return (
            not self.private
            and (self.guild is None or self.guild.installed)
            and self.bot_may("view_channel")
        )

    @property
    def bot_permissions(self) -> int:
        """The bot's permissions; a thread has those of its parent."""
        return ORDINARY & ~(self.parent or self).denied_permissions

    def permissions_of(self, user: User) -> int:
        """A user's permissions; a thread has those of its parent."""
        return user.permissions & ~(self.parent or self).denied_to.get(user.id, 0)

    def bot_may(self, permission: str) -> bool:
        """Whether the bot has a permission; in direct channels it has all."""
        return self.guild is None or has_permission(self.bot_permissions, permission)

    def require_permissions(self, *permissions: str) -> None:
        """Check the bot's permissions.

        Raises:
            ApiError: one is missing (50013), or the bot cannot see the channel (50001).
        """
        if (
            self.private
            or (self.guild and not self.guild.installed)
            or not self.bot_may("view_channel")
        ):
            raise ApiError(403, 50001)
        for permission in permissions:
            if not self.bot_may(permission):
                raise ApiError(403, 50013)

    def payload(self, bot: User) -> Json:
        common: Json = {
            "id": self.id,
            "type": self.type,
            "flags": 0,
            "last_message_id": self.last_message_id,
        }
        if self.guild is None:
            users = [user.payload() for user in self.recipients]
            return (
                common
                | {"recipients": users}
                | (
                    {"name": None, "icon": None, "owner_id": users[0]["id"]}
                    if self.type == GROUP
                    else {}
                )
            )
        common |= {"guild_id": self.guild.id, "name": self.name, "rate_limit_per_user": 0}
        if self.type == PUBLIC_THREAD:
            return common | self._thread(bot)
        overwrites = (
            [{"id": bot.id, "type": 1, "allow": "0", "deny": str(self.denied_permissions)}]
            if self.denied_permissions
            else []
        )
        if self.hidden:
            view, everyone = str(permission_bits(["view_channel"])), self.guild.id
            overwrites += [
                {"id": everyone, "type": 0, "allow": "0", "deny": view},
                {"id": bot.id, "type": 1, "allow": view, "deny": "0"},
            ]
        return common | {
            "parent_id": None,
            "position": 0,
            "topic": None,
            "nsfw": False,
            "permission_overwrites": overwrites,
        }

    def _thread(self, bot: User) -> Json:
        return {
            "parent_id": self.parent.id if self.parent else None,
            "owner_id": self.owner_id,
            "message_count": self.messages_posted,
            "member_count": 1,
            "total_message_sent": self.messages_posted,
            "thread_metadata": {
                "archived": self.archived,
                "archive_timestamp": self.created,
                "auto_archive_duration": self.archive_after,
                "locked": False,
                "create_timestamp": self.created,
            },
            "member": {
                "id": self.id,
                "user_id": bot.id,
                "join_timestamp": self.created,
                "flags": 1,
            },
        }
