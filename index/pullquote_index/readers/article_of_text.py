"""Makes an article of a text and its metadata."""

from __future__ import annotations

from dataclasses import dataclass

from pullquote.corpus.articles import Article, ArticleId, Origin
from pullquote.corpus.spans import Span
from pullquote_index.readers import field_lengths
from pullquote_index.readers.extraction import Extraction
from pullquote_index.readers.field_lengths import shortened
from pullquote_index.readers.metadata import Metadata


@dataclass(frozen=True, slots=True)
class ArticleSource:
    """Where an article was read.

    Attributes:
        id: the article's id.
        path, line, record_sha256: as in `Article`.
    """

    id: str
    path: str
    line: int
    record_sha256: str


def article_of_text(
    text: Extraction, metadata: Metadata, source: ArticleSource, title: str = ""
) -> Article:
    """The article with this text. All of it is prose.

    Args:
        text: the text; with blocks if it was extracted.
        metadata: the article's fields.
        source: where it was read.
        title: the headline if the fields have none.
    """
    return Article(
        id=ArticleId(source.id),
        title=metadata.title or shortened(title, field_lengths.TITLE),
        text=text.text,
        prose=Span(0, len(text.text)),
        published=metadata.published,
        section=metadata.section,
        source=metadata.source,
        url=metadata.url,
        authors=metadata.authors,
        path=source.path,
        line=source.line,
        record_sha256=source.record_sha256,
        origin=Origin.EXTRACTED if text.blocks else Origin.FILE,
        blocks=text.blocks,
        language=metadata.language,
    )
