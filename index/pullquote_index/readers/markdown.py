"""Reads Markdown with YAML front matter.

    ---
    title: A headline
    published: 2025-10-30
    source: The Example
    ---
    The text …

Every field is optional. If there is no title, a first heading of the first level is the title. The
article's text is what a reader of the page sees (`markdown_text`), kept with the index.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import cast

import yaml

from pullquote.corpus.articles import Article
from pullquote.corpus.hashing import sha256_of
from pullquote.corpus.paragraphs import line_number
from pullquote_index.readers.decoding import byte_order_mark_length, decode_file
from pullquote_index.readers.extracted_article import extracted_article
from pullquote_index.readers.markdown_text import markdown_blocks
from pullquote_index.readers.metadata import read_metadata
from pullquote_index.readers.problems import Problem, SourceFile

_FRONT_MATTER = re.compile(
    r"---[^\S\r\n]*(?:\r\n|\r|\n)(?P<yaml>.*?)(?<![^\r\n])(?:---|\.\.\.)[^\S\r\n]*(?:\r\n|\r|\n|\Z)",
    re.DOTALL,
)
_PARSER_ERRORS = (
    yaml.YAMLError,
    ValueError,
    RecursionError,
    AttributeError,
    LookupError,
    TypeError,
)
"""What PyYAML raises. Its constructors let many kinds of errors pass."""


class _PlainLoader(yaml.SafeLoader):
    """Loads plain values; dates and numbers stay text.

    So `2025-02-30` is a wrong date and not wrong YAML.
    """


_PlainLoader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag not in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:int")
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(file: SourceFile, max_bytes: int) -> Iterator[Article | Problem]:
    """Yield the article of a Markdown file, after the problems with its fields.

    Raises:
        OSError: the file cannot be read.
    """
    decoded = decode_file(file, max_bytes)
    if isinstance(decoded, Problem):
        yield decoded
        return
    data, text = decoded
    split = _split_front_matter(text, file.name)
    if isinstance(split, Problem):
        yield split
        return
    fields, start = split
    metadata = read_metadata(fields, file.name)
    blocks = markdown_blocks(
        text[start:], line_number(text, start), is_mdx=file.path.suffix.lower() == ".mdx"
    )
    yield from extracted_article(
        file, metadata, blocks, sha256_of(data), "has no text after its front matter"
    )


def _split_front_matter(text: str, where: str) -> tuple[Mapping[str, object], int] | Problem:
    """The fields of a text's front matter and the end of it, or why it cannot be used."""
    start = byte_order_mark_length(text)
    front_matter = _FRONT_MATTER.match(text, start)
    if front_matter is None:
        return {}, start
    fields = _parse(front_matter["yaml"], where)
    return fields if isinstance(fields, Problem) else (fields, front_matter.end())


def _parse(front_matter: str, where: str) -> Mapping[str, object] | Problem:
    """The fields of front matter, or why there are none."""
    try:
        fields = yaml.load(front_matter, Loader=_PlainLoader)  # noqa: S506 - a SafeLoader
    except _PARSER_ERRORS as error:
        mark = getattr(error, "problem_mark", None)
        # A mark counts from 0, and the front matter begins on the second line.
        line = f":{mark.line + 2}" if mark else ""
        reason = getattr(error, "problem", None) or error
        return Problem(f"{where}{line}", f"front matter is not YAML ({reason})")
    if fields is None:
        return {}
    if not isinstance(fields, dict):
        return Problem(where, "front matter is not a list of fields")
    return cast("dict[str, object]", fields)
