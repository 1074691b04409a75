"""What readers type into the forms of the reading page."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from pullquote.answering.archive_day import archive_day
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.query import Query, understand
from pullquote.english.typed_periods import Limit, limit_day
from pullquote_bot.strings import web as web_strings
from pullquote_bot.visible_text import without_invisible
from pullquote_bot.web.problems import Problem

_MOST_FIELDS = 20
_BODY_SECONDS = 10.0
_LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class TypedForm:
    """The fields of a form, as they were typed.

    Attributes:
        q: the question, the subject, the name of a speaker, or the text to verify.
        since, until: days or periods ("last week"); empty for no limit.
        source: the name of a source; empty for all.
        about: what somebody's words are about; empty for anything.
        speaker: who is said to have said a text; empty for nobody.
        archive: the name of the archive to ask; empty for that of the page.
    """

    q: str = ""
    since: str = ""
    until: str = ""
    source: str = ""
    about: str = ""
    speaker: str = ""
    archive: str = ""

    def query_in(self, archive: OpenIndex) -> Query:
        """The query of a question.

        Raises:
            RequestError: it has no words or is too long, or a date cannot be read.
        """
        today = archive_day(archive.store, archive.settings)
        return understand(
            without_invisible(self.q),
            since=limit_day(self.since, Limit.SINCE, today, "since"),
            until=limit_day(self.until, Limit.UNTIL, today, "until"),
            source=self.source,
        )


async def typed_form(request: Request, max_bytes: int) -> TypedForm:
    """The form that a request sends, in its address or its body.

    Raises:
        Problem: the body is too large, or comes too slowly.
    """
    if request.method == "POST":
        fields = dict(parse_qsl(await _body(request, max_bytes), max_num_fields=_MOST_FIELDS))
    else:
        fields = dict(request.query_params)
    return form_of(fields)


def form_of(fields: Mapping[str, str]) -> TypedForm:
    """The form of some fields. Unknown ones are ignored: addresses gather them on their way."""
    shortened = {name: fields.get(name, "").strip() for name in TypedForm.__slots__}
    text = shortened.pop("q")
    return TypedForm(q=text, **{name: value[:_LONGEST_NAME] for name, value in shortened.items()})


async def _body(request: Request, max_bytes: int) -> str:
    body = b""
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            async for chunk in request.stream():
                body += chunk
                if len(body) > max_bytes:
                    raise Problem(413, web_strings.too_large(max_bytes))
    except (TimeoutError, ClientDisconnect):
        raise Problem(408, web_strings.TOO_SLOW) from None
    return body.decode("latin-1")
