"""Markdown with YAML front matter.

    ---
    title: A headline
    published: 2025-10-30
    source: The Example
    ---
    The text …

Every field is optional. Without a title, a first line `# A headline` is the title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import cast

import yaml

from pullquote.corpus.articles import Article
from pullquote.corpus.spans import Span
from pullquote_index.readers.decoding import decode_file, start_after_byte_order_mark
from pullquote_index.readers.metadata import read_metadata
from pullquote_index.readers.problems import Problem, SourceFile

_FRONT_MATTER = re.compile(
    r"---[^\S\r\n]*(?:\r\n|\r|\n)(?P<yaml>.*?)(?<![^\r\n])(?:---|\.\.\.)[^\S\r\n]*(?:\r\n|\r|\n|\Z)",
    re.DOTALL,
)
_HEADING = re.compile(
    r"\s*#[^\S\r\n]+(?P<title>[^\r\n]+?)(?:[^\S\r\n]+#+)?[^\S\r\n]*(?:\r\n|\r|\n|\Z)"
)


class _PlainLoader(yaml.SafeLoader):
    """Safe YAML whose dates and integers stay text: 2025-02-30 is a wrong date, not bad YAML."""


_PlainLoader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag not in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:int")
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(file: SourceFile, max_bytes: int) -> Iterator[Article | Problem]:
    """Yield the one article of a Markdown file.

    Raises:
        OSError: the file cannot be read.
    """
    decoded = decode_file(file, max_bytes)
    if isinstance(decoded, Problem):
        yield decoded
        return
    data, text = decoded
    start = start_after_byte_order_mark(text)
    fields: Mapping[str, object] = {}
    if matter := _FRONT_MATTER.match(text, start):
        parsed = _parse(matter["yaml"], file.name)
        if isinstance(parsed, Problem):
            yield parsed
            return
        fields, start = parsed, matter.end()
    metadata = read_metadata(fields, file.name)
    yield from metadata.problems
    heading = _HEADING.match(text, start)
    if heading and text[heading.end() :].strip():
        start = heading.end()
    if not text[start:].strip():
        yield Problem(file.name, "has no text after its front matter")
        return
    title = metadata.title or (heading["title"] if heading else "")
    yield replace(metadata, title=title).article(
        file.name, text, Span(start, len(text)), file.name, 0, data
    )


def _parse(matter: str, where: str) -> Mapping[str, object] | Problem:
    try:
        fields = yaml.load(matter, Loader=_PlainLoader)  # noqa: S506 - it derives from SafeLoader
    except (
        yaml.YAMLError,
        ValueError,
        RecursionError,
        AttributeError,
        LookupError,
        TypeError,
    ) as error:  # PyYAML's constructors raise all of these
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 2}" if mark else ""
        return Problem(
            f"{where}{line}",
            f"front matter is not YAML ({getattr(error, 'problem', None) or error})",
        )
    if fields is None:
        return {}
    if not isinstance(fields, dict):
        return Problem(where, "front matter is not a list of fields")
    return cast("dict[str, object]", fields)
