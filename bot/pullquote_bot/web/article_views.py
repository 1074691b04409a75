"""An article as a page shows it: numbered paragraphs, with the words of a permalink marked."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from pullquote.answering.open_index import OpenIndex
from pullquote.corpus.articles import Article
from pullquote.corpus.blocks import BlockKind
from pullquote.corpus.passages import ArticleRow
from pullquote.corpus.spans import Span
from pullquote.storage.store_values import ArticleName
from pullquote_bot.serving.permalinks import Links
from pullquote_bot.strings import articles as article_strings
from pullquote_bot.strings import stories as story_strings
from pullquote_bot.strings.quantities import day
from pullquote_bot.web.quote_views import BesideQuote

MAX_PAGE_CHARACTERS = 24_000
"""About this many characters of an article's text are on one page."""
_PLACE = re.compile(r"(\d{1,9})-(\d{1,9})")
_MOST_COPIES = 20


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph: marked, if it is quoted."""

    text: str
    marked: bool
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """A paragraph: its number, what it is, and its pieces, which together are its words."""

    number: int
    kind: BlockKind
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """A page of an article.

    Attributes:
        paragraphs: those on this page.
        number, count: the page's number, from 1, and how many there are.
        total: how many paragraphs the article has.
    """

    paragraphs: tuple[ParagraphView, ...]
    number: int
    count: int
    total: int


def place_in(text: str, article: Article) -> Span | None:
    """The place that an address names, such as 120-240; None if it is none of the article's."""
    found = _PLACE.fullmatch(text)
    if not found:
        return None
    span = Span(int(found[1]), int(found[2]))
    return span if 0 <= span.start < span.end <= len(article.text) else None


def article_page(
    article: Article, quoted: Span | None, wanted: int | None, *, quotes_only: bool
) -> ArticlePage:
    """A page of an article.

    Args:
        article: the article.
        quoted: the place that is marked; None for none.
        wanted: the number of the page; None for the page with the quote, or the first.
        quotes_only: whether only paragraphs with quoted words are shown.
    """
    spans = article.paragraphs
    numbered = list(enumerate(spans, start=1))
    if quotes_only:
        numbered = [pair for pair in numbered if quoted and pair[1].overlaps(quoted)]
    pages = _pages(numbered)
    with_quote = next(
        (
            number
            for number, page in enumerate(pages, start=1)
            if quoted and any(span.overlaps(quoted) for _, span in page)
        ),
        1,
    )
    number = min(max(1, wanted or with_quote), len(pages))
    kinds = {block.span.start: block.kind for block in article.blocks}
    views = tuple(
        ParagraphView(
            paragraph,
            kinds.get(span.start, BlockKind.PARAGRAPH),
            tuple(_pieces(article.text, span, quoted)),
        )
        for paragraph, span in pages[number - 1]
    )
    return ArticlePage(views, number, len(pages), len(spans))


def _pages(numbered: Sequence[tuple[int, Span]]) -> list[list[tuple[int, Span]]]:
    pages: list[list[tuple[int, Span]]] = [[]]
    length = 0
    for number, span in numbered:
        if pages[-1] and length + span.end - span.start > MAX_PAGE_CHARACTERS:
            pages.append([])
            length = 0
        pages[-1].append((number, span))
        length += span.end - span.start
    return pages


def _pieces(text: str, span: Span, quoted: Span | None) -> list[Piece]:
    if quoted is None or not span.overlaps(quoted):
        return [Piece(span.of(text), marked=False)]
    start, end = max(span.start, quoted.start), min(span.end, quoted.end)
    anchor = f"q={quoted.start}-{quoted.end}" if start == quoted.start else ""
    pieces = [
        Piece(text[span.start : start], marked=False),
        Piece(text[start:end], marked=True, anchor=anchor),
        Piece(text[end : span.end], marked=False),
    ]
    return [piece for piece in pieces if piece.text]


@dataclass(frozen=True, slots=True)
class CopyView:
    """Another article that tells the same story.

    Attributes:
        name: its source, headline and date.
        href: the address of its page.
        is_later: whether it was published later.
        compared: the address of the page that shows what differs; empty if none does.
    """

    name: str
    href: str
    is_later: bool
    compared: str


def copies_of(
    archive: OpenIndex,
    row: ArticleRow,
    article: Article,
    links: Links,
    versions: Container[int],
) -> list[CopyView]:
    """The other articles that tell an article's story and are no versions of it, oldest first."""
    rows = [copy for copy in archive.store.stories.copies(row) if copy not in versions]
    names = archive.store.names(rows[:_MOST_COPIES]) if rows else []
    names.sort(key=lambda name: (name.published is None, name.published or name.row))
    return [
        CopyView(
            _name(name),
            links.to_article(name.id),
            is_later=_is_later(name, article),
            compared=f"{links.to_article(article.id)}?{urlencode({'with': name.id})}"
            if archive.settings.discord.full_articles
            else "",
        )
        for name in names
    ]


def _is_later(name: ArticleName, article: Article) -> bool:
    return bool(name.published and article.published and name.published > article.published)


def _name(name: ArticleName) -> str:
    parts = [name.source, name.title, day(name.published)]
    return " · ".join(filter(None, parts)) or article_strings.UNTITLED


def notes_about(archive: OpenIndex, row: ArticleRow, links: Links) -> list[BesideQuote]:
    """The corrections, clarifications and editor's notes about an article."""
    notes = []
    for note in archive.store.stories.notes_about(row):
        printed = archive.store.article(note.article)
        notes.append(
            BesideQuote(
                story_strings.NOTES[note.kind],
                (note.span.of(printed.text),),
                story_strings.headline(printed),
                links.to_article(printed.id),
                printed.language,
            )
        )
    return notes
