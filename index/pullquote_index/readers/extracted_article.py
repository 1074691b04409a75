"""Makes an article of the blocks that were extracted from a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pullquote.corpus.articles import Article, ArticleId, Origin
from pullquote.corpus.spans import Span
from pullquote_index.readers import problems
from pullquote_index.readers.extraction import ExtractedBlock, joined_blocks, split_headline
from pullquote_index.readers.metadata import Metadata
from pullquote_index.readers.problems import Problem, SourceFile


# Longer than 40 lines because an article has many fields.
def extracted_article(
    file: SourceFile,
    metadata: Metadata,
    blocks: list[ExtractedBlock],
    record_sha256: str,
    without_text: str,
    notes: Sequence[Problem] = (),
) -> Iterator[Article | Problem]:
    """Yield the problems with an article's fields, then the article.

    Args:
        file: the file, which is one article.
        metadata: its fields. Without a title, a first heading of the first level is the headline.
        blocks: its blocks, in order.
        record_sha256: the hash of its bytes.
        without_text: what is wrong with it if no block may be quoted.
        notes: what else is wrong with the file.
    """
    headline, blocks = split_headline(blocks, metadata.title)
    extraction = joined_blocks(blocks)
    if not any(block.is_quotable for block in extraction.blocks):
        yield problems.without_text(file.name, without_text)
        return
    yield from (*notes, *metadata.problems)
    yield Article(
        id=ArticleId(file.name),
        title=metadata.title or headline,
        text=extraction.text,
        prose=Span(0, len(extraction.text)),
        published=metadata.published,
        section=metadata.section,
        source=metadata.source,
        url=metadata.url,
        authors=metadata.authors,
        path=file.name,
        line=0,
        record_sha256=record_sha256,
        origin=Origin.EXTRACTED,
        blocks=extraction.blocks,
        language=metadata.language,
    )
