"""What stands below an article's headline, and how the article can be checked."""

from __future__ import annotations

from pullquote.corpus.articles import Article
from pullquote.corpus.spans import Span
from pullquote_bot.discord_bot.messages.answer_messages import PASSAGE_EDGE
from pullquote_bot.discord_bot.messages.article_sections import paragraph_of
from pullquote_bot.discord_bot.messages.citations import short_title
from pullquote_bot.discord_bot.messages.components import Message, Text
from pullquote_bot.discord_bot.messages.markdown import escape_line
from pullquote_bot.discord_bot.messages.open_links import open_link
from pullquote_bot.discord_bot.strings import contents as discord_contents
from pullquote_bot.strings import articles as article_strings
from pullquote_bot.strings import quantities
from pullquote_bot.visible_text import one_line

_MOST_AUTHORS = 5
_LONGEST_NAME = 60
"""Characters of a source's, a section's or the authors' names."""


def article_details(article: Article, *, linked: bool = True, dated: bool = True) -> str:
    """Source, section, authors, date and link of an article, as far as it has them."""
    authors = ", ".join(article.authors[:_MOST_AUTHORS])
    details = [
        escape_line(one_line(name)[:_LONGEST_NAME])
        for name in (article.source, article.section, authors)
    ]
    if dated:
        details.append(quantities.day(article.published))
    if linked:
        details.append(open_link(article))
    return " · ".join(filter(None, details))


def article_card(article: Article, span: Span | None = None) -> str:
    """The headline and the details. The link leads to a span of the article if one is given."""
    details = [article_details(article, linked=span is None)]
    if span:
        details.append(open_link(article, span))
    return f"**{short_title(article.title)}**\n-# {' · '.join(filter(None, details))}"


def citation_message(article: Article, span: Span | None) -> Message:
    """What is needed to check an article, or a quote in it, to the character."""
    lines = (
        article_card(article, span),
        article_strings.place(paragraph_of(article, span), *span) if span else "",
        article_strings.sha256_line(article.sha256) if article.sha256 else "",
        f"-# {discord_contents.HOW_TO_CHECK}",
    )
    return Message((Text("\n".join(filter(None, lines))),), (), PASSAGE_EDGE)
