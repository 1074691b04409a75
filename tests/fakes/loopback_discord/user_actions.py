"""What users type: slash commands, context menu commands, autocompletion and messages."""

from typing import Any

from fakes.loopback_discord.attachments import Upload
from fakes.loopback_discord.channels import CONTEXT_BOT_DIRECT, Channel
from fakes.loopback_discord.command_options import (
    check_offered,
    checked_options,
    find_command,
    nested,
    subcommand_options,
)
from fakes.loopback_discord.discord_state import DiscordState
from fakes.loopback_discord.displayed_messages import Message
from fakes.loopback_discord.interaction_events import new_interaction, resolved_objects
from fakes.loopback_discord.interactions import AUTOCOMPLETE, COMMAND
from fakes.loopback_discord.payload import Json
from fakes.loopback_discord.stored_messages import PLAIN, REPLY
from fakes.loopback_discord.user_interactions import UserInteraction, dispatch_interaction
from fakes.loopback_discord.users_and_guilds import User

SLASH, USER_MENU, MESSAGE_MENU = 1, 2, 3


class UserActions:
    """Commands and messages. Without a `user` Alice acts, without a `channel` in the first one."""

    state: DiscordState
    alice: User
    channel: Channel

    async def slash(
        self, name: str, *, user: User | None = None, channel: Channel | None = None, **options: Any
    ) -> UserInteraction:
        """Run a slash command; `"group sub"` is one within a group."""
        actor, place = user or self.alice, channel or self.channel
        data = self._command_data(name, actor, place, options)
        return dispatch_interaction(
            self.state, new_interaction(self.state, COMMAND, actor, place, data)
        )

    async def autocomplete(
        self,
        name: str,
        *,
        option: str,
        typed: str,
        user: User | None = None,
        channel: Channel | None = None,
        **others: Any,
    ) -> list[Json]:
        """Type into an option of a command, and return the choices that the bot offers."""
        actor, place = user or self.alice, channel or self.channel
        data = self._command_data(name, actor, place, {**others, option: typed}, focused=option)
        autocompletion = dispatch_interaction(
            self.state, new_interaction(self.state, AUTOCOMPLETE, actor, place, data)
        )
        await autocompletion.acknowledged(self.state.answer_within)
        return autocompletion.interaction.choices or []

    def _command_data(
        self,
        name: str,
        user: User,
        channel: Channel,
        options: dict[str, Any],
        focused: str | None = None,
    ) -> Json:
        """The data of a slash command's interaction."""
        first, *rest = name.split(" ")
        command = find_command(self._commands(channel), first, SLASH)
        check_offered(command, user, channel)
        definitions, path = subcommand_options(command, rest)
        values = checked_options(definitions, options, focused)
        data: Json = {
            "id": command["id"],
            "name": first,
            "type": SLASH,
            "options": nested(path, values.options),
        }
        if resolved := resolved_objects(
            self.state, channel, values.users, values.channels, [], values.files
        ):
            data["resolved"] = resolved
        return data | self._guild_of(command)

    def _commands(self, channel: Channel) -> list[Json]:
        return [*self.state.guild_commands.get(channel.guild_id or "", []), *self.state.commands]

    @staticmethod
    def _guild_of(command: Json) -> Json:
        return {"guild_id": command["guild_id"]} if "guild_id" in command else {}

    async def context_menu(
        self,
        name: str,
        *,
        message: Message | None = None,
        target: User | None = None,
        user: User | None = None,
        channel: Channel | None = None,
    ) -> UserInteraction:
        """Run a command from the context menu of a message or a user."""
        actor = user or self.alice
        place = message.channel if message else channel or self.channel
        command = find_command(self._commands(place), name, MESSAGE_MENU if message else USER_MENU)
        check_offered(command, actor, place)
        data: Json = {"id": command["id"], "name": name, "type": command["type"]}
        data |= self._guild_of(command)
        if message:
            data["target_id"] = message.id
            data["resolved"] = resolved_objects(
                self.state, place, [message.author], [], [message.stored], []
            )
        else:
            assert target is not None, "a context menu belongs to a message or a user"
            data["target_id"] = target.id
            data["resolved"] = resolved_objects(self.state, place, [target], [], [], [])
        stored = message.stored if message else None
        return dispatch_interaction(
            self.state, new_interaction(self.state, COMMAND, actor, place, data, target=stored)
        )

    async def post(
        self,
        channel: Channel,
        user: User,
        text: str,
        *,
        mentions_bot: bool = False,
        reply_to: Message | None = None,
        pings: bool = True,
        files: list[tuple[str, bytes]] | None = None,
        kind: int | None = None,
    ) -> Message:
        """Write a message; a reply pings its addressee, as at Discord, unless `pings` is false.

        `kind` is the type of a message that Discord itself writes in the user's name.
        """
        state = self.state
        assert channel.context != CONTEXT_BOT_DIRECT or user in channel.recipients, (
            "the user is not in this direct channel"
        )
        reference: Json = {}
        if reply_to:
            reference["message_reference"] = {
                "type": 0,
                "channel_id": channel.id,
                "message_id": reply_to.id,
            }
            reference["message_reference"] |= (
                {"guild_id": channel.guild_id} if channel.guild_id else {}
            )
            reference["referenced_message"] = reply_to.raw
        written = REPLY if reply_to else PLAIN
        message = state.writer.empty_message(
            channel, user, written if kind is None else kind, **reference
        )
        uploads = [Upload(number, name, data) for number, (name, data) in enumerate(files or [])]
        content = f"{state.bot.mention} {text}" if mentions_bot else text
        state.writer.set_content(message, {"content": content}, uploads, flags=0)
        if (
            reply_to
            and pings
            and reply_to.author.id not in {each["id"] for each in message.raw["mentions"]}
        ):
            message.raw["mentions"] = [*message.raw["mentions"], reply_to.author.payload()]
        state.add_message(message)
        return Message(message, state)
