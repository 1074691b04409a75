"""The articles that assistants see listed as resources: the newest of each archive."""

from __future__ import annotations

from typing import Any

from mcp.server.context import ServerRequestContext
from mcp.shared.exceptions import MCPError
from mcp_types import INTERNAL_ERROR, Resource

from pullquote_bot.mcp_server.archive_calls import CALL_ERRORS, VisitorOf, words_of
from pullquote_bot.mcp_server.archive_tools import RESOURCES
from pullquote_bot.serving.doorway import Doorway
from pullquote_bot.serving.open_archives import OpenArchive
from pullquote_bot.serving.permalinks import article_path
from pullquote_bot.strings import mcp as mcp_strings
from pullquote_bot.visible_text import one_line

_MOST = 50
"""The most articles of an archive that are listed; tools and the template reach the others."""


class ListedArticles:
    """Lists the newest articles of the archives whose articles the caller may read."""

    def __init__(self, doorway: Doorway, visitor_of: VisitorOf) -> None:
        """Make it. The arguments are those of `ArchiveTools`."""
        self._doorway = doorway
        self._visitor_of = visitor_of

    async def resources(self, ctx: ServerRequestContext[Any, Any]) -> list[dict[str, Any]]:
        """The articles as resources, as MCP writes them.

        Raises:
            MCPError: they cannot be listed.
        """
        try:
            return await self._articles(ctx)
        except CALL_ERRORS as error:
            raise MCPError(INTERNAL_ERROR, words_of(error)) from error

    async def _articles(self, ctx: ServerRequestContext[Any, Any]) -> list[dict[str, Any]]:
        visitor = self._visitor_of(ctx)
        listed: list[dict[str, Any]] = []
        for name in filter(self._doorway.shows_articles, self._doorway.open_to(visitor)):
            base = RESOURCES + self._doorway.archives.path_of(name)
            found = await self._doorway.look_up(visitor, name, _newest)
            listed += [
                Resource(
                    uri=base + article_path(article_id),
                    name=article_id,
                    title=title or None,
                    description=mcp_strings.ARTICLE,
                    mime_type="text/plain",
                ).model_dump(mode="json", by_alias=True, exclude_none=True)
                for article_id, title in found
            ]
        return listed


def _newest(opened: OpenArchive) -> list[tuple[str, str]]:
    """The ids and headlines of the newest articles."""
    store = opened.archive.store
    rows = [headline.row for headline in opened.headlines.find("", _MOST)]
    return [(article.id, one_line(article.title)) for article in map(store.article, rows)]
