"""The page of an article, to which permalinks lead."""

from __future__ import annotations

import contextlib
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from pullquote.corpus.articles import Article
from pullquote.corpus.spans import Span
from pullquote.english.dates import written_moment
from pullquote.storage.manifest import GenerationId
from pullquote.storage.source_check import SourceState
from pullquote_bot.serving import request_results as results
from pullquote_bot.serving.open_archives import OpenArchive
from pullquote_bot.serving.permalinks import article_path
from pullquote_bot.strings import answers as answer_strings
from pullquote_bot.strings import articles as article_strings
from pullquote_bot.strings import web as web_strings
from pullquote_bot.strings.quantities import day
from pullquote_bot.visible_text import one_line
from pullquote_bot.web.article_views import article_page, copies_of, notes_about, place_in
from pullquote_bot.web.http_doorway import HttpDoorway
from pullquote_bot.web.problems import Problem
from pullquote_bot.web.quote_views import web_address
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

        def work(opened: OpenArchive) -> dict[str, Any]:
            return _values(opened, article_id, given.get("q", ""), _number(given.get("page", "")))

        article = await self._doorway.look_up(request, work)
        wanted = given.get("h", "")
        if wanted and not article["sha256"].startswith(wanted):
            then = await self._words_then(request, article_id)
            article |= {
                "words_then": then,
                "notices": [*article["notices"], web_strings.CHANGED_SINCE_LINK],
            }
        return HTMLResponse(rendered("article.html", page="", article=article))

    async def _words_then(self, request: Request, article_id: str) -> str:
        """The words of a permalink in the generation that it names, if that is still kept."""
        generation = request.query_params.get("gen", "")
        place = request.query_params.get("q", "")

        def work(opened: OpenArchive) -> str:
            _, article, _ = results.article_of(opened.archive, article_id)
            quoted = place_in(place, article)
            return quoted.of(article.text) if quoted and article.prose.contains(quoted) else ""

        with contextlib.suppress(Problem):
            return await self._doorway.look_up(request, work, GenerationId(generation))
        return ""


def _values(opened: OpenArchive, article_id: str, place: str, wanted: int | None) -> dict[str, Any]:
    """The values of the template.

    Raises:
        RequestError: there is no such article.
    """
    archive = opened.archive
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
        "path": article_path(article.id),
        "sha256": article.sha256,
        "place": article_strings.characters(*quoted) if quoted else "",
        "generation": archive.generation,
        "built": answer_strings.index_of(written_moment(archive.manifest.created)),
        "notices": notices,
        "words_then": "",
        "copied": _copied(article, quoted) if quoted else "",
        "page": page,
        "copies": copies_of(archive, row, article),
        "notes": notes_about(archive, row),
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
