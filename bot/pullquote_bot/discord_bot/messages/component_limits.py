"""Whether a message is within Discord's limits."""

from __future__ import annotations

from collections.abc import Iterator

from pullquote_bot.discord_bot.messages.components import (
    LONGEST_ALT_TEXT,
    LONGEST_CUSTOM_ID,
    LONGEST_LABEL,
    LONGEST_OPTION,
    LONGEST_TEXT,
    MOST_BUTTONS,
    MOST_COMPONENTS,
    MOST_OPTIONS,
    ActionMenu,
    Button,
    ChannelMenu,
    Menu,
    Message,
    Part,
    Picture,
    Row,
    Section,
    component_count,
    text_length,
    texts_of,
    utf16_length,
)


def limit_violations(message: Message) -> list[str]:
    """The limits of Discord that a message breaks, in words; empty if it breaks none."""
    parts = tuple(message.every_part())
    buttons = [button for part in parts for button in _buttons(part)]
    custom_ids = [button.custom_id for button in buttons] + [
        part.custom_id for part in parts if isinstance(part, Menu | ActionMenu | ChannelMenu)
    ]
    violations = []
    if not message.parts or any(not text.content.strip() for text in texts_of(parts)):
        violations.append("empty text")
    if (length := text_length(parts)) > LONGEST_TEXT:
        violations.append(f"{length} characters of text")
    if (count := component_count(message)) > MOST_COMPONENTS:
        violations.append(f"{count} components")
    violations += [
        f"label of {len(button.label)} characters"
        for button in buttons
        if not 0 < len(button.label) <= LONGEST_LABEL
    ]
    violations += [
        f"custom id of {len(custom_id)} characters"
        for custom_id in custom_ids
        if not 0 < len(custom_id) <= LONGEST_CUSTOM_ID
    ]
    if len(set(custom_ids)) < len(custom_ids):
        violations.append("one custom id twice")
    for part in parts:
        if isinstance(part, Row) and not 0 < len(part.buttons) <= MOST_BUTTONS:
            violations.append(f"row of {len(part.buttons)} buttons")
        if isinstance(part, Picture) and not 0 < len(part.description) <= LONGEST_ALT_TEXT:
            violations.append("long alternative text")
        if isinstance(part, ActionMenu):
            violations += _menu_violations(part)
    return violations


def _menu_violations(menu: ActionMenu) -> Iterator[str]:
    values = [choice.custom_id for choice in menu.choices]
    if not 0 < len(values) <= MOST_OPTIONS:
        yield f"menu of {len(values)} options"
    if len(set(values)) < len(values):
        yield "one option twice"
    for choice in menu.choices:
        texts = (choice.label, choice.custom_id, choice.description or "-")
        if not all(0 < utf16_length(text) <= LONGEST_OPTION for text in texts):
            yield f"option {choice.label!r}"


def _buttons(part: Part) -> tuple[Button, ...]:
    match part:
        case Row():
            return part.buttons
        case Section():
            return (part.button,)
        case _:
            return ()
