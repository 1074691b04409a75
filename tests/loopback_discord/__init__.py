"""A Discord on the loopback address, for an unmodified bot to talk to."""

from loopback_discord.channels import Channel
from loopback_discord.driver import LoopbackDiscord
from loopback_discord.people import Guild, User
from loopback_discord.seen import Message
from loopback_discord.uses import Use

__all__ = ["Channel", "Guild", "LoopbackDiscord", "Message", "Use", "User"]
