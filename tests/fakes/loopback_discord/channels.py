"""Channels, threads and direct messages, and how Discord describes them."""

from dataclasses import dataclass, field

from fakes.loopback_discord.people import Guild, User
from fakes.loopback_discord.permissions import ORDINARY, allows
from fakes.loopback_discord.refusals import Json, Refusal
from fakes.loopback_discord.snowflakes import timestamp

TEXT, DIRECT, GROUP, PUBLIC_THREAD = 0, 1, 3, 11
CONTEXT_GUILD, CONTEXT_BOT_DIRECT, CONTEXT_PRIVATE = 0, 1, 2


@dataclass(slots=True)
class Channel:
    """A place where messages are."""

    id: str
    name: str
    type: int = TEXT
    guild: Guild | None = None
    parent: "Channel | None" = None
    recipients: tuple[User, ...] = ()
    # A conversation between people, where the bot is not.
    private: bool = False
    denied: int = 0
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
    def seen_by_bot(self) -> bool:
        return (
            not self.private
            and (self.guild is None or self.guild.installed)
            and self.lets("view_channel")
        )

    @property
    def bot_permissions(self) -> int:
        """What the bot may do here; a thread has its parent's."""
        return ORDINARY & ~(self.parent or self).denied

    def lets(self, permission: str) -> bool:
        return self.guild is None or allows(self.bot_permissions, permission)

    def require(self, *permissions: str) -> None:
        """Refuses what the bot may not do, as Discord does: 50001 where it may not even look."""
        if (
            self.private
            or (self.guild and not self.guild.installed)
            or not self.lets("view_channel")
        ):
            raise Refusal(403, 50001)
        for permission in permissions:
            if not self.lets(permission):
                raise Refusal(403, 50013)

    def payload(self, bot: User) -> Json:
        common: Json = {
            "id": self.id,
            "type": self.type,
            "flags": 0,
            "last_message_id": self.last_message_id,
        }
        if self.guild is None:
            people = [user.payload() for user in self.recipients]
            return (
                common
                | {"recipients": people}
                | (
                    {"name": None, "icon": None, "owner_id": people[0]["id"]}
                    if self.type == GROUP
                    else {}
                )
            )
        common |= {"guild_id": self.guild.id, "name": self.name, "rate_limit_per_user": 0}
        if self.type == PUBLIC_THREAD:
            return common | self._thread(bot)
        overwrites = (
            [{"id": bot.id, "type": 1, "allow": "0", "deny": str(self.denied)}]
            if self.denied
            else []
        )
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
