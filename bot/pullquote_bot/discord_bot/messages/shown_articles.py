"""The articles and quotes that a message shows, by the custom ids of its buttons."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pullquote.storage.manifest import GenerationId
from pullquote_bot.discord_bot.messages.custom_ids import Action, parse_custom_id
from pullquote_bot.discord_bot.messages.markdown import unescape

_OF_ARTICLES = (Action.CONTEXT, Action.READ, Action.CITATION, Action.ARTICLES)
"""The actions whose first number, or all numbers, are article rows."""


class Quoted(NamedTuple):
    """A quote as the button of its context names it: article row, start and end."""

    row: int
    start: int
    end: int


def articles_in(custom_ids: Iterable[str]) -> tuple[GenerationId | None, list[int]]:
    """The articles that a message shows, by the custom ids of its buttons, in their order.

    Returns:
        The generation of the index, and the articles' rows; None if the message shows none.
    """
    generation: GenerationId | None = None
    rows: list[int] = []
    for custom_id in filter(None, map(parse_custom_id, custom_ids)):
        if custom_id.generation and custom_id.action in _OF_ARTICLES:
            generation = generation or custom_id.generation
            if custom_id.generation == generation:
                of_many = custom_id.action is Action.ARTICLES
                rows += custom_id.numbers if of_many else custom_id.numbers[:1]
    return generation, list(dict.fromkeys(rows))


def quotes_in(custom_ids: Iterable[str], most: int) -> tuple[GenerationId | None, list[Quoted]]:
    """The first quotes that a message shows, by the custom ids of their buttons, in their order.

    Args:
        custom_ids: the custom ids of the message.
        most: how many quotes at most.

    Returns:
        The generation of the index, and the quotes; None if the message shows none.
    """
    quoted = [
        custom_id
        for custom_id in filter(None, map(parse_custom_id, custom_ids))
        if custom_id.action is Action.CONTEXT and not custom_id.turns_page
    ]
    generation = quoted[0].generation if quoted else None
    return generation, [Quoted(*custom_id.numbers) for custom_id in quoted[:most]]


def headline_in(content: str) -> str:
    """The headline in the card of an article, escaped as it is shown; empty if it is no card.

    A page that is the only one of its article has no buttons that name it.
    """
    dated, _, details = content.partition("\n")
    _date, marked, headline = dated.partition("**")
    is_card = marked and headline.endswith("**") and details.startswith("-# ")
    return headline.removesuffix("**") if is_card else ""


def typed_headline(shown: str) -> str:
    """The words of a headline from a card, as somebody would type them."""
    return unescape(shown).strip("\u2068\u2069…")
