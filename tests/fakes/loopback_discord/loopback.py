"""The loopback Discord, as tests use it."""

import re
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from fakes.loopback_discord.channels import GROUP, Channel
from fakes.loopback_discord.component_actions import ComponentActions
from fakes.loopback_discord.discord_state import INTENT_GUILDS, DiscordState
from fakes.loopback_discord.displayed_messages import Message
from fakes.loopback_discord.fault_actions import FaultActions
from fakes.loopback_discord.payload import Json
from fakes.loopback_discord.permissions import permission_bits
from fakes.loopback_discord.rate_limits import RateLimits
from fakes.loopback_discord.routing import RecordedRequest
from fakes.loopback_discord.server import API, Server
from fakes.loopback_discord.snowflakes import timestamp
from fakes.loopback_discord.user_actions import UserActions
from fakes.loopback_discord.users_and_guilds import Guild, User


class LoopbackDiscord(UserActions, ComponentActions, FaultActions):
    """A Discord for one bot, with one guild, three members and one channel."""

    def __init__(self, *, commands_allowed: bool = True) -> None:
        self.state = DiscordState()
        self.state.commands_allowed = commands_allowed
        self.server = Server(self.state)
        self.gateway = self.server.gateway
        self.fault_injection = self.server.fault_injection
        self.rate_limits: RateLimits = self.server.rate_limits
        self.guild = self.state.add_guild("Loopback")
        self.alice = self.state.add_user("Alice")
        self.bob = self.state.add_user("Bob")
        self.admin = self.state.add_user("Ada", administrator=True)
        self.channel = self.add_channel("general")

    @classmethod
    @asynccontextmanager
    async def started(cls, *, commands_allowed: bool = True) -> AsyncIterator["LoopbackDiscord"]:
        """A Discord that listens on a free port of the loopback address."""
        discord = cls(commands_allowed=commands_allowed)
        await discord.server.start()
        try:
            yield discord
        finally:
            await discord.server.stop()

    @property
    def api_url(self) -> str:
        return self.state.url + API

    @property
    def gateway_url(self) -> str:
        return self.gateway.url

    @property
    def token(self) -> str:
        return self.state.token

    @property
    def application_id(self) -> str:
        return self.state.application_id

    @property
    def bot_user(self) -> User:
        return self.state.bot

    @property
    def commands(self) -> list[Json]:
        return self.state.commands

    @property
    def sync_count(self) -> int:
        return self.state.sync_count

    @property
    def sharding(self) -> tuple[int, int]:
        return self.state.sharding

    @sharding.setter
    def sharding(self, value: tuple[int, int]) -> None:
        self.state.sharding = value

    @property
    def requests(self) -> list[RecordedRequest]:
        return self.server.requests

    @property
    def violations(self) -> list[str]:
        """What the bot did against Discord's description and limits."""
        return self.server.violations

    @property
    def response_violations(self) -> list[str]:
        """Responses of the loopback itself that Discord's description does not allow."""
        return self.server.response_violations

    def sent(self, method: str, path_regex: str) -> list[RecordedRequest]:
        """The requests with a method whose paths match."""
        return [
            each
            for each in self.requests
            if each.method == method and re.search(path_regex, each.path)
        ]

    # Users, guilds and channels.

    def add_user(
        self,
        name: str,
        *,
        administrator: bool = False,
        moderator: bool = False,
        locale: str = "en-US",
    ) -> User:
        return self.state.add_user(
            name, administrator=administrator, moderator=moderator, locale=locale
        )

    def add_guild(self, name: str, *, installed: bool = True, shard: int | None = None) -> Guild:
        """Add a guild, with or without the app, and on a given shard if it matters."""
        number = None if shard is None else self.state.ids.for_shard(shard, self.sharding[0])
        return self.state.add_guild(name, installed=installed, guild_id=number)

    def invite(self, *names: str, joined: str = "", denied: Iterable[str] = ()) -> list[Channel]:
        """Invite the bot, now, to a new guild with text channels; it may not write in `denied`."""
        no_writing = permission_bits(["send_messages"])
        channels = [
            Channel(
                self.state.ids.next(), name, denied_permissions=no_writing if name in denied else 0
            )
            for name in names
        ]
        self.state.add_guild("Inviting", channels, joined=joined or timestamp())
        return channels

    def remove_guild(self, guild: Guild) -> None:
        """Remove the bot from a guild."""
        self.state.remove_guild(guild)

    def add_channel(
        self, name: str, *, guild: Guild | None = None, hidden: bool = False
    ) -> Channel:
        return self.state.add_channel(
            Channel(self.state.ids.next(), name, guild=guild or self.guild, hidden=hidden)
        )

    def dm(self, user: User) -> Channel:
        """The direct channel between a user and the bot."""
        return self.state.direct(user)

    def private_channel(self, *users: User) -> Channel:
        """A group of users without the bot, where a user's own installation works."""
        return self.state.add_channel(
            Channel(self.state.ids.next(), "friends", GROUP, recipients=users, private=True)
        )

    def deny(self, channel: Channel, permissions: Iterable[str]) -> None:
        """Deny the bot these permissions in a channel, and no others."""
        was_visible = channel.visible_to_bot
        channel.denied_permissions = permission_bits(permissions)
        event = "CHANNEL_UPDATE" if channel.visible_to_bot else "CHANNEL_DELETE"
        if was_visible:
            self.gateway.dispatch(
                event,
                channel.payload(self.bot_user),
                guild_id=channel.guild_id,
                intent=INTENT_GUILDS,
            )

    def deny_user(self, channel: Channel, user: User, permissions: Iterable[str]) -> None:
        """Deny a user these permissions in a channel and its threads, and no others."""
        channel.denied_to[user.id] = permission_bits(permissions)

    def delete_channel(self, channel: Channel) -> None:
        del self.state.channels[channel.id]
        event = "THREAD_DELETE" if channel.parent else "CHANNEL_DELETE"
        self.state.dispatch(event, channel.payload(self.bot_user), channel, INTENT_GUILDS)

    def delete_message(self, message: Message) -> None:
        self.state.delete_message(message.stored)

    def messages(self, channel: Channel) -> list[Message]:
        """The messages that everyone in a channel sees, oldest first."""
        return [Message(each, self.state) for each in self.state.history(channel)]

    def threads(self, channel: Channel) -> list[Channel]:
        return [each for each in self.state.channels.values() if each.parent is channel]

    # Waiting; timeouts are in seconds.

    async def ready(self, timeout: float = 20.0) -> None:
        """Wait until every shard of the bot is connected and has received READY."""
        await self.state.changes.wait_until(
            lambda: len(self.gateway.ready_shards()) >= self.sharding[0],
            timeout,
            "READY of all shards",
        )

    async def commands_synced(self, timeout: float = 20.0, count: int = 1) -> list[Json]:
        """Wait until the bot has registered its commands `count` times."""
        await self.state.changes.wait_until(
            lambda: self.sync_count >= count, timeout, "the commands"
        )
        return self.commands

    async def requested(
        self,
        method: str,
        path_regex: str,
        times: int = 1,
        timeout: float = 10.0,
    ) -> list[RecordedRequest]:
        """Wait until `times` matching requests have a response."""

        def answered() -> list[RecordedRequest]:
            found = [each for each in self.sent(method, path_regex) if each.status]
            return found if len(found) >= times else []

        return await self.state.changes.wait_until(
            answered, timeout, f"{times} {method} of {path_regex}"
        )

    async def next_message(
        self,
        channel: Channel,
        *,
        after: Message | None = None,
        timeout: float = 10.0,
    ) -> Message:
        """Wait for the bot's first message in a channel after a given one, or after this call."""
        last_id = int(after.id if after else self.state.ids.next())

        def new_messages() -> list[Message]:
            return [
                each
                for each in self.messages(channel)
                if int(each.id) > last_id and each.author is self.bot_user and not each.loading
            ]

        return (
            await self.state.changes.wait_until(
                new_messages, timeout, f"a message in {channel.name}"
            )
        )[0]
