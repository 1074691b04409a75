"""Reads Markdown with front matter.

If the front matter has no title, a first heading of the first level is the title. The article's
text is what a reader of the page sees (`markdown_text`), kept with the index.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pullquote.corpus.articles import Article
from pullquote.corpus.hashing import sha256_of
from pullquote.corpus.paragraphs import line_number
from pullquote_index.readers.decoding import decode_file
from pullquote_index.readers.extracted_article import extracted_article
from pullquote_index.readers.front_matter import read_front_matter
from pullquote_index.readers.link_lists import is_list_of_links
from pullquote_index.readers.markdown_parser import parse_markdown
from pullquote_index.readers.markdown_text import token_blocks, token_links
from pullquote_index.readers.metadata import read_metadata
from pullquote_index.readers.problems import Problem, SourceFile, without_text
from pullquote_index.readers.time_limit import time_limit

_CODE_SPAN = re.compile(r"(?<!`)`([^`]+)`(?!`)")
"""Code in a headline, which generators of sites show without its marks."""


def read(file: SourceFile, max_bytes: int) -> Iterator[Article | Problem]:
    """Yield the article of a Markdown file, after the problems with its fields.

    Raises:
        OSError: the file cannot be read.
    """
    decoded = decode_file(file, max_bytes)
    if isinstance(decoded, Problem):
        yield decoded
        return
    front_matter = read_front_matter(decoded.text, file.name)
    options = file.options
    metadata = read_metadata(front_matter.fields, file.name, options.fields, options.zone)
    if metadata.draft:
        yield metadata.draft
        return
    metadata = replace(metadata, title=_CODE_SPAN.sub(r"\1", metadata.title))
    text, start = decoded.text, front_matter.body_start
    is_mdx = file.path.suffix.lower() == ".mdx"
    with time_limit():
        tokens = parse_markdown(text[start:], is_mdx=is_mdx)
        blocks = token_blocks(tokens, line_number(text, start))
        is_list = is_list_of_links(blocks, token_links(tokens))
    if is_list:
        yield without_text(file.name, "is a list of links")
        return
    yield from extracted_article(
        file,
        metadata,
        blocks,
        sha256_of(decoded.data),
        "has no text after its front matter",
        (*decoded.notes, *front_matter.problems),
    )
