"""Makes an article of the blocks that were extracted from a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pullquote.corpus.articles import Article
from pullquote_index.readers import problems
from pullquote_index.readers.article_of_text import ArticleSource, article_of_text
from pullquote_index.readers.extraction import ExtractedBlock, joined_blocks, split_headline
from pullquote_index.readers.metadata import Metadata
from pullquote_index.readers.problems import Problem, SourceFile


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
    source = ArticleSource(file.name, file.name, 0, record_sha256)
    yield article_of_text(extraction, metadata, source, headline)
