"""An article as JSON: what is known of it, its text, and its blocks."""

from __future__ import annotations

import datetime as dt

from pydantic import BaseModel, ConfigDict

from pullquote.corpus.articles import Article, Origin
from pullquote.corpus.blocks import Block, BlockKind
from pullquote.storage.source_check import SourceState


class BlockJson(BaseModel):
    """A block of an extracted text."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    start: int
    end: int
    kind: BlockKind
    level: int
    source_lines: tuple[int, int] | None
    page: int | None


class ArticleJson(BaseModel):
    """An article. Offsets are characters of its text, end exclusive."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    id: str
    title: str
    source: str
    section: str
    published: dt.date | None
    authors: tuple[str, ...]
    url: str
    path: str
    line: int | None
    record_sha256: str
    origin: Origin
    language: str | None
    text: str
    text_sha256: str
    prose: tuple[int, int]
    blocks: tuple[BlockJson, ...]
    source_state: SourceState


def article_json(article: Article, state: SourceState) -> ArticleJson:
    """An article in the form that scripts rely on.

    Args:
        article: the article.
        state: whether its source is as the index recorded it.
    """
    return ArticleJson(
        id=article.id,
        title=article.title,
        source=article.source,
        section=article.section,
        published=article.published,
        authors=article.authors,
        url=article.url,
        path=article.path,
        line=article.line or None,
        record_sha256=article.record_sha256,
        origin=article.origin,
        language=article.language or None,
        text=article.text,
        text_sha256=article.sha256,
        prose=(article.prose.start, article.prose.end),
        blocks=tuple(map(_block_json, article.blocks)),
        source_state=state,
    )


def _block_json(block: Block) -> BlockJson:
    return BlockJson(
        start=block.span.start,
        end=block.span.end,
        kind=block.kind,
        level=block.level,
        source_lines=(block.first_line, block.last_line) if block.first_line else None,
        page=block.page or None,
    )
