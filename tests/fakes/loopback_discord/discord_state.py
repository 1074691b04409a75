"""The loopback's state: users, guilds, channels, messages, commands and interactions."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from fakes.loopback_discord.api_errors import ApiError
from fakes.loopback_discord.channels import DIRECT, Channel
from fakes.loopback_discord.interactions import ANSWER_WITHIN_S, TOKEN_LIFETIME_S, Interaction
from fakes.loopback_discord.payload import Json
from fakes.loopback_discord.snowflakes import Snowflakes
from fakes.loopback_discord.state_changes import StateChanges
from fakes.loopback_discord.stored_messages import MessageWriter, StoredMessage, hidden
from fakes.loopback_discord.users_and_guilds import JOINED, Guild, User

INTENT_GUILDS, INTENT_GUILD_MESSAGES, INTENT_DM_MESSAGES, INTENT_MESSAGE_CONTENT = (
    1 << 0,
    1 << 9,
    1 << 12,
    1 << 15,
)


class Dispatcher(Protocol):
    """Sends events to the bot; the gateway."""

    def dispatch(self, event: str, data: Json, *, guild_id: str | None, intent: int) -> None: ...


class DiscordState:
    """What requests change and tests read.

    Attributes:
        changes: tells waiting tests of each change.
        sync_count: how often the bot has registered its commands.
        answer_within: seconds in which an interaction needs its initial response.
        token_lifetime: seconds in which an interaction's token is valid.
        message_content: whether the bot has the privileged intent to read all messages.
        role_carries_content: whether the bot can read messages that mention its role.
        sharding: the recommended number of shards, and how many may identify at once.
        sessions_left: identifies that remain today.
        token_refused: whether the bot's token is treated as wrong.
    """

    def __init__(self) -> None:
        self.ids = Snowflakes()
        self.changes = StateChanges()
        self.application_id = self.ids.next()
        # A bot's user has the id of its application.
        self.bot = User(self.application_id, "Pullquote", bot=True)
        self.owner = User(self.ids.next(), "Olivia")
        self.token = f"made-up.{self.application_id}.token"
        self.users: dict[str, User] = {self.bot.id: self.bot, self.owner.id: self.owner}
        self.guilds: dict[str, Guild] = {}
        self.channels: dict[str, Channel] = {}
        self.messages: dict[str, StoredMessage] = {}
        self.commands: list[Json] = []
        self.guild_commands: dict[str, list[Json]] = {}
        self.sync_count = 0
        self.commands_allowed = True
        self.interactions: dict[str, Interaction] = {}
        self.answer_within = ANSWER_WITHIN_S
        self.token_lifetime = TOKEN_LIFETIME_S
        self.message_content = False
        self.role_carries_content = False
        self.sharding = (1, 1)
        self.sessions_left = 1000
        self.token_refused = False
        self.gateway: Dispatcher | None = None
        self.url = ""

    @property
    def writer(self) -> MessageWriter:
        return MessageWriter(self._new_ids(), self.url, self.users.get)

    def _new_ids(self) -> Iterator[str]:
        while True:
            yield self.ids.next()

    def dispatch(self, event: str, data: Json, channel: Channel | None, intent: int) -> None:
        if self.gateway and (channel is None or channel.visible_to_bot):
            self.gateway.dispatch(
                event, data, guild_id=channel.guild_id if channel else None, intent=intent
            )

    def add_user(
        self,
        name: str,
        *,
        administrator: bool = False,
        moderator: bool = False,
        locale: str = "en-US",
    ) -> User:
        user = User(
            self.ids.next(),
            name,
            administrator=administrator,
            moderator=moderator,
            locale=locale,
        )
        self.users[user.id] = user
        return user

    def add_guild(
        self,
        name: str,
        channels: Sequence[Channel] = (),
        *,
        installed: bool = True,
        guild_id: str | None = None,
        joined: str = JOINED,
    ) -> Guild:
        """Add a guild; the bot joins it, if it is connected, where these channels are."""
        guild = Guild(
            guild_id or self.ids.next(),
            name,
            self.owner,
            self.ids.next(),
            self.ids.next(),
            self.bot.id,
            installed,
            joined,
        )
        self.guilds[guild.id] = guild
        for channel in channels:
            channel.guild = guild
            self.channels[channel.id] = channel
        if installed and self.gateway:
            # Bots tell a guild that they join from one that becomes available by this key.
            created = {
                key: value
                for key, value in self.guild_created(guild).items()
                if key != "unavailable"
            }
            self.gateway.dispatch("GUILD_CREATE", created, guild_id=guild.id, intent=INTENT_GUILDS)
        return guild

    def remove_guild(self, guild: Guild) -> None:
        """Remove the bot from a guild."""
        guild.installed = False
        if self.gateway:
            self.gateway.dispatch(
                "GUILD_DELETE", {"id": guild.id}, guild_id=guild.id, intent=INTENT_GUILDS
            )

    def guild_created(self, guild: Guild) -> Json:
        """The data of GUILD_CREATE."""
        channels = [channel for channel in self.channels.values() if channel.guild is guild]
        return guild.payload() | {
            "joined_at": guild.joined,
            "large": False,
            "unavailable": False,
            "member_count": len(self.users),
            "members": [self.bot.member(guild) | {"user": self.bot.payload()}],
            "voice_states": [],
            "channels": [
                channel.payload(self.bot)
                for channel in channels
                if channel.parent is None and channel.bot_may("view_channel")
            ],
            "threads": [
                channel.payload(self.bot)
                for channel in channels
                if channel.parent is not None and not channel.archived
            ],
            "presences": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "soundboard_sounds": [],
        }

    def add_channel(self, channel: Channel) -> Channel:
        self.channels[channel.id] = channel
        if channel.guild:
            event = "THREAD_CREATE" if channel.parent else "CHANNEL_CREATE"
            self.dispatch(
                event,
                channel.payload(self.bot) | ({"newly_created": True} if channel.parent else {}),
                channel,
                INTENT_GUILDS,
            )
        return channel

    def direct(self, user: User) -> Channel:
        """The direct channel between the bot and a user, created at its first use."""
        for channel in self.channels.values():
            if channel.type == DIRECT and not channel.private and channel.recipients == (user,):
                return channel
        return self.add_channel(Channel(self.ids.next(), user.name, DIRECT, recipients=(user,)))

    def channel(self, channel_id: str) -> Channel:
        found = self.channels.get(channel_id)
        if found is None:
            raise ApiError(404, 10003)
        return found

    def message(self, channel: Channel, message_id: str) -> StoredMessage:
        found = self.messages.get(message_id)
        if found is None or found.channel is not channel or found.ephemeral or found.deleted:
            raise ApiError(404, 10008)
        return found

    def history(self, channel: Channel) -> list[StoredMessage]:
        """The messages that everyone in a channel sees, oldest first."""
        return [
            each
            for each in self.messages.values()
            if each.channel is channel and not each.deleted and not each.ephemeral
        ]

    def for_bot(self, message: StoredMessage) -> Json:
        """A message as the bot receives it, with content if it is direct, or mentions the bot."""
        raw = message.raw if self._is_visible(message.raw, message.channel) else hidden(message.raw)
        # The message that a reply refers to has its own visibility.
        replied_to = raw.get("referenced_message")
        return (
            raw | {"referenced_message": hidden(replied_to)}
            if replied_to and not self._is_visible(replied_to, message.channel)
            else raw
        )

    def _is_visible(self, raw: Json, channel: Channel) -> bool:
        own = raw["author"]["id"] == self.bot.id
        return (
            self.message_content
            or own
            or channel.guild is None
            or any(user["id"] == self.bot.id for user in raw["mentions"])
            or (self.role_carries_content and channel.guild.bot_role in raw["mention_roles"])
        )

    def add_message(self, message: StoredMessage) -> None:
        self.messages[message.id] = message
        if not message.ephemeral:
            message.channel.last_message_id = message.id
            message.channel.messages_posted += 1
        self.publish("MESSAGE_CREATE", message)

    def publish(self, event: str, message: StoredMessage) -> None:
        """Send the event of a new or edited message, and notify waiting tests."""
        channel = message.channel
        if not message.ephemeral:
            data = dict(self.for_bot(message))
            if channel.guild:
                data["guild_id"] = channel.guild.id
                data["member"] = message.author.member(channel.guild)
                intent = INTENT_GUILD_MESSAGES
            else:
                intent = INTENT_DM_MESSAGES
            self.dispatch(event, data, channel, intent)
        self.changes.notify()

    def delete_message(self, message: StoredMessage) -> None:
        message.deleted = True
        if not message.ephemeral:
            data: Json = {"id": message.id, "channel_id": message.channel.id}
            guild = message.channel.guild
            data |= {"guild_id": guild.id} if guild else {}
            self.dispatch(
                "MESSAGE_DELETE",
                data,
                message.channel,
                INTENT_GUILD_MESSAGES if guild else INTENT_DM_MESSAGES,
            )
        self.changes.notify()

    def file(self, attachment_id: str) -> bytes | None:
        return next(
            (
                message.files[attachment_id]
                for message in self.messages.values()
                if attachment_id in message.files
            ),
            None,
        )
