"""A Discord on the loopback address, for an unmodified bot to talk to."""

from fakes.loopback_discord.channels import Channel
from fakes.loopback_discord.driver import LoopbackDiscord
from fakes.loopback_discord.people import Guild, User
from fakes.loopback_discord.seen import Message
from fakes.loopback_discord.uses import Use

__all__ = ["Channel", "Guild", "LoopbackDiscord", "Message", "Use", "User"]
