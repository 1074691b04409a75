"""The addresses of quotes on the reading page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import quote as percent_encoded

from pydantic import BaseModel

from pullquote.corpus.spans import Span

Model = TypeVar("Model", bound=BaseModel)
HASH_DIGITS = 12
"""The number of digits of the article text's SHA-256 in a permalink."""


def article_path(article_id: str) -> str:
    """The path of an article's page, below that of its archive."""
    return f"/a/{percent_encoded(article_id, safe='')}"


@dataclass(frozen=True, slots=True)
class Links:
    """The addresses of the articles and quotes of one generation of an archive.

    Attributes:
        base: what they begin with: the path of the archive, or its whole address.
        generation: the generation that was searched.
    """

    base: str
    generation: str

    def to_article(self, article_id: str) -> str:
        """The address of an article's page."""
        return self.base + article_path(article_id)

    def to_quote(self, article_id: str, span: Span, text_sha256: str) -> str:
        """The address of a quote: see `permalink`."""
        return permalink(self.base, self.generation, article_id, span, text_sha256)


def permalink(base: str, generation: str, article_id: str, span: Span, text_sha256: str) -> str:
    """The address of a quote: its article, the generation that was searched, and its place.

    Args:
        base: what it begins with: the path of the archive, or its whole address.
        generation: the generation of the index; empty to leave it open.
        article_id: the article's id.
        span: the place of the quote; an empty one for the article itself.
        text_sha256: the hash of the text in which that is its place, by which a reader learns
            that the article has changed since.
    """
    named = f"gen={generation}&" if generation else ""
    address = f"{base}{article_path(article_id)}?{named}h={text_sha256[:HASH_DIGITS]}"
    if span.start >= span.end:
        return address
    place = f"q={span.start}-{span.end}"
    return f"{address}&{place}#{place}"


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
        span = Span(fields["start"], fields["end"])
        if fields.get("part") == "headline":
            span = Span(0, 0)
        fields["permalink"] = permalink(
            base, generation, fields["article_id"], span, fields["text_sha256"]
        )
    return value.model_copy(update=fields)
