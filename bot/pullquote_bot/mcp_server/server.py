"""The MCP server of the archives: its tools, their schemas for each caller, and its resources."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mcp.server.context import CallNext, HandlerResult, ServerRequestContext
from mcp.server.mcpserver import Context, MCPServer, ResourceSecurity
from mcp.server.mcpserver.exceptions import ToolError, UnexpectedToolError
from mcp_types import CallToolResult, InputRequiredResult, ToolAnnotations
from pydantic import ValidationError

import pullquote
from pullquote_bot.mcp_server.archive_calls import VisitorOf
from pullquote_bot.mcp_server.archive_tools import RESOURCES, ArchiveTools
from pullquote_bot.mcp_server.listed_articles import ListedArticles
from pullquote_bot.serving import parameter_errors
from pullquote_bot.serving.doorway import Doorway
from pullquote_bot.strings import mcp as mcp_strings

_READ_ONLY = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
_WITHOUT_ARCHIVE = "archives"
"""The tool that lists the archives, and asks none."""


def make_mcp_server(doorway: Doorway, base: str, visitor_of: VisitorOf) -> MCPServer:
    """The MCP server. The arguments are those of `ArchiveTools`."""
    tools = ArchiveTools(doorway, base, visitor_of)
    server = _Server(
        "pullquote",
        title="Pullquote",
        instructions=mcp_strings.INSTRUCTIONS,
        version=pullquote.__version__,
        middleware=[_ListsForCallers(doorway, visitor_of)],
    )
    described: list[tuple[Callable[..., Any], str]] = [
        (tools.ask, mcp_strings.ASK),
        (tools.search, mcp_strings.SEARCH),
        (tools.verify_quote, mcp_strings.VERIFY),
        (tools.said, mcp_strings.SAID),
        (tools.read_article, mcp_strings.READ),
        (tools.sources, mcp_strings.SOURCES),
    ]
    are_several = doorway.archives.are_several
    for tool, description in described:
        server.add_tool(tool, description=description, annotations=_READ_ONLY)
    if are_several:
        server.add_tool(tools.archives, description=mcp_strings.ARCHIVES, annotations=_READ_ONLY)
    server.resource(
        RESOURCES + ("/in/{archive}" if are_several else "") + "/a/{article_id}{?gen,h,q}",
        name="article",
        description=mcp_strings.ARTICLE,
        mime_type="text/plain",
        # An id may be a path; it is looked up among the ids of the index, never opened.
        security=ResourceSecurity(exempt_params={"article_id"}),
    )(tools.article_in if are_several else tools.article)
    return server


class _Server(MCPServer):
    """The package's server, with the errors of wrong arguments in our words."""

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context | None = None
    ) -> CallToolResult | InputRequiredResult:
        """Call a tool; see the package."""
        try:
            return await super().call_tool(name, arguments, context)
        except UnexpectedToolError:
            raise
        except ToolError as error:
            cause, tool = error.__cause__, self._tool_manager.get_tool(name)
            if isinstance(cause, ToolError):
                raise ToolError(str(cause)) from error
            if isinstance(cause, ValidationError) and tool:
                wrong = parameter_errors.of_validation(cause, tool.fn_metadata.arg_model)
                raise ToolError(mcp_strings.problem(*wrong)) from error
            raise


class _ListsForCallers:
    """Makes the lists of tools and resources those of their caller.

    The tools are the same for all; the archives that their schemas name are those that the caller
    may ask, and the resources are articles of those whose articles they may read.
    """

    def __init__(self, doorway: Doorway, visitor_of: VisitorOf) -> None:
        self._doorway = doorway
        self._visitor_of = visitor_of
        self._articles = ListedArticles(doorway, visitor_of)

    async def __call__(
        self, ctx: ServerRequestContext[Any, Any], call_next: CallNext
    ) -> HandlerResult:
        """Handle a message; a list is completed."""
        result = await call_next(ctx)
        if not isinstance(result, dict):
            return result
        if ctx.method == "resources/list":
            return {**result, "resources": await self._articles.resources(ctx)}
        return self._with_tools(ctx, result) if ctx.method == "tools/list" else result

    def _with_tools(
        self, ctx: ServerRequestContext[Any, Any], result: dict[str, Any]
    ) -> dict[str, Any]:
        """A list of tools whose schemas name the archives that the caller may ask."""
        names: list[str] = []
        if self._doorway.archives.are_several:
            names = list(self._doorway.open_to(self._visitor_of(ctx)))
        return {**result, "tools": [_with_archives(tool, names) for tool in result["tools"]]}


def _with_archives(tool: dict[str, Any], names: list[str]) -> dict[str, Any]:
    """A tool whose argument `archive` is one of these names; without it if there are none."""
    if tool["name"] == _WITHOUT_ARCHIVE:
        return tool
    schema = tool["inputSchema"]
    fields = {name: field for name, field in schema["properties"].items() if name != "archive"}
    if not names:
        return {**tool, "inputSchema": {**schema, "properties": fields}}
    described = schema["properties"]["archive"].get("description", "")
    archive = {"type": "string", "enum": names, "description": described}
    required = [*schema.get("required", ()), "archive"]
    changed = {**schema, "properties": {**fields, "archive": archive}, "required": required}
    return {**tool, "inputSchema": changed}
