"""Checks of the bot's messages against Discord's limits, and what is in a message."""

import asyncio
import itertools
import re
from typing import Any, cast

from pullquote.corpus.articles import Article, ArticleId
from pullquote.corpus.spans import Span
from pullquote_bot.discord_bot.handlers.views import view_of
from pullquote_bot.discord_bot.messages.component_limits import limit_violations
from pullquote_bot.discord_bot.messages.components import (
    ActionMenu,
    Button,
    Choice,
    Message,
    Row,
    Section,
    Text,
    component_count,
)
from pullquote_bot.discord_bot.messages.custom_ids import Action, CustomId, parse_custom_id
from pullquote_bot.discord_bot.messages.posted_messages import posted_message
from support.displayed import BOT_MARKUP, rendered, texts

_TEXT_TYPE = 10
_NUMBER = re.compile(r"^-# \*\*(\d+)\*\*", re.MULTILINE)
LARGEST_ID = 2**64 - 1


def check_message(message: Message) -> None:
    """Check that a message is within the limits, is sent whole, and has only the bot's markup."""
    assert limit_violations(message) == []
    assert limit_violations(posted_message(message, LARGEST_ID)) == [], "it may be posted, too"
    components = _sent_components(message)
    assert len(components) == component_count(message)
    sent_texts = [
        component["content"] for component in components if component["type"] == _TEXT_TYPE
    ]
    assert sent_texts == texts(message)
    for text in rendered(message):
        assert text.kinds <= BOT_MARKUP
        assert set(text.pings) <= {"@everyone", "@here"}


def _sent_components(message: Message) -> list[dict[str, object]]:
    """All components of a message as they are sent, nested ones included."""

    async def components() -> list[dict[str, object]]:
        return list(map(dict, cast("Any", view_of(message)).to_components()))

    return list(itertools.chain.from_iterable(map(_flattened, asyncio.run(components()))))


def _flattened(component: object) -> list[dict[str, object]]:
    assert isinstance(component, dict)
    nested = [
        *component.get("components", []),
        *([component["accessory"]] if "accessory" in component else []),
    ]
    return [component, *itertools.chain.from_iterable(map(_flattened, nested))]


def buttons(message: Message) -> list[Button]:
    """All buttons of a message."""
    found: list[Button] = []
    for part in message.every_part():
        if isinstance(part, Row):
            found += part.buttons
        elif isinstance(part, Section):
            found.append(part.button)
    return found


def choices(message: Message) -> list[Choice]:
    """All options of the menus of a message that do what buttons do."""
    menus = [part for part in message.every_part() if isinstance(part, ActionMenu)]
    return [choice for menu in menus for choice in menu.choices]


def actions(message: Message, action: Action) -> list[CustomId]:
    """What the buttons and options of a message do that have an action."""
    parts: list[Button | Choice] = [*buttons(message), *choices(message)]
    found = [parse_custom_id(part.custom_id) for part in parts]
    return [custom_id for custom_id in found if custom_id and custom_id.action is action]


def custom_id_of(message: Message, action: Action) -> CustomId | None:
    """The custom id of the first button or option with an action; None if there is none."""
    return next(iter(actions(message, action)), None)


def quote_numbers(message: Message) -> dict[int, Text]:
    """The texts of the numbered quotes of a message, by their numbers, as they are shown.

    A headline above a quote may be a number, too.
    """
    return {
        int(numbers[-1]): part
        for part in message.parts
        if isinstance(part, Text) and (numbers := _NUMBER.findall(part.content))
    }


def article_of(text: str, title: str = "T") -> Article:
    """An article with a text, and nothing else."""
    return Article(
        ArticleId("a"), title, text, Span(0, len(text)), None, "", "", "", (), "a.txt", 0, ""
    )
