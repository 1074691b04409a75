"""What people do on Discord: use commands, press buttons, fill in forms, write messages."""

import asyncio
from collections.abc import Callable
from typing import Any

from fakes.loopback_discord.channels import CONTEXT_BOT_DIRECT, Channel
from fakes.loopback_discord.component_tree import BUTTON, LINK_STYLE, STRING_SELECT
from fakes.loopback_discord.definitions import check_offered, find, given, nested, subcommand
from fakes.loopback_discord.events import interaction, resolved
from fakes.loopback_discord.forms import filled
from fakes.loopback_discord.interactions import (
    AUTOCOMPLETE,
    COMMAND,
    COMPONENT,
    MODAL_SUBMIT,
    Interaction,
)
from fakes.loopback_discord.messages import PLAIN, REPLY
from fakes.loopback_discord.people import User
from fakes.loopback_discord.refusals import Json
from fakes.loopback_discord.seen import Message
from fakes.loopback_discord.uploads import Upload
from fakes.loopback_discord.uses import Use
from fakes.loopback_discord.world import World

SLASH, USER_MENU, MESSAGE_MENU = 1, 2, 3


class Doings:
    """The actions of users; who acts is the first ordinary member unless told otherwise."""

    world: World
    alice: User
    channel: Channel

    async def slash(
        self, name: str, *, user: User | None = None, channel: Channel | None = None, **options: Any
    ) -> Use:
        """Uses a slash command, `"group sub"` for one within a group."""
        data, place, who = self._command(name, user, channel, options)
        return self._tell(interaction(self.world, COMMAND, who, place, data))

    def _command(
        self,
        name: str,
        user: User | None,
        channel: Channel | None,
        options: dict[str, Any],
        focused: str | None = None,
    ) -> tuple[Json, Channel, User]:
        who, place = user or self.alice, channel or self.channel
        first, *rest = name.split(" ")
        command = find(self._commands(place), first, SLASH)
        check_offered(command, who, place)
        defined, way = subcommand(command, rest)
        values = given(defined, options, focused)
        data: Json = {
            "id": command["id"],
            "name": first,
            "type": SLASH,
            "options": nested(way, values.options),
        }
        if told := resolved(self.world, place, values.users, values.channels, [], values.files):
            data["resolved"] = told
        return data | self._guild_of(command), place, who

    def _commands(self, place: Channel) -> list[Json]:
        return [*self.world.guild_commands.get(place.guild_id or "", []), *self.world.commands]

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
    ) -> Use:
        """Uses an entry of a message's or a user's context menu."""
        who = user or self.alice
        place = message.channel if message else channel or self.channel
        command = find(self._commands(place), name, MESSAGE_MENU if message else USER_MENU)
        check_offered(command, who, place)
        data: Json = {"id": command["id"], "name": name, "type": command["type"]} | self._guild_of(
            command
        )
        if message:
            data |= {
                "target_id": message.id,
                "resolved": resolved(self.world, place, [message.author], [], [message.stored], []),
            }
        else:
            assert target is not None, "a context menu is of a message or of a user"
            data |= {
                "target_id": target.id,
                "resolved": resolved(self.world, place, [target], [], [], []),
            }
        return self._tell(
            interaction(
                self.world, COMMAND, who, place, data, target=message.stored if message else None
            )
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
        """Types into an option, and gives the choices that come."""
        data, place, who = self._command(
            name, user, channel, {**others, option: typed}, focused=option
        )
        use = self._tell(interaction(self.world, AUTOCOMPLETE, who, place, data))
        await use.acknowledged(self.world.answer_within)
        return use.interaction.choices or []

    async def click(
        self,
        message: Message,
        button: str | Callable[[Json], bool],
        *,
        user: User | None = None,
        nth: int = 0,
    ) -> Use:
        """Presses a button, found by its label, its custom id or a predicate."""
        found = message.button(button, nth)
        assert not found.get("disabled"), f"the button {button!r} is disabled"
        assert found["style"] < LINK_STYLE, f"the button {button!r} is a link"
        return self._use_component(message, found, user, {})

    async def choose(
        self, message: Message, select: str, values: list[str], *, user: User | None = None
    ) -> Use:
        """Chooses from a select menu, found by its custom id or placeholder; values go by value or label."""
        found = message.select(select)
        assert not found.get("disabled"), f"the select {select!r} is disabled"
        assert found["min_values"] <= len(values) <= found["max_values"], (
            f"{select!r} takes {found['min_values']} to {found['max_values']} values"
        )
        if found["type"] == STRING_SELECT:
            by_label = {option["label"]: option["value"] for option in found["options"]}
            values = [by_label.get(value, value) for value in values]
            assert set(values) <= set(by_label.values()), f"{select!r} has the options {by_label}"
        return self._use_component(message, found, user, {"values": values})

    def _use_component(
        self, message: Message, component: Json, user: User | None, more: Json
    ) -> Use:
        who = user or self.alice
        assert not message.deleted, "the message is deleted"
        assert not message.ephemeral or message.stored.seen_by is who, (
            f"{who.name} does not see this ephemeral message"
        )
        data = {
            "custom_id": component["custom_id"],
            "component_type": component["type"],
            "id": component["id"],
        } | more
        return self._tell(
            interaction(self.world, COMPONENT, who, message.channel, data, source=message.stored)
        )

    async def forge(
        self,
        message: Message,
        custom_id: str,
        *,
        user: User | None = None,
        values: list[str] | None = None,
    ) -> Use:
        """Presses what the message may not have: Discord itself lets nobody do so, but a bot need not believe in that."""
        component = {
            "custom_id": custom_id,
            "type": BUTTON if values is None else STRING_SELECT,
            "id": 1,
        }
        return self._use_component(
            message, component, user, {} if values is None else {"values": values}
        )

    async def submit(self, opened: Use, values: dict[str, Any], *, user: User | None = None) -> Use:
        """Fills in and submits the modal that a use opened."""
        modal = await opened.opened()
        before = opened.interaction
        data = {
            "custom_id": modal["custom_id"],
            "components": filled(modal, values),
            "resolved": {},
        }
        return self._tell(
            interaction(
                self.world,
                MODAL_SUBMIT,
                user or opened.user,
                before.channel,
                data,
                source=before.source,
                opener=before,
            )
        )

    def _tell(self, made: Interaction) -> Use:
        self.world.interactions[made.token] = made
        made.dispatched = asyncio.get_running_loop().time()
        assert self.world.gateway is not None
        # Interactions need no intent, and a direct one goes to the first shard.
        self.world.gateway.dispatch(
            "INTERACTION_CREATE", made.event, guild_id=made.channel.guild_id, intent=0
        )
        return Use(made, self.world)

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
    ) -> Message:
        """Writes a message; a reply pings whom it answers, as it does at Discord unless one turns it off."""
        world = self.world
        assert channel.context != CONTEXT_BOT_DIRECT or user in channel.recipients, (
            "another's direct messages"
        )
        more: Json = {}
        if reply_to:
            more["message_reference"] = {
                "type": 0,
                "channel_id": channel.id,
                "message_id": reply_to.id,
            }
            more["message_reference"] |= {"guild_id": channel.guild_id} if channel.guild_id else {}
            more["referenced_message"] = reply_to.raw
        new = world.writer.blank(channel, user, REPLY if reply_to else PLAIN, **more)
        uploads = [Upload(number, name, data) for number, (name, data) in enumerate(files or [])]
        content = f"{world.bot.mention} {text}" if mentions_bot else text
        world.writer.fill(new, {"content": content}, uploads, flags=0)
        if (
            reply_to
            and pings
            and reply_to.author.id not in {each["id"] for each in new.raw["mentions"]}
        ):
            new.raw["mentions"] = [*new.raw["mentions"], reply_to.author.payload()]
        world.add_message(new)
        return Message(new, world)
