"""All that the loopback knows: people, places, messages, commands and interactions."""

from collections.abc import Iterator
from typing import Protocol

from fakes.loopback_discord.bell import Bell
from fakes.loopback_discord.channels import DIRECT, Channel
from fakes.loopback_discord.interactions import ANSWER_WITHIN_S, TOKEN_LIFETIME_S, Interaction
from fakes.loopback_discord.messages import StoredMessage, Writer, hidden
from fakes.loopback_discord.people import Guild, User
from fakes.loopback_discord.refusals import Json, Refusal
from fakes.loopback_discord.snowflakes import Snowflakes

INTENT_GUILDS, INTENT_GUILD_MESSAGES, INTENT_DM_MESSAGES, INTENT_MESSAGE_CONTENT = (
    1 << 0,
    1 << 9,
    1 << 12,
    1 << 15,
)


class Dispatcher(Protocol):
    """What passes events on to the bot."""

    def dispatch(self, event: str, data: Json, *, guild_id: str | None, intent: int) -> None: ...


class World:
    """The state that requests change and that a test looks at."""

    def __init__(self) -> None:
        self.ids = Snowflakes()
        self.bell = Bell()
        self.application_id = self.ids.next()
        # An application's bot has had the application's own id for years.
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
        # Whether messages are shown to the bot whole; the intent for it needs Discord's consent.
        self.message_content = False
        self.sharding = (1, 1)
        self.sessions_left = 1000
        self.token_refused = False
        self.gateway: Dispatcher | None = None
        self.url = ""

    @property
    def writer(self) -> Writer:
        return Writer(self._new_ids(), self.url, self.users.get)

    def _new_ids(self) -> Iterator[str]:
        while True:
            yield self.ids.next()

    def dispatch(self, event: str, data: Json, channel: Channel | None, intent: int) -> None:
        if self.gateway and (channel is None or channel.seen_by_bot):
            self.gateway.dispatch(
                event, data, guild_id=channel.guild_id if channel else None, intent=intent
            )

    def add_user(self, name: str, *, administrator: bool = False, locale: str = "en-US") -> User:
        user = User(self.ids.next(), name, administrator=administrator, locale=locale)
        self.users[user.id] = user
        return user

    def add_guild(self, name: str, *, installed: bool = True, guild_id: str | None = None) -> Guild:
        guild = Guild(
            guild_id or self.ids.next(),
            name,
            self.owner,
            self.ids.next(),
            self.ids.next(),
            installed,
        )
        self.guilds[guild.id] = guild
        if installed and self.gateway:
            # A guild that the bot joins was never unavailable, which is how a joining is told from a coming back.
            told = {
                key: value
                for key, value in self.guild_created(guild).items()
                if key != "unavailable"
            }
            self.gateway.dispatch("GUILD_CREATE", told, guild_id=guild.id, intent=INTENT_GUILDS)
        return guild

    def remove_guild(self, guild: Guild) -> None:
        """The bot is thrown out."""
        guild.installed = False
        if self.gateway:
            self.gateway.dispatch(
                "GUILD_DELETE", {"id": guild.id}, guild_id=guild.id, intent=INTENT_GUILDS
            )

    def guild_created(self, guild: Guild) -> Json:
        """What GUILD_CREATE tells."""
        channels = [channel for channel in self.channels.values() if channel.guild is guild]
        return guild.payload() | {
            "joined_at": "2024-01-01T00:00:00+00:00",
            "large": False,
            "unavailable": False,
            "member_count": len(self.users),
            "members": [self.bot.member(guild) | {"user": self.bot.payload()}],
            "voice_states": [],
            "channels": [
                channel.payload(self.bot)
                for channel in channels
                if channel.parent is None and channel.lets("view_channel")
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
        """The channel between the bot and a user."""
        for channel in self.channels.values():
            if channel.type == DIRECT and not channel.private and channel.recipients == (user,):
                return channel
        return self.add_channel(Channel(self.ids.next(), user.name, DIRECT, recipients=(user,)))

    def channel(self, channel_id: str) -> Channel:
        found = self.channels.get(channel_id)
        if found is None:
            raise Refusal(404, 10003)
        return found

    def message(self, channel: Channel, message_id: str) -> StoredMessage:
        found = self.messages.get(message_id)
        if found is None or found.channel is not channel or found.ephemeral or found.deleted:
            raise Refusal(404, 10008)
        return found

    def history(self, channel: Channel) -> list[StoredMessage]:
        """What everyone in a channel sees, the oldest first."""
        return [
            each
            for each in self.messages.values()
            if each.channel is channel and not each.deleted and not each.ephemeral
        ]

    def for_bot(self, message: StoredMessage) -> Json:
        """A message as the bot may see it: whole if it is its own, direct or mentions it."""
        raw = message.raw if self._shows(message.raw, message.channel) else hidden(message.raw)
        # What is replied to is judged by itself, whatever the reply shows.
        replied = raw.get("referenced_message")
        return (
            raw | {"referenced_message": hidden(replied)}
            if replied and not self._shows(replied, message.channel)
            else raw
        )

    def _shows(self, raw: Json, channel: Channel) -> bool:
        own = raw["author"]["id"] == self.bot.id
        return (
            self.message_content
            or own
            or channel.guild is None
            or any(user["id"] == self.bot.id for user in raw["mentions"])
        )

    def add_message(self, message: StoredMessage) -> None:
        self.messages[message.id] = message
        if not message.ephemeral:
            message.channel.last_message_id = message.id
            message.channel.messages_posted += 1
        self.tell("MESSAGE_CREATE", message)

    def tell(self, event: str, message: StoredMessage) -> None:
        """Tells of a message that came or changed, and wakes who waits for it."""
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
        self.bell.ring()

    def delete_message(self, message: StoredMessage) -> None:
        message.deleted = True
        if not message.ephemeral:
            told: Json = {"id": message.id, "channel_id": message.channel.id}
            guild = message.channel.guild
            told |= {"guild_id": guild.id} if guild else {}
            self.dispatch(
                "MESSAGE_DELETE",
                told,
                message.channel,
                INTENT_GUILD_MESSAGES if guild else INTENT_DM_MESSAGES,
            )
        self.bell.ring()

    def file(self, attachment_id: str) -> bytes | None:
        return next(
            (
                message.files[attachment_id]
                for message in self.messages.values()
                if attachment_id in message.files
            ),
            None,
        )
