"""The addresses of quotes on the reading page."""

from __future__ import annotations

from typing import Any, TypeVar
from urllib.parse import quote as percent_encoded

from pydantic import BaseModel

Model = TypeVar("Model", bound=BaseModel)


def article_path(article_id: str) -> str:
    """The path of an article's page."""
    return f"/a/{percent_encoded(article_id, safe='')}"


def permalink(base: str, generation: str, article_id: str, start: int, end: int) -> str:
    """The address of a quote: its article, the generation that was searched, and its place.

    Args:
        base: the address of the server; empty for a link from its own pages.
        generation: the generation of the index.
        article_id: the article's id.
        start: the first character of the quote.
        end: the character after its last.
    """
    return f"{base}{article_path(article_id)}?gen={generation}&q={start}-{end}#q={start}-{end}"


def with_permalinks(result: Model, base: str, generation: str) -> Model:
    """A result in which every quote, passage and statement has its permalink."""
    linked: Any = _linked(result, base, generation)
    return linked  # type: ignore[no-any-return]


def _linked(value: Any, base: str, generation: str) -> Any:
    if isinstance(value, tuple):
        return tuple(_linked(item, base, generation) for item in value)
    if not isinstance(value, BaseModel):
        return value
    fields = {name: _linked(item, base, generation) for name, item in value}
    if "permalink" in fields:
        fields["permalink"] = permalink(
            base, generation, fields["article_id"], fields["start"], fields["end"]
        )
    return value.model_copy(update=fields)
