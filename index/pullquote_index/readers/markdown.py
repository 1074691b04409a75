"""Reads Markdown with front matter.

If the front matter has no title, a first line `# A headline` is the title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pullquote.corpus.articles import Article, ArticleId
from pullquote.corpus.hashing import sha256_of
from pullquote.corpus.spans import Span
from pullquote_index.readers.decoding import decode_file
from pullquote_index.readers.front_matter import read_front_matter
from pullquote_index.readers.metadata import read_metadata
from pullquote_index.readers.problems import Problem, SourceFile, without_text

_HEADING = re.compile(
    r"\s*#[^\S\r\n]+(?P<title>[^\r\n]+?)(?:[^\S\r\n]+#+)?[^\S\r\n]*(?:\r\n|\r|\n|\Z)"
)


def read(file: SourceFile, max_bytes: int) -> Iterator[Article | Problem]:
    """Yield the article of a Markdown file, after the problems with its fields.

    Raises:
        OSError: the file cannot be read.
    """
    decoded = decode_file(file, max_bytes)
    if isinstance(decoded, Problem):
        yield decoded
        return
    data, text, notes = decoded
    front_matter = read_front_matter(text, file.name)
    metadata = read_metadata(front_matter.fields, file.name, file.options.fields)
    if metadata.draft:
        yield metadata.draft
        return
    start = front_matter.body_start
    heading = _HEADING.match(text, start)
    if heading and text[heading.end() :].strip():
        start = heading.end()
    if not text[start:].strip():
        yield without_text(file.name, "has no text after its front matter")
        return
    yield from (*notes, *front_matter.problems, *metadata.problems)
    yield Article(
        id=ArticleId(file.name),
        title=metadata.title or (heading["title"] if heading else ""),
        text=text,
        prose=Span(start, len(text)),
        published=metadata.published,
        section=metadata.section,
        source=metadata.source,
        url=metadata.url,
        authors=metadata.authors,
        path=file.name,
        line=0,
        record_sha256=sha256_of(data),
    )
