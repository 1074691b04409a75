"""Headings such as "Tags" are furniture above a list of links, and headings above prose."""

from pathlib import Path

import pytest

from pullquote.corpus.articles import Article
from pullquote.corpus.blocks import BlockKind
from pullquote_index.readers import reader_for
from pullquote_index.readers.file_articles import file_articles
from pullquote_index.readers.problems import SourceFile


def kind_of(words: str, markdown: str, folder: Path) -> BlockKind:
    """The kind of the block with these words, in an article of Markdown."""
    path = folder / "a.md"
    path.write_text(f"---\ntitle: Git\n---\nGit keeps history.\n\n{markdown}")
    reader = reader_for(path)
    assert reader is not None
    (article,) = file_articles(reader, SourceFile("a.md", path, folder), 1_000_000)
    assert isinstance(article, Article)
    (kind,) = {block.kind for block in article.blocks if block.span.of(article.text) == words}
    return kind


@pytest.mark.parametrize(
    "markdown",
    [
        "## Tags\n\nA tag names a commit.",
        "## Tags\n\n- A tag names a commit.",
        "## Tags\n\n### How to write one\n\nWith git tag.",
        "## Tags\n\n| command | what it does |\n|---|---|\n| tag | names a commit |",
    ],
)
def test_a_heading_above_prose_is_a_heading(markdown: str, tmp_path: Path) -> None:
    assert kind_of("Tags", markdown, tmp_path) is BlockKind.HEADING


@pytest.mark.parametrize(
    "markdown",
    [
        "## Tags",
        "## Tags\n\n- [git](/git)\n- [history](/history)",
        "## Tags\n\n[git](/git), [history](/history)",
        "## Tags\n\n## Licence\n\nIt is free.",
        "## Tags\n\nSubscribe",
    ],
)
def test_a_heading_above_links_or_nothing_is_furniture(markdown: str, tmp_path: Path) -> None:
    assert kind_of("Tags", markdown, tmp_path) is BlockKind.FURNITURE


def test_an_advertisement_is_furniture_wherever_it_is(tmp_path: Path) -> None:
    markdown = "## Share this story\n\nA tag names a commit."
    assert kind_of("Share this story", markdown, tmp_path) is BlockKind.FURNITURE
