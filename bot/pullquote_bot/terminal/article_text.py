"""An article as text: what is known of it, then its prose in numbered paragraphs."""

from __future__ import annotations

from pullquote.corpus.articles import Article
from pullquote.corpus.paragraphs import paragraphs
from pullquote_bot.strings import articles as article_strings
from pullquote_bot.strings.quantities import day
from pullquote_bot.terminal.margin import beside_margin, paragraph_label
from pullquote_bot.terminal.screen import Screen
from pullquote_bot.visible_text import one_line


def article_text(article: Article, screen: Screen) -> str:
    """A whole article as text."""
    lines = _details(article, screen)
    for number, span in enumerate(paragraphs(article.text, article.prose), start=1):
        text = span.of(article.text).strip()
        lines += ["", *beside_margin(paragraph_label(number), text, screen, quoted=False)]
    return "\n".join(lines)


def _details(article: Article, screen: Screen) -> list[str]:
    published = [
        article.source,
        article.section,
        day(article.published),
        ", ".join(article.authors),
    ]
    details = [
        " · ".join(part for part in published if part),
        article.url,
        article_strings.file_line(article.path, article.line),
        article_strings.id_line(article.id),
        article_strings.sha256_line(article.sha256),
    ]
    return [
        screen.bold(one_line(article.title) or article_strings.UNTITLED),
        *(screen.dim(one_line(detail)) for detail in details if detail),
    ]
