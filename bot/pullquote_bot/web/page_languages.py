"""The language of a page: the first of those that the browser names and the interface speaks."""

from __future__ import annotations

import re

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from pullquote.translation import ENGLISH, language_for, speaking

_PREFERENCE = re.compile(
    r"\s*([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)\s*(?:;\s*q=([01](?:\.\d*)?))?\s*"
)
_MOST_CHARACTERS = 500
"""Of an Accept-Language header that is read."""


class PageLanguages:
    """An ASGI layer: pages speak the reader's language, and programs get English."""

    def __init__(self, app: ASGIApp, usual: str) -> None:
        """Add the layer.

        Args:
            app: the application.
            usual: the language for readers whose browsers name none that the interface speaks.
        """
        self._app = app
        self._usual = usual

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        headers = Headers(scope=scope) if scope["type"] == "http" else Headers()
        language = ENGLISH
        if "text/html" in headers.get("accept", "") and "/api/" not in scope["path"]:
            language = language_for(*accepted(headers.get("accept-language", "")), self._usual)
        with speaking(language):
            await self._app(scope, receive, send)


def accepted(header: str) -> list[str]:
    """The languages of an Accept-Language header, the best first; what is no language is left out.

    English is among them only if it is named: it is what a page falls back to in any case.
    """
    weighted = []
    for part in header[:_MOST_CHARACTERS].split(","):
        found = _PREFERENCE.fullmatch(part)
        weight = float(found[2] or 1) if found else 0.0
        if found and weight:
            weighted.append((weight, found[1]))
    return [tag for _, tag in sorted(weighted, key=lambda pair: -pair[0])]
