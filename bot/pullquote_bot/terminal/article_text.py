"""An article as text: what is known of it, then its prose in numbered paragraphs."""

from __future__ import annotations

from collections.abc import Callable

from pullquote.corpus.articles import Article
from pullquote.corpus.blocks import Block, BlockKind
from pullquote.languages.codes import language_name
from pullquote.languages.recognition import ENGLISH
from pullquote_bot.strings import articles as article_strings
from pullquote_bot.strings.quantities import day
from pullquote_bot.terminal.margin import beside_margin, paragraph_label
from pullquote_bot.terminal.screen import Screen
from pullquote_bot.visible_text import one_line

_CONTINUED = ({BlockKind.ITEM}, {BlockKind.HEADER_ROW, BlockKind.ROW})
"""Kinds of blocks that are shown without a blank line between them."""


def article_text(article: Article, screen: Screen) -> str:
    """A whole article as text."""
    lines = _details(article, screen)
    blocks = {block.span.start: block for block in article.blocks}
    before: Block | None = None
    for number, span in enumerate(article.paragraphs, start=1):
        block = blocks.get(span.start)
        if not _continues(block, before):
            lines.append("")
        text = f"{_bullet(block)}{span.of(article.text).strip()}"
        rows = beside_margin(paragraph_label(number), text, screen, quoted=False)
        lines += map(_style(block, screen), rows)
        before = block
    return "\n".join(lines)


def _continues(block: Block | None, before: Block | None) -> bool:
    """Whether a block is shown right below the one before: it is in the same list or table."""
    if block is None or before is None:
        return False
    return any({block.kind, before.kind} <= kinds for kinds in _CONTINUED)


def _bullet(block: Block | None) -> str:
    """What is shown before a list item, indented by its depth; empty for other blocks."""
    if block is None or block.kind is not BlockKind.ITEM:
        return ""
    return f"{'  ' * (block.level - 1)}• "


def _style(block: Block | None, screen: Screen) -> Callable[[str], str]:
    """How the rows of a block are shown."""
    if block is None or block.is_quotable:
        return str
    return screen.dim if block.kind is BlockKind.FURNITURE else screen.bold


def foreign_language(article: Article) -> str:
    """The name of an article's language; empty if that is English or unknown."""
    return "" if article.language == ENGLISH else language_name(article.language)


def _details(article: Article, screen: Screen) -> list[str]:
    published = [
        article.source,
        article.section,
        day(article.published),
        ", ".join(article.authors),
        foreign_language(article),
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
