"""The articles of a message, to withdraw one of them."""

from __future__ import annotations

from collections.abc import Sequence

from pullquote.storage.manifest import GenerationId
from pullquote.storage.store_values import ArticleName
from pullquote_bot.discord_bot.messages.answer_messages import PASSAGE_EDGE
from pullquote_bot.discord_bot.messages.citations import dated_headline
from pullquote_bot.discord_bot.messages.components import ActionMenu, Choice, Message, Text
from pullquote_bot.discord_bot.messages.custom_ids import Action, CustomId
from pullquote_bot.discord_bot.messages.shown_quotes import option_text
from pullquote_bot.discord_bot.strings import labels as discord_labels
from pullquote_bot.discord_bot.strings import moderation as discord_moderation
from pullquote_bot.strings import articles as article_strings
from pullquote_bot.strings.quantities import day


def withdrawable_message(articles: Sequence[ArticleName], generation: GenerationId) -> Message:
    """Articles, and a menu that withdraws one.

    Args:
        articles: the names of the articles.
        generation: the generation of the index.
    """
    listed = [Text(dated_headline(article.published, article.title)) for article in articles]
    choices = tuple(
        Choice(
            option_text(f"{day(article.published)} · {article.title or article_strings.UNTITLED}"),
            str(CustomId(Action.WITHDRAW, generation, (article.row,))),
        )
        for article in articles
    )
    menu = ActionMenu(discord_labels.WITHDRAW_CHOICE, choices, str(CustomId(Action.MENU)))
    return Message((Text(discord_moderation.CHOOSE_WITHDRAWN), *listed), (menu,), PASSAGE_EDGE)
