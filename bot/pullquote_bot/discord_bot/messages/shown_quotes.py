"""Quotes as a message shows them: those of one article under its headline, with their menu.

A quote has the whole width of the message: on a phone a button beside it would leave it half.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pullquote.answering.quotes import Quote, cite
from pullquote.corpus.articles import Article
from pullquote.corpus.passages import ArticleRow
from pullquote.corpus.spans import Span
from pullquote.storage.manifest import GenerationId
from pullquote_bot.discord_bot.messages.citations import citation_line, headline
from pullquote_bot.discord_bot.messages.components import (
    LONGEST_OPTION,
    ActionMenu,
    Choice,
    Text,
    cut_to_length,
    text_length,
)
from pullquote_bot.discord_bot.messages.custom_ids import Action, CustomId
from pullquote_bot.discord_bot.messages.markdown import block_quote
from pullquote_bot.discord_bot.messages.story_text import story_text
from pullquote_bot.discord_bot.strings import labels as discord_labels
from pullquote_bot.strings import articles as article_strings
from pullquote_bot.strings import quantities
from pullquote_bot.visible_text import one_line


@dataclass(frozen=True, slots=True)
class ShownQuote:
    """A quote or a passage as it is shown.

    Attributes:
        number: its number, from 1.
        row: the row of its article.
        article: the article.
        span: its place in the article's text.
        place: the same in words.
        content: the words and their citation, as markdown.
        above: what stands above it and its headline, such as a date; may be empty.
    """

    number: int
    row: ArticleRow
    article: Article
    span: Span
    place: str
    content: str
    above: str = ""


def shown_quote(number: int, quote: Quote, room: int) -> ShownQuote:
    """A quote of an answer. What became of its story is cut to the room.

    Args:
        number: its number, from 1.
        quote: the quote.
        room: characters for the quote, with its headline.
    """
    shown = without_story(number, quote)
    printed_in = {name.row for name in quote.other_printings}
    story = story_text(quote, printed_in, room - length_of([shown]) - 1)
    return replace(shown, content=f"{shown.content}\n{story}") if story else shown


def without_story(number: int, quote: Quote) -> ShownQuote:
    """A quote without later versions and corrections; the arguments are those of `shown_quote`."""
    citation = cite(number, quote)
    content = f"{block_quote(quote.text, quote.answering)}\n{citation_line(citation, quote)}"
    place = article_strings.paragraph(citation.paragraph)
    return ShownQuote(number, quote.row, quote.article, quote.span, place, content)


def by_article(shown: Iterable[ShownQuote]) -> list[ShownQuote]:
    """The quotes in the order of their articles' first ones, so that each is headed once."""
    listed = list(shown)
    rows = list(dict.fromkeys(quote.row for quote in listed))
    return sorted(listed, key=lambda quote: rows.index(quote.row))


def quote_texts(shown: Sequence[ShownQuote]) -> list[Text]:
    """The texts of quotes: the first of neighbours from one article has its headline above it."""
    texts = []
    row = None
    for quote in shown:
        head = "" if quote.row == row else headline(quote.article)
        texts.append(Text("\n".join(filter(None, (quote.above, head, quote.content)))))
        row = quote.row
    return texts


def length_of(shown: Sequence[ShownQuote]) -> int:
    """The number of characters of the texts of quotes."""
    return text_length(tuple(quote_texts(shown)))


def context_choices(shown: Iterable[ShownQuote], generation: GenerationId) -> tuple[Choice, ...]:
    """The options of a menu that show quotes in their context."""
    choices: dict[str, Choice] = {}
    for quote in sorted(shown, key=lambda quote: quote.number):
        custom_id = str(CustomId(Action.CONTEXT, generation, (quote.row, *quote.span)))
        label = option_text(f"{quote.number} · {quote.place}")
        choices.setdefault(custom_id, Choice(label, custom_id, named_article(quote.article)))
    return tuple(choices.values())


def context_menu(
    shown: Iterable[ShownQuote], generation: GenerationId, *further: Choice
) -> tuple[ActionMenu, ...]:
    """The menu of quotes, and what else can be done; none if there is nothing."""
    choices = (*context_choices(shown, generation), *further)
    custom_id = str(CustomId(Action.MENU))
    return (ActionMenu(discord_labels.CONTEXT_MENU, choices, custom_id),) if choices else ()


def option_text(text: str) -> str:
    """A text of an option, which shows no markdown: visible, on one line and not too long."""
    return cut_to_length(one_line(text), LONGEST_OPTION)


def named_article(article: Article) -> str:
    """The date and the headline of an article, in an option of a menu."""
    title = one_line(article.title) or article_strings.UNTITLED
    return option_text(f"{quantities.day(article.published)} · {title}")
