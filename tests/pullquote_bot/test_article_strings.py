"""Sentences about articles and their places."""

import pytest

from pullquote_bot.strings.articles import file_line


@pytest.mark.parametrize(
    ("path", "line", "expected"),
    [
        ("news/a.jsonl", 7, "news/a.jsonl, line 7"),
        ("news/a.ndjson.gz", 7, "news/a.ndjson.gz, line 7"),
        ("news/wordpress.json", 7, "news/wordpress.json, record 7"),
        ("news/list.mbox", 2, "news/list.mbox, record 2"),
        ("blog.zip/posts/ferry.md", 3, "blog.zip/posts/ferry.md"),
        ("news/a.txt", 0, "news/a.txt"),
    ],
)
def test_a_line_is_named_only_where_it_is_one(path: str, line: int, expected: str) -> None:
    assert file_line(path, line) == expected
