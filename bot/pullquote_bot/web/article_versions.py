"""The versions of an article that its source published, and in which paragraphs they differ."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from pullquote.answering.open_index import OpenIndex
from pullquote.corpus.articles import Article
from pullquote.corpus.passages import ArticleRow
from pullquote.storage.store_values import ArticleName
from pullquote_bot.serving.permalinks import Links
from pullquote_bot.strings import articles as article_strings
from pullquote_bot.strings import web as web_strings
from pullquote_bot.strings.quantities import day
from pullquote_bot.visible_text import one_line

_MOST_VERSIONS = 20
_MOST_STEPS = 6
"""How often the copies of a version are looked for: the last may have little of the first."""
_MOST_PARAGRAPHS = 2_000


@dataclass(frozen=True, slots=True)
class VersionView:
    """A version of an article.

    Attributes:
        date: the day of its publication, in words.
        title: its headline.
        href: the address of its page; empty for the version that the page shows.
        differs: where it differs from that version; empty if that is not compared.
        compared: the address of the page that shows what differs; empty if none does.
    """

    date: str
    title: str
    href: str = ""
    differs: str = ""
    compared: str = ""


def version_rows(archive: OpenIndex, row: ArticleRow, article: Article) -> dict[int, ArticleName]:
    """The other versions of an article, by their rows: its story, as its own source told it."""
    store, source = archive.store, article.source.casefold()
    found: dict[int, ArticleName] = {}
    steps = [row]
    for _ in range(_MOST_STEPS):
        rows = {copy for step in steps for copy in store.stories.copies(step)}
        new = sorted(rows - found.keys() - {row})
        names = [name for name in store.names(new) if name.source.casefold() == source]
        found |= {name.row: name for name in names[: _MOST_VERSIONS - len(found)]}
        steps = [name.row for name in names]
        if not steps or len(found) >= _MOST_VERSIONS:
            break
    return found


def version_views(
    archive: OpenIndex, article: Article, others: Sequence[ArticleName], links: Links
) -> list[VersionView]:
    """All versions of an article, the oldest first; none if there is only this one."""
    views = [(_order(article.published, -1), VersionView(day(article.published), _title(article)))]
    for name in others:
        other = archive.store.article(name.row)
        query = urlencode({"with": other.id})
        is_compared = archive.settings.discord.full_articles
        view = VersionView(
            day(other.published),
            _title(other),
            links.to_article(other.id),
            _differs(article, other) if is_compared else "",
            f"{links.to_article(article.id)}?{query}" if is_compared else "",
        )
        views.append((_order(other.published, name.row), view))
    return [view for _, view in sorted(views, key=lambda pair: pair[0])] if others else []


def _order(published: dt.date | None, row: int) -> tuple[dt.date, int]:
    return published or dt.date.max, row


def _title(article: Article) -> str:
    return one_line(article.title) or article_strings.UNTITLED


def _differs(article: Article, other: Article) -> str:
    """In which paragraphs of an article another version differs from it."""
    paragraphs = [
        [tuple(span.of(text.text).split()) for span in text.paragraphs] for text in (article, other)
    ]
    if max(map(len, paragraphs)) > _MOST_PARAGRAPHS:
        return ""
    changed: list[int] = []
    lacking: list[int] = []
    further: list[int] = []
    matcher = difflib.SequenceMatcher(a=paragraphs[0], b=paragraphs[1], autojunk=False)
    for tag, start, end, _, _ in matcher.get_opcodes():
        numbers = range(start + 1, end + 1)
        if tag == "replace":
            changed += numbers
        elif tag == "delete":
            lacking += numbers
        elif tag == "insert":
            further.append(start)
    return web_strings.version_differs(changed, lacking, further)
