"""The reading page: forms, answers, and what the archive holds. It needs no JavaScript."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from pullquote.answering.answers import Answer
from pullquote.answering.query import Query
from pullquote.answering.search import search
from pullquote.answering.statements import statements_of
from pullquote.answering.timeline import timeline_of
from pullquote.english.typed_periods import Limit, limit_day
from pullquote.json_output.holdings import holdings_json
from pullquote.verification.verifying import verify
from pullquote_bot.serving import request_results as results
from pullquote_bot.serving.open_archives import OpenArchive
from pullquote_bot.serving.permalinks import Links
from pullquote_bot.web import page_values as values
from pullquote_bot.web.article_endpoint import ArticleEndpoint
from pullquote_bot.web.http_doorway import HttpDoorway
from pullquote_bot.web.problems import Problem, problem_response
from pullquote_bot.web.sites import Site, other_site, site_of, site_of_problem
from pullquote_bot.web.templates_of_pages import rendered, streamed
from pullquote_bot.web.typed_forms import TypedForm, form_of, typed_form

_STATIC = Path(__file__).with_name("static")
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_NO_QUERY = Query("", "", ())
_STATEMENTS = 20
_PASSAGES = 20
Work = Callable[[OpenArchive, Query, TypedForm, str], dict[str, Any]]
"""Makes the values of results; takes the path of the archive last."""


class Pages:
    """The endpoints of the pages."""

    def __init__(self, doorway: HttpDoorway) -> None:
        self._doorway = doorway

    def routes(self) -> list[Route]:
        """The routes of the pages, each archive's below its path, and of what they load."""
        prefix = self._doorway.prefix
        of_all = [Route("/", self._archives), Route("/ask", self._chosen)] if prefix else []
        return [
            *of_all,
            Route(f"{prefix}/", self._home, methods=["GET"]),
            Route(f"{prefix}/ask", self._results_of("ask", _answer, asks=True)),
            Route(f"{prefix}/search", self._results_of("search", _search, asks=True)),
            Route(f"{prefix}/verify", self._results_of("verify", _verify), methods=["GET", "POST"]),
            Route(f"{prefix}/said", self._results_of("said", _said)),
            Route(f"{prefix}/timeline", self._results_of("timeline", _timeline, asks=True)),
            Route(f"{prefix}/sources", self._sources),
            Route(f"{prefix}/a/{{article_id:path}}", ArticleEndpoint(self._doorway).show),
            *(Route(f"/static/{file.name}", _file(file)) for file in sorted(_STATIC.iterdir())),
        ]

    async def _archives(self, request: Request) -> Response:
        """The page of several archives: those that the visitor may read, and a question to one."""
        site = site_of(self._doorway, request)
        return HTMLResponse(rendered("archives.html", site=site, page="archives", form=TypedForm()))

    async def _chosen(self, request: Request) -> Response:
        """Where a question leads that chooses its archive."""
        form = form_of(request.query_params)
        return other_site(self._doorway, request, form, "ask") or RedirectResponse("/", 303)

    async def _home(self, request: Request) -> Response:
        held = await self._doorway.look_up(
            request, lambda opened: values.held_briefly(opened.archive)
        )
        site = site_of(self._doorway, request)
        page = rendered("home.html", site=site, page="ask", form=TypedForm(), held=held)
        return HTMLResponse(page)

    def _results_of(self, name: str, work: Work, *, asks: bool = False) -> Callable[[Request], Any]:
        """The endpoint of a form and its results, which are sent as soon as they are there.

        Args:
            name: the name of the page, and of its template.
            work: makes the values of the results.
            asks: whether its text is a question that is searched for.
        """

        async def endpoint(request: Request) -> Response:
            site = site_of(self._doorway, request)
            form = await typed_form(request, self._doorway.max_bytes)
            if elsewhere := other_site(self._doorway, request, form, name):
                return elsewhere

            async def results_later() -> dict[str, Any]:
                return await self._doorway.ask(
                    request,
                    form.query_in if asks else lambda _: _NO_QUERY,
                    lambda opened, query: work(opened, query, form, site.path),
                )

            if not form.q:
                return HTMLResponse(rendered(f"{name}.html", site=site, page=name, form=form))
            return StreamingResponse(
                _parts(name, site, form, results_later), media_type="text/html; charset=utf-8"
            )

        return endpoint

    async def _sources(self, request: Request) -> Response:
        held = await self._doorway.look_up(request, lambda opened: holdings_json(opened.archive))
        chart, told = values.month_chart(held), values.holdings_values(held)
        site = site_of(self._doorway, request)
        page = rendered("sources.html", site=site, page="sources", held=told, chart=chart)
        return HTMLResponse(page)


async def _parts(
    name: str, site: Site, form: TypedForm, results_later: Callable[[], Any]
) -> AsyncIterator[str]:
    """Yield the page's form at once, and its results, or the problem, when they are there."""
    head, rest = streamed(f"{name}.html", site=site, page=name, form=form)
    yield head
    try:
        found, problem = await results_later(), None
    except Problem as error:
        found, problem = {}, error
    yield rest(problem=problem, **found)


def _answer(opened: OpenArchive, query: Query, _form: TypedForm, path: str) -> dict[str, Any]:
    answered: Answer = results.answer_to(opened, query, None)
    return values.answer_values(answered, path)


def _search(opened: OpenArchive, query: Query, _form: TypedForm, path: str) -> dict[str, Any]:
    found = search(opened.archive, query) if query.terms else []
    return values.passage_values(opened.archive, found[:_PASSAGES], len(found), path)


def _verify(opened: OpenArchive, _query: Query, form: TypedForm, path: str) -> dict[str, Any]:
    return values.verification_values(verify(opened.archive, form.q, form.speaker), path)


def _said(opened: OpenArchive, _query: Query, form: TypedForm, path: str) -> dict[str, Any]:
    archive = opened.archive
    today = results.day_of(archive)
    since = limit_day(form.since, Limit.SINCE, today, "since")
    until = limit_day(form.until, Limit.UNTIL, today, "until")
    results.check_days(since, until)
    found = statements_of(archive.store, form.q, form.about, since, until, _STATEMENTS)
    return values.statement_values(found, Links(path, archive.generation))


def _timeline(opened: OpenArchive, query: Query, _form: TypedForm, path: str) -> dict[str, Any]:
    timeline = timeline_of(opened.archive, query)
    return values.timeline_values(timeline, path)


def _file(file: Path) -> Callable[[Request], Any]:
    content = file.read_bytes()
    kind = _TYPES[file.suffix]

    async def endpoint(_request: Request) -> Response:
        return Response(content, media_type=kind, headers={"Cache-Control": "max-age=3600"})

    return endpoint


def page_of_problem(problem: Problem, request: Request, doorway: HttpDoorway) -> Response:
    """A problem as a page for a browser, or as JSON for a program."""
    if "text/html" not in request.headers.get("accept", ""):
        return problem_response(problem)
    site = site_of_problem(doorway, request)
    page = rendered("problem.html", site=site, page="", form=TypedForm(), problem=problem)
    return HTMLResponse(page, problem.status, headers=problem.headers)
