"""Messages as discord.py sends them."""

from __future__ import annotations

import io
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import discord
from discord import ui

from pullquote_bot.discord_bot.messages.components import (
    Beside,
    Button,
    ChannelMenu,
    Divider,
    Menu,
    Message,
    Part,
    Picture,
    Row,
    Text,
    breaches,
)
from pullquote_bot.discord_bot.messages.custom_ids import TEMPLATE, CustomId, parse_custom_id

NO_MENTIONS = discord.AllowedMentions.none()
Pressed = Callable[[discord.Interaction[Any], CustomId, list[str]], Awaitable[None]]
"""Acts on a press; the values are what was chosen, where it was in a menu."""


class Pressable(ui.DynamicItem[ui.Item[Any]], template=TEMPLATE):
    """A button or menu of ours: whatever its message, whenever it was sent, it is known by its custom id."""

    pressed: Pressed
    """What acts on it; set once, when the bot starts."""

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: ui.Item[Any], _match: object, /
    ) -> Pressable:
        """One that Discord tells of."""
        return cls(item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Pass the press on. One that is unknown is answered where the interaction is first heard of."""
        press = parse_custom_id(self.custom_id)
        if press:
            await type(self).pressed(interaction, press, chosen_in(interaction))


def chosen_in(interaction: discord.Interaction[Any]) -> list[str]:
    """The values that were chosen, where a menu was used."""
    data: Any = interaction.data or {}
    return [str(value) for value in data.get("values", [])]


def view_of(message: Message) -> ui.LayoutView:
    """A message as a view.

    Raises:
        ValueError: Discord would refuse it; that is a mistake in the program.
    """
    if found := breaches(message):
        raise ValueError("; ".join(found))
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.Container(*map(_item, message.parts), accent_colour=message.accent))
    for row in message.below:
        view.add_item(_item(row))
    return view


def files_of(message: Message) -> list[discord.File]:
    """The pictures that are sent along with a message."""
    return [
        discord.File(io.BytesIO(part.data), part.name, description=part.description)
        for part in message.every_part()
        if isinstance(part, Picture)
    ]


def text_by_id(message: discord.Message, number: int) -> str | None:
    """The text component of a message that has an id, or None."""
    for component in _walk(message.components):
        if isinstance(component, discord.TextDisplay) and component.id == number:
            return component.content
    return None


def custom_ids(message: discord.Message) -> list[str]:
    """The custom ids of a message's buttons and menus."""
    return [
        component.custom_id
        for component in _walk(message.components)
        if getattr(component, "custom_id", None)
    ]


def _walk(components: Any) -> Iterator[Any]:
    for component in components:
        yield component
        yield from _walk(getattr(component, "children", ()))
        if beside := getattr(component, "accessory", None):
            yield beside


def _item(part: Part) -> ui.Item[Any]:
    match part:
        case Text(content, number):
            return ui.TextDisplay(content, id=number or None)
        case Beside(text, button):
            return ui.Section(_item(text), accessory=_button(button))
        case Divider():
            return ui.Separator()
        case Picture(name, _, description):
            return ui.MediaGallery(
                discord.MediaGalleryItem(f"attachment://{name}", description=description)
            )
        case Row(buttons):
            return ui.ActionRow(*map(_button, buttons))
        case Menu(custom_id, placeholder, options, chosen):
            choices = [
                discord.SelectOption(label=label, value=value, default=value == chosen)
                for value, label in options
            ]
            return ui.ActionRow(
                Pressable(ui.Select(custom_id=custom_id, placeholder=placeholder, options=choices))
            )
        case ChannelMenu(custom_id, placeholder, ids):
            known = [
                discord.SelectDefaultValue(id=number, type=discord.SelectDefaultValueType.channel)
                for number in ids
            ]
            kinds = [
                discord.ChannelType.text,
                discord.ChannelType.news,
                discord.ChannelType.forum,
                discord.ChannelType.voice,
            ]
            menu: ui.ChannelSelect[Any] = ui.ChannelSelect(
                custom_id=custom_id,
                placeholder=placeholder,
                channel_types=kinds,
                min_values=0,
                max_values=25,
                default_values=known,
            )
            return ui.ActionRow(Pressable(menu))


def _button(button: Button) -> Pressable:
    style = discord.ButtonStyle(button.style.value)
    return Pressable(ui.Button(label=button.label, custom_id=button.custom_id, style=style))
