"""Articles as a build would read them: in short, or with their paragraphs and passages."""

from __future__ import annotations

from collections.abc import Sequence

from pullquote.corpus.articles import Article
from pullquote.corpus.blocks import BlockKind
from pullquote.corpus.spans import Span
from pullquote_bot.strings import reading as strings
from pullquote_bot.strings.quantities import day
from pullquote_bot.terminal.article_text import article_text, foreign_language
from pullquote_bot.terminal.screen import Screen
from pullquote_bot.visible_text import one_line
from pullquote_index.steps.tiling import tile_article, word_count

_FIRST_CHARACTERS = 160
"""The most characters of a text that are shown."""
_INDENT = "    "


def short_article(number: int, article: Article, screen: Screen) -> list[str]:
    """An article in a few lines: headline, date, source, place, first words, what is not quoted."""
    details = [
        day(article.published),
        article.source or strings.NO_SOURCE,
        article.section,
        ", ".join(article.authors),
        article.url,
        foreign_language(article),
        f"{article.path}:{article.line}" if article.line else article.path,
    ]
    first, is_cut = _first(article.prose.of(article.text))
    return [
        f"{number:>2}  {screen.bold(one_line(article.title) or strings.NO_TITLE)}",
        _INDENT + screen.dim(one_line(" · ".join(part for part in details if part))),
        _INDENT + strings.first_words(first, is_cut=is_cut),
        *(_INDENT + screen.dim(line) for line in _not_quoted(article)),
    ]


def _first(text: str) -> tuple[str, bool]:
    """The first words of a text on one line, and whether more follow."""
    line = one_line(text[: 4 * _FIRST_CHARACTERS])
    if len(line) <= _FIRST_CHARACTERS:
        return line, False
    return line[:_FIRST_CHARACTERS].rpartition(" ")[0] or line[:_FIRST_CHARACTERS], True


def _not_quoted(article: Article) -> list[str]:
    """What is before the prose, and blocks that are never quoted."""
    pieces = [article.text[: article.prose.start], article.text[article.prose.end :]]
    pieces += [
        block.span.of(article.text) for block in article.blocks if block.kind is BlockKind.FURNITURE
    ]
    lines = []
    for piece in pieces:
        first, is_cut = _first(piece)
        if first:
            lines.append(strings.head_left_out(first, len(piece), is_cut=is_cut))
    return lines


def whole_article(article: Article, target_words: int, screen: Screen) -> str:
    """An article with its paragraphs and its passages."""
    lines = [article_text(article, screen), "", *_not_quoted(article), strings.PASSAGES]
    for number, (span, sentences) in enumerate(passages_of(article, target_words), start=1):
        words = word_count(article.text, span, article.language)
        first, is_cut = _first(span.of(article.text))
        text = strings.first_words(first, is_cut=is_cut)
        lines.append(strings.passage_line(number, words, len(sentences), text))
    return "\n".join(lines)


def passages_of(article: Article, target_words: int) -> Sequence[tuple[Span, Sequence[Span]]]:
    """The passages of an article, each with its sentences."""
    return list(tile_article(article, target_words))
