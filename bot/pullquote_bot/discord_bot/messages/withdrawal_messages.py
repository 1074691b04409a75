"""The articles of a message, to withdraw one of them."""

from __future__ import annotations

from collections.abc import Sequence

from pullquote.storage.manifest import GenerationId
from pullquote.storage.store_values import ArticleName
from pullquote_bot.discord_bot import discord_strings
from pullquote_bot.discord_bot.messages.answer_messages import PASSAGE_EDGE
from pullquote_bot.discord_bot.messages.citations import short_title
from pullquote_bot.discord_bot.messages.components import Button, Message, Section, Text
from pullquote_bot.discord_bot.messages.custom_ids import Action, CustomId
from pullquote_bot.strings.quantities import day


def withdrawable_message(articles: Sequence[ArticleName], generation: GenerationId) -> Message:
    """Articles, each with a button that withdraws it.

    Args:
        articles: the names of the articles.
        generation: the generation of the index.
    """
    sections = (
        Section(
            Text(f"**{short_title(article.title)}**\n-# {day(article.published)}"),
            Button(
                discord_strings.WITHDRAW_BUTTON,
                str(CustomId(Action.WITHDRAW, generation, (article.row,))),
            ),
        )
        for article in articles
    )
    return Message((Text(discord_strings.CHOOSE_WITHDRAWN), *sections), (), PASSAGE_EDGE)
