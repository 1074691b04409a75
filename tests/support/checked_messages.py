"""Checks of the bot's messages against Discord's limits, and what is in a message."""

import asyncio
import itertools
from typing import Any, cast

from pullquote.corpus.articles import Article, ArticleId
from pullquote.corpus.spans import Span
from pullquote_bot.discord_bot.handlers.views import view_of
from pullquote_bot.discord_bot.messages.components import (
    Button,
    Message,
    Row,
    Section,
    component_count,
    limit_violations,
)
from pullquote_bot.discord_bot.messages.custom_ids import Action, CustomId, parse_custom_id
from pullquote_bot.discord_bot.messages.posted_messages import posted_message
from support.displayed import BOT_MARKUP, rendered, texts

_TEXT_TYPE = 10
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


def custom_id_of(message: Message, action: Action) -> CustomId | None:
    """The custom id of the first button with an action; None if there is no such button."""
    custom_ids = (parse_custom_id(button.custom_id) for button in buttons(message))
    return next(
        (custom_id for custom_id in custom_ids if custom_id and custom_id.action is action), None
    )


def article_of(text: str, title: str = "T") -> Article:
    """An article with a text, and nothing else."""
    return Article(
        ArticleId("a"), title, text, Span(0, len(text)), None, "", "", "", (), "a.txt", 0, ""
    )
