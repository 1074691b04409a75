"""Reads small files as a build does."""

from __future__ import annotations

import json
from pathlib import Path

from pullquote.corpus.articles import Article
from pullquote_index.readers import reader_for
from pullquote_index.readers.file_articles import file_articles
from pullquote_index.readers.problems import Problem, ReadingOptions, SourceFile

MAX_BYTES = 100_000


def read_file(
    path: Path,
    options: ReadingOptions | None = None,
    root: Path | None = None,
    max_bytes: int = MAX_BYTES,
) -> list[Article | Problem]:
    """The articles of a file, and the problems with it."""
    reader = reader_for(path)
    assert reader, path
    root = root or path.parent
    name = f"news/{path.relative_to(root).as_posix()}"
    file = SourceFile(name, path, root, options or ReadingOptions())
    return list(file_articles(reader, file, max_bytes))


def write(folder: Path, name: str, content: str | bytes | list[object] | dict[str, object]) -> Path:
    """Write a file: text, bytes, or a value as JSON."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, list | dict):
        content = json.dumps(content, ensure_ascii=False)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def articles_in(items: list[Article | Problem]) -> list[Article]:
    """The articles among what was read."""
    return [item for item in items if isinstance(item, Article)]


def problems_in(items: list[Article | Problem]) -> list[str]:
    """The problems among what was read, in words."""
    return [str(item) for item in items if isinstance(item, Problem)]


def only_article(items: list[Article | Problem]) -> Article:
    """The article, where nothing else was read."""
    (item,) = items
    assert isinstance(item, Article), item
    return item
