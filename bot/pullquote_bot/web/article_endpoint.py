"""The page of an article, to which permalinks lead."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from pullquote.answering.open_index import OpenIndex
from pullquote.corpus.articles import Article
from pullquote.corpus.passages import ArticleRow
from pullquote.corpus.spans import Span
from pullquote.english.dates import written_moment
from pullquote.storage.manifest import GenerationId
from pullquote.storage.source_check import SourceState
from pullquote_bot.serving import request_results as results
from pullquote_bot.serving.open_archives import OpenArchive
from pullquote_bot.serving.permalinks import Links
from pullquote_bot.strings import answers as answer_strings
from pullquote_bot.strings import articles as article_strings
from pullquote_bot.strings import web as web_strings
from pullquote_bot.strings.quantities import day
from pullquote_bot.visible_text import one_line
from pullquote_bot.web.article_differences import compared_with, since_then
from pullquote_bot.web.article_versions import version_rows, version_views
from pullquote_bot.web.article_views import article_page, copies_of, notes_about, place_in
from pullquote_bot.web.http_doorway import HttpDoorway
from pullquote_bot.web.problems import Problem
from pullquote_bot.web.quote_views import web_address
from pullquote_bot.web.sites import site_of
from pullquote_bot.web.templates_of_pages import rendered

_MAX_DIGITS = 6


class ArticleEndpoint:
    """Shows articles."""

    def __init__(self, doorway: HttpDoorway) -> None:
        self._doorway = doorway

    async def show(self, request: Request) -> Response:
        """Show an article, with the words of a permalink marked."""
        article_id = request.path_params["article_id"]
        given = request.query_params
        site = site_of(self._doorway, request)

        def work(opened: OpenArchive) -> dict[str, Any]:
            return _values(opened, site.path, article_id, given)

        article = await self._doorway.look_up(request, work)
        wanted = given.get("h", "")
        if wanted and not article["sha256"].startswith(wanted):
            article |= await self._then(request, article_id)
            article["notices"] = [*article["notices"], web_strings.CHANGED_SINCE_LINK]
        return HTMLResponse(rendered("article.html", site=site, page="", article=article))

    async def _then(self, request: Request, article_id: str) -> dict[str, Any]:
        """What a permalink showed in the generation that it names, if that is still kept.

        Its words, and how the text of then differs from the present one.
        """
        generation = request.query_params.get("gen", "")
        place = request.query_params.get("q", "")

        def text_now(opened: OpenArchive) -> str:
            _, article, state = results.article_of(opened.archive, article_id)
            is_shown = opened.archive.settings.discord.full_articles
            return article.text if is_shown and state is not SourceState.CHANGED else ""

        def work(opened: OpenArchive) -> dict[str, Any]:
            _, article, _ = results.article_of(opened.archive, article_id)
            quoted = place_in(place, article)
            words = quoted.of(article.text) if quoted and article.prose.contains(quoted) else ""
            shown = since_then(article, now) if now else None
            return {"words_then": words, "differences": shown}

        with contextlib.suppress(Problem):
            now = await self._doorway.look_up(request, text_now)
            return await self._doorway.look_up(request, work, GenerationId(generation))
        return {}


def _values(
    opened: OpenArchive, path: str, article_id: str, given: Mapping[str, str]
) -> dict[str, Any]:
    """The values of the template, of the article with an id; links begin with a path.

    Raises:
        RequestError: there is no such article.
    """
    archive = opened.archive
    links = Links(path, archive.generation)
    place, wanted = given.get("q", ""), _number(given.get("page", ""))
    row, article, state = results.article_of(archive, article_id)
    quoted = place_in(place, article)
    notices = [web_strings.NO_SUCH_PLACE] if place and not quoted else []
    page = None
    if state is SourceState.CHANGED:
        notices, quoted = [web_strings.changed_in_source(archive.manifest.created)], None
    else:
        quotes_only = not archive.settings.discord.full_articles
        page = article_page(article, quoted, wanted, quotes_only=quotes_only)
        notices += [web_strings.QUOTES_ONLY_NOTICE] if quotes_only else []
    return {
        "id": article.id,
        "title": one_line(article.title) or article_strings.UNTITLED,
        "details": _details(article),
        "url": web_address(article.url),
        "path": links.to_article(article.id),
        "sha256": article.sha256,
        "place": article_strings.characters(*quoted) if quoted else "",
        "generation": archive.generation,
        "built": answer_strings.index_of(written_moment(archive.manifest.created)),
        "notices": notices,
        "words_then": "",
        "language": article.language,
        "differences": compared_with(archive, article, given.get("with", "")) if page else None,
        "copied": _copied(article, quoted) if quoted else "",
        "page": page,
        **_other_tellings(archive, row, article, links),
        "notes": notes_about(archive, row, links),
    }


def _other_tellings(
    archive: OpenIndex, row: ArticleRow, article: Article, links: Links
) -> dict[str, Any]:
    versions = version_rows(archive, row, article)
    return {
        "versions": version_views(archive, article, list(versions.values()), links),
        "copies": copies_of(archive, row, article, links, versions),
    }


def _details(article: Article) -> list[str]:
    details = [
        one_line(article.source or article.section),
        article_strings.written_by(article.authors),
        day(article.published),
    ]
    return list(filter(None, details))


def _copied(article: Article, quoted: Span) -> str:
    """The quote with its citation, as it is copied."""
    citation = [
        one_line(article.title) or article_strings.UNTITLED,
        *_details(article),
        article_strings.characters(*quoted),
        web_address(article.url) or article_strings.file_line(article.path, article.line),
        article_strings.sha256_line(article.sha256),
    ]
    return f"{quoted.of(article.text)}\n{' · '.join(filter(None, citation))}"


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _MAX_DIGITS else None
