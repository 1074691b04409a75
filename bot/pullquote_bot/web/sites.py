"""Where a page stands: below which path, in which archive, and beside which others."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from pullquote_bot.web.http_doorway import HttpDoorway
from pullquote_bot.web.problems import Problem
from pullquote_bot.web.typed_forms import TypedForm


@dataclass(frozen=True, slots=True)
class ArchiveChoice:
    """One of several archives that a visitor may read: its name, its title and its path."""

    name: str
    title: str
    path: str


@dataclass(frozen=True, slots=True)
class Site:
    """What every page shows of the archive that it belongs to.

    Attributes:
        path: what the addresses of its pages begin with; empty for the only archive.
        name, title: those of the archive; empty for the only one, and on the page of all.
        choices: the archives that the visitor may read, if there are several.
        has_pages: whether the page belongs to an archive, whose other pages it leads to.
    """

    path: str
    name: str
    title: str
    choices: tuple[ArchiveChoice, ...]
    has_pages: bool


def site_of(doorway: HttpDoorway, request: Request) -> Site:
    """Where the page of a request stands.

    Raises:
        Problem: the visitor may not read there.
    """
    visitor = doorway.visitor(request)
    archives = doorway.doorway.archives
    choices = tuple(
        ArchiveChoice(name, archives.title_of(name), archives.path_of(name))
        for name in doorway.doorway.open_to(visitor)
        if archives.are_several
    )
    if choices and "archive" not in request.path_params:
        return Site("", "", "", choices, has_pages=False)
    archive = doorway.archive(request)
    title = archives.title_of(archive) if choices else ""
    return Site(archives.path_of(archive), archive, title, choices, has_pages=True)


def site_of_problem(doorway: HttpDoorway, request: Request) -> Site:
    """Where the page of a problem stands: it names no archive to who may not read it."""
    try:
        return site_of(doorway, request)
    except Problem:
        is_alone = not doorway.doorway.archives.are_several
        return Site("", "", "", (), has_pages=is_alone)


def other_site(
    doorway: HttpDoorway, request: Request, form: TypedForm, page: str
) -> Response | None:
    """Where a form leads that chooses another archive than its page's; None if it stays.

    What was typed goes along: in the address, or in the body, which a browser then sends again.
    """
    site = site_of(doorway, request)
    chosen = {choice.name: choice.path for choice in site.choices}.get(form.archive)
    if chosen is None or form.archive == site.name:
        return None
    path = f"{chosen}/{page}"
    if request.method == "POST":
        return RedirectResponse(path, 307)
    fields = [pair for pair in request.query_params.multi_items() if pair[0] != "archive"]
    return RedirectResponse(f"{path}?{urlencode(fields)}" if fields else path, 303)
