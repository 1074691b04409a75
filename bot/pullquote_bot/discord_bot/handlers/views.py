"""Messages as views of discord.py, and what is read back from messages of Discord."""

from __future__ import annotations

import io
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import discord
from discord import ui

from pullquote_bot.discord_bot.messages.component_limits import limit_violations
from pullquote_bot.discord_bot.messages.components import (
    MOST_OPTIONS,
    ActionMenu,
    Button,
    ChannelMenu,
    Choice,
    Divider,
    Menu,
    Message,
    Part,
    Picture,
    Row,
    Section,
    Text,
)
from pullquote_bot.discord_bot.messages.custom_ids import TEMPLATE, CustomId, parse_custom_id

NO_MENTIONS = discord.AllowedMentions.none()
ItemHandler = Callable[[discord.Interaction[Any], CustomId, list[str]], Awaitable[None]]
"""Handles a button or a menu; the list has the values chosen from a menu."""


class CustomIdItem(ui.DynamicItem[ui.Item[Any]], template=TEMPLATE):
    """A button or menu of the bot, identified by its custom id alone.

    discord.py finds it for any message, also for one that the bot sent before it was restarted.
    """

    handler: ItemHandler
    """Handles all buttons and menus; set once, when the bot starts."""

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: ui.Item[Any], _match: object, /
    ) -> CustomIdItem:
        """Make the item for an interaction."""
        return cls(item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Call the handler. `PullquoteClient.on_interaction` replies to unknown custom ids."""
        custom_id = parse_custom_id(self.custom_id)
        if custom_id:
            await type(self).handler(interaction, custom_id, chosen_in(interaction))


def custom_id_in(interaction: discord.Interaction[Any]) -> str:
    """The custom id of the button, menu or form of an interaction."""
    data: Any = interaction.data or {}
    return str(data.get("custom_id", ""))


def chosen_in(interaction: discord.Interaction[Any]) -> list[str]:
    """The values chosen from a menu; empty for a button."""
    data: Any = interaction.data or {}
    return [str(value) for value in data.get("values", [])]


def view_of(message: Message) -> ui.LayoutView:
    """A message as a view.

    Raises:
        ValueError: the message breaks a limit of Discord, which is a bug.
    """
    if violations := limit_violations(message):
        raise ValueError("; ".join(violations))
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.Container(*map(_item, message.parts), accent_colour=message.accent))
    for row in message.below:
        view.add_item(_item(row))
    return view


def files_of(message: Message) -> list[discord.File]:
    """The pictures of a message, as files to attach."""
    return [
        discord.File(io.BytesIO(part.data), part.name, description=part.description)
        for part in message.every_part()
        if isinstance(part, Picture)
    ]


def text_by_id(message: discord.Message, number: int) -> str | None:
    """The content of the text component with an id; None if there is none."""
    for component in _walk(message.components):
        if isinstance(component, discord.TextDisplay) and component.id == number:
            return component.content
    return None


def first_text(message: discord.Message) -> str:
    """The content of a message's first text component; empty if it has none."""
    texts = (each for each in _walk(message.components) if isinstance(each, discord.TextDisplay))
    return next((text.content for text in texts), "")


def custom_ids(message: discord.Message) -> list[str]:
    """The custom ids of a message's buttons and menus."""
    return [
        component.custom_id
        for component in _walk(message.components)
        if getattr(component, "custom_id", None)
    ]


def button_label(message: discord.Message, custom_id: str) -> str:
    """The label of a message's button; empty if it has no such button."""
    for component in _walk(message.components):
        if isinstance(component, discord.Button) and component.custom_id == custom_id:
            return component.label or ""
    return ""


def action_ids(message: discord.Message) -> list[str]:
    """All that a message's buttons and the options of its menus do, as custom ids."""
    found: list[str] = []
    for component in _walk(message.components):
        if getattr(component, "custom_id", None):
            found.append(component.custom_id)
        if isinstance(component, discord.SelectMenu):
            found += [option.value for option in component.options]
    return found


def _walk(components: Any) -> Iterator[Any]:
    for component in components:
        yield component
        yield from _walk(getattr(component, "children", ()))
        if accessory := getattr(component, "accessory", None):
            yield accessory


def _item(part: Part) -> ui.Item[Any]:
    match part:
        case Text(content, number):
            return ui.TextDisplay(content, id=number or None)
        case Section(text, button):
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
            return _select(custom_id, placeholder, choices)
        case ActionMenu(placeholder, actions, custom_id):
            return _select(custom_id, placeholder, list(map(_option, actions)))
        case ChannelMenu():
            return ui.ActionRow(CustomIdItem(_channel_select(part)))


def _select(
    custom_id: str, placeholder: str, options: list[discord.SelectOption]
) -> ui.ActionRow[Any]:
    select: ui.Select[Any] = ui.Select(
        custom_id=custom_id, placeholder=placeholder, options=options
    )
    return ui.ActionRow(CustomIdItem(select))


def _option(choice: Choice) -> discord.SelectOption:
    return discord.SelectOption(
        label=choice.label,
        value=choice.custom_id,
        description=choice.description or None,
        default=choice.is_current,
    )


def _channel_select(menu: ChannelMenu) -> ui.ChannelSelect[Any]:
    chosen = [
        discord.SelectDefaultValue(id=number, type=discord.SelectDefaultValueType.channel)
        for number in menu.chosen
    ]
    return ui.ChannelSelect(
        custom_id=menu.custom_id,
        placeholder=menu.placeholder,
        channel_types=[
            discord.ChannelType.text,
            discord.ChannelType.news,
            discord.ChannelType.forum,
            discord.ChannelType.voice,
        ],
        min_values=0,
        max_values=MOST_OPTIONS,
        default_values=chosen,
    )


def _button(button: Button) -> CustomIdItem:
    style = discord.ButtonStyle(button.style.value)
    return CustomIdItem(
        ui.Button(
            label=button.label,
            custom_id=button.custom_id,
            style=style,
            disabled=button.disabled,
        )
    )
