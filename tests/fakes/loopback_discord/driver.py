"""The loopback Discord as a test drives it."""

import re
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from fakes.loopback_discord.buckets import RateLimits
from fakes.loopback_discord.calls import Request
from fakes.loopback_discord.channels import GROUP, Channel
from fakes.loopback_discord.doings import Doings
from fakes.loopback_discord.people import Guild, User
from fakes.loopback_discord.permissions import bits
from fakes.loopback_discord.refusals import Json
from fakes.loopback_discord.seen import Message
from fakes.loopback_discord.server import API, Server
from fakes.loopback_discord.trouble import Failure
from fakes.loopback_discord.uses import Use
from fakes.loopback_discord.world import INTENT_GUILDS, World


class LoopbackDiscord(Doings):
    """A Discord of its own for one bot: a server, three members, one channel."""

    def __init__(self, *, commands_allowed: bool = True) -> None:
        self.world = World()
        self.world.commands_allowed = commands_allowed
        self.server = Server(self.world)
        self.gateway = self.server.gateway
        self.trouble = self.server.trouble
        self.rate_limits: RateLimits = self.server.rate_limits
        self.guild = self.world.add_guild("Loopback")
        self.alice = self.world.add_user("Alice")
        self.bob = self.world.add_user("Bob")
        self.admin = self.world.add_user("Ada", administrator=True)
        self.channel = self.add_channel("general")

    @classmethod
    @asynccontextmanager
    async def started(cls, *, commands_allowed: bool = True) -> AsyncIterator["LoopbackDiscord"]:
        """Listens on a free port of the loopback address."""
        discord = cls(commands_allowed=commands_allowed)
        await discord.server.start()
        try:
            yield discord
        finally:
            await discord.server.stop()

    @property
    def api_url(self) -> str:
        return self.world.url + API

    @property
    def gateway_url(self) -> str:
        return self.gateway.url

    @property
    def token(self) -> str:
        return self.world.token

    @property
    def application_id(self) -> str:
        return self.world.application_id

    @property
    def bot_user(self) -> User:
        return self.world.bot

    @property
    def commands(self) -> list[Json]:
        return self.world.commands

    @property
    def sync_count(self) -> int:
        return self.world.sync_count

    @property
    def sharding(self) -> tuple[int, int]:
        return self.world.sharding

    @sharding.setter
    def sharding(self, value: tuple[int, int]) -> None:
        self.world.sharding = value

    @property
    def requests(self) -> list[Request]:
        return self.server.requests

    @property
    def violations(self) -> list[str]:
        """What the bot did against Discord's description and limits."""
        return self.server.violations

    @property
    def own_faults(self) -> list[str]:
        """Answers of the loopback itself that Discord's description does not allow."""
        return self.server.own_faults

    def sent(self, method: str, path_regex: str) -> list[Request]:
        """The requests of a method whose path matches."""
        return [
            each
            for each in self.requests
            if each.method == method and re.search(path_regex, each.path)
        ]

    # People and places.

    def add_user(self, name: str, *, administrator: bool = False, locale: str = "en-US") -> User:
        return self.world.add_user(name, administrator=administrator, locale=locale)

    def add_guild(self, name: str, *, installed: bool = True, shard: int | None = None) -> Guild:
        """Another server; one where the app is not installed, or one of a given shard."""
        number = None if shard is None else self.world.ids.for_shard(shard, self.sharding[0])
        return self.world.add_guild(name, installed=installed, guild_id=number)

    def remove_guild(self, guild: Guild) -> None:
        """Throws the bot out of a server."""
        self.world.remove_guild(guild)

    def add_channel(self, name: str, *, guild: Guild | None = None) -> Channel:
        return self.world.add_channel(
            Channel(self.world.ids.next(), name, guild=guild or self.guild)
        )

    def dm(self, user: User) -> Channel:
        """The channel of direct messages between a user and the bot."""
        return self.world.direct(user)

    def private_channel(self, *users: User) -> Channel:
        """A conversation of people without the bot, where a user's own installation works."""
        return self.world.add_channel(
            Channel(self.world.ids.next(), "friends", GROUP, recipients=users, private=True)
        )

    def deny(self, channel: Channel, permissions: Iterable[str]) -> None:
        """Takes permissions from the bot in a channel, all earlier denials forgotten."""
        seen_before = channel.seen_by_bot
        channel.denied = bits(permissions)
        event = "CHANNEL_UPDATE" if channel.seen_by_bot else "CHANNEL_DELETE"
        if seen_before:
            self.gateway.dispatch(
                event,
                channel.payload(self.bot_user),
                guild_id=channel.guild_id,
                intent=INTENT_GUILDS,
            )

    def delete_channel(self, channel: Channel) -> None:
        del self.world.channels[channel.id]
        event = "THREAD_DELETE" if channel.parent else "CHANNEL_DELETE"
        self.world.dispatch(event, channel.payload(self.bot_user), channel, INTENT_GUILDS)

    def delete_message(self, message: Message) -> None:
        self.world.delete_message(message.stored)

    def messages(self, channel: Channel) -> list[Message]:
        """What everyone sees in a channel, the oldest first."""
        return [Message(each, self.world) for each in self.world.history(channel)]

    def threads(self, channel: Channel) -> list[Channel]:
        return [each for each in self.world.channels.values() if each.parent is channel]

    # Waiting.

    async def ready(self, timeout: float = 20.0) -> None:  # the caller reads best so
        """Waits until every shard of the bot got READY and is connected."""
        await self.world.bell.until(
            lambda: len(self.gateway.ready_shards()) >= self.sharding[0],
            timeout,
            "READY of all shards",
        )

    async def commands_synced(
        self, timeout: float = 20.0, count: int = 1
    ) -> list[Json]:  # the caller reads best so
        """Waits until the bot has registered its commands so many times."""
        await self.world.bell.until(lambda: self.sync_count >= count, timeout, "the commands")
        return self.commands

    async def requested(
        self,
        method: str,
        path_regex: str,
        times: int = 1,
        timeout: float = 10.0,
    ) -> list[Request]:
        """Waits until so many requests have been answered."""

        def answered() -> list[Request]:
            found = [each for each in self.sent(method, path_regex) if each.status]
            return found if len(found) >= times else []

        return await self.world.bell.until(answered, timeout, f"{times} {method} of {path_regex}")

    async def next_message(
        self,
        channel: Channel,
        *,
        after: Message | None = None,
        timeout: float = 10.0,
    ) -> Message:
        """The bot's first message in a channel after a given one, or after the call."""
        last = int(after.id if after else self.world.ids.next())

        def come() -> list[Message]:
            return [
                each
                for each in self.messages(channel)
                if int(each.id) > last and each.author is self.bot_user and not each.loading
            ]

        return (await self.world.bell.until(come, timeout, f"a message in {channel.name}"))[0]

    # Trouble on purpose.

    def fail_next(
        self,
        method: str,
        path_regex: str,
        status: int = 500,
        times: int = 1,
        code: int | None = None,
        *,
        done_anyway: bool = False,
    ) -> None:
        """Fails the next requests that match, without an answer for a status of 0; with `done_anyway` only the answer says so."""
        self.trouble.failures.append(
            Failure(method, re.compile(path_regex), status, code, times, done_anyway)
        )

    def rate_limit_next(
        self,
        method: str,
        path_regex: str,
        retry_after: float = 0.5,
        *,
        is_global: bool = False,
        times: int = 1,
    ) -> None:
        self.trouble.failures.append(
            Failure(
                method,
                re.compile(path_regex),
                429,
                None,
                times,
                retry_after=retry_after,
                is_global=is_global,
            )
        )

    def delay(self, path_regex: str, seconds: float) -> None:
        """Lets every request that matches wait, until `trouble.delays` is cleared."""
        self.trouble.delays.append((re.compile(path_regex), seconds))

    def token_is_bad(self, *, bad: bool = True) -> None:
        """Refuses the bot's token with 401."""
        self.world.token_refused = bad

    def go_away(self, seconds: float) -> None:
        """Ends all connections and refuses new ones, HTTP and gateway, for a while."""
        self.server.go_away(seconds)

    async def drop_connections(self, code: int | None = 4000) -> None:
        """Closes the gateway's sockets; without a code they end without a word."""
        await self.gateway.drop(code)

    async def ask_reconnect(self) -> None:
        await self.gateway.ask_reconnect()

    async def invalidate_session(self, *, resumable: bool = False) -> None:
        await self.gateway.invalidate(resumable=resumable)

    def expire(self, use: Use) -> None:
        """Ends an interaction's token as if its fifteen minutes were over."""
        use.interaction.expired = True
