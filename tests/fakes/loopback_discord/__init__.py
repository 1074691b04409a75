"""A Discord on the loopback address, for an unmodified bot to connect to."""

from fakes.loopback_discord.channels import Channel
from fakes.loopback_discord.displayed_messages import Message
from fakes.loopback_discord.loopback import LoopbackDiscord
from fakes.loopback_discord.user_interactions import UserInteraction
from fakes.loopback_discord.users_and_guilds import Guild, User

__all__ = ["Channel", "Guild", "LoopbackDiscord", "Message", "User", "UserInteraction"]
