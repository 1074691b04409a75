"""Users and guilds, and how Discord describes them."""

from dataclasses import dataclass, field

from fakes.loopback_discord.payload import Json
from fakes.loopback_discord.permissions import EVERYTHING, ORDINARY, permission_bits

JOINED = "2024-01-01T00:00:00+00:00"


@dataclass(frozen=True, slots=True)
class User:
    """A user or bot of Discord.

    Attributes:
        moderator: whether they may manage messages.
        roles: the ids of further roles, in every guild.
    """

    id: str
    name: str
    bot: bool = False
    administrator: bool = False
    locale: str = "en-US"
    moderator: bool = False
    roles: list[str] = field(default_factory=list, compare=False)

    @property
    def mention(self) -> str:
        return f"<@{self.id}>"

    @property
    def permissions(self) -> int:
        if self.administrator:
            return EVERYTHING
        return ORDINARY | (permission_bits(["manage_messages"]) if self.moderator else 0)

    def payload(self) -> Json:
        return {
            "id": self.id,
            "username": self.name.lower(),
            "global_name": None if self.bot else self.name,
            "discriminator": "0000" if self.bot else "0",
            "avatar": None,
            "bot": self.bot,
            "public_flags": 0,
            "flags": 0,
            "primary_guild": None,
        }

    def member(self, guild: "Guild") -> Json:
        """The user as a member of a guild, without the user's own fields."""
        roles = [guild.administrator_role] if self.administrator else []
        return {
            "roles": [*roles, guild.bot_role] if self.bot else [*roles, *self.roles],
            "joined_at": guild.joined if self.bot else JOINED,
            "flags": 0,
            "nick": None,
            "avatar": None,
            "banner": None,
            "premium_since": None,
            "pending": False,
            "communication_disabled_until": None,
            "mute": False,
            "deaf": False,
        }


@dataclass(slots=True)
class Guild:
    """A server. If the app is not installed there, the bot knows it only from interactions.

    Attributes:
        strangers: the ids of the users who are no members; all others are.
    """

    id: str
    name: str
    owner: User
    administrator_role: str
    bot_role: str
    bot_id: str
    installed: bool = True
    joined: str = JOINED
    locale: str = "en-US"
    system_channel: str | None = None
    strangers: set[str] = field(default_factory=set)

    def partial(self) -> Json:
        return {"id": self.id, "locale": self.locale, "features": []}

    def payload(self) -> Json:
        """The guild as in GUILD_CREATE and GET /guilds, without its channels."""
        return {
            "id": self.id,
            "name": self.name,
            "icon": None,
            "description": None,
            "home_header": None,
            "splash": None,
            "discovery_splash": None,
            "features": [],
            "banner": None,
            "owner_id": self.owner.id,
            "application_id": None,
            "region": "deprecated",
            "afk_channel_id": None,
            "afk_timeout": 300,
            "system_channel_id": self.system_channel,
            "system_channel_flags": 0,
            "widget_enabled": False,
            "widget_channel_id": None,
            "verification_level": 0,
            "default_message_notifications": 1,
            "mfa_level": 0,
            "explicit_content_filter": 0,
            "max_presences": None,
            "max_members": 500000,
            "max_stage_video_channel_users": 50,
            "max_video_channel_users": 25,
            "vanity_url_code": None,
            "premium_tier": 0,
            "premium_subscription_count": 0,
            "preferred_locale": self.locale,
            "rules_channel_id": None,
            "safety_alerts_channel_id": None,
            "public_updates_channel_id": None,
            "premium_progress_bar_enabled": False,
            "premium_progress_bar_enabled_user_updated_at": None,
            "nsfw": False,
            "nsfw_level": 0,
            "emojis": [],
            "stickers": [],
            "incidents_data": None,
            "roles": [
                _role(self.id, "@everyone", 0, ORDINARY, managed=False),
                _role(self.administrator_role, "administrators", 1, EVERYTHING, managed=False),
                _role(self.bot_role, "bots", 2, ORDINARY, managed=True)
                | {"tags": {"bot_id": self.bot_id}},
            ],
        }


def _role(role_id: str, name: str, position: int, permissions: int, *, managed: bool) -> Json:
    return {
        "id": role_id,
        "name": name,
        "description": None,
        "permissions": str(permissions),
        "position": position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": managed,
        "mentionable": False,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }
