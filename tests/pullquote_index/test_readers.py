import datetime as dt
import gzip
import json
from pathlib import Path

import pytest

from pullquote.corpus.articles import Article
from pullquote_index.readers import reader_for
from pullquote_index.readers.problems import Problem, SourceFile
from support.archives import SEEDS

LIMIT = 100_000


def read(path: Path, limit: int = LIMIT) -> list[Article | Problem]:
    reader = reader_for(path)
    assert reader
    return list(reader(SourceFile(f"news/{path.name}", path, path.parent), limit))


def article(path: Path) -> Article:
    (only,) = read(path)
    assert isinstance(only, Article), only
    return only


def problem(path: Path, limit: int = LIMIT) -> str:
    (only,) = read(path, limit)
    assert isinstance(only, Problem)
    assert only.skipped
    return str(only)


def file(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_the_page_in_seeds_is_read_with_its_header_lines() -> None:
    page = article(next(SEEDS.glob("*.txt")))
    assert page.title == "Pakistan Afghanistan Peace Talks Collapse Amid Border Violence"
    assert (page.section, page.published) == ("World News", dt.date(2025, 10, 30))
    assert page.prose.of(page.text).startswith("Failed negotiations in Istanbul")
    assert page.prose.of(page.text).endswith("shows no sign of abating.")
    assert page.sha256 == page.record_sha256


PROSE = "A standfirst about it.\n\nThe body of it."


@pytest.mark.parametrize(
    ("head", "title", "section", "published"),
    [
        (
            "Today : Nov 11, 2025\nWorld News\n30 October 2025\n\nThe headline of it\n\n",
            "The headline of it",
            "World News",
            dt.date(2025, 10, 30),
        ),
        ("Today : Nov 11, 2025\n\nThe headline of it\n\n", "The headline of it", "", None),
        (
            "Today : Nov 11, 2025\n30 October 2025\nThe headline of it\n\n",
            "The headline of it",
            "",
            dt.date(2025, 10, 30),
        ),
        (
            "Today : Nov 11, 2025\nWorld News\n\nThe headline of it\n\n",
            "The headline of it",
            "World News",
            None,
        ),
        (
            "World News\n30 October 2025\n\nThe headline of it\n\n",
            "The headline of it",
            "World News",
            dt.date(2025, 10, 30),
        ),
        (
            "30 October 2025\n\nThe headline of it\n\n",
            "The headline of it",
            "",
            dt.date(2025, 10, 30),
        ),
        ("The headline of it\n\n", "The headline of it", "", None),
        ("\ufeff\r\n\r\nThe headline of it\r\n\r\n", "The headline of it", "", None),
    ],
)
def test_header_lines_are_recognised(
    tmp_path: Path, head: str, title: str, section: str, published: dt.date | None
) -> None:
    page = article(file(tmp_path, "a.txt", head + PROSE))
    assert (page.title, page.section, page.published) == (title, section, published)
    assert page.prose.of(page.text) == PROSE
    assert page.text == head + PROSE, "the text is unchanged, with its line endings"


def test_the_day_a_page_was_saved_is_never_its_date(tmp_path: Path) -> None:
    assert (
        article(
            file(tmp_path, "a.txt", "Today : Nov 11, 2025\nThe headline of it\n\n" + PROSE)
        ).published
        is None
    )


def test_a_text_of_one_line_can_be_quoted(tmp_path: Path) -> None:
    page = article(file(tmp_path, "a.txt", "Only this line."))
    assert page.prose.of(page.text) == "Only this line."


def test_a_first_line_as_long_as_a_paragraph_is_prose(tmp_path: Path) -> None:
    page = article(file(tmp_path, "a.txt", "word " * 80 + "\n\nMore."))
    assert page.title == ""
    assert page.prose.start == 0


def test_the_standfirst_can_be_quoted_if_there_is_no_headline(tmp_path: Path) -> None:
    standfirst = "Failed negotiations follow deadly clashes, leaving the border on edge."
    page = article(
        file(
            tmp_path,
            "a.txt",
            f"Today : Nov 11, 2025\nWorld News\n30 October 2025\n\n{standfirst}\n\nThe body of it.",
        )
    )
    assert (page.title, page.section) == ("", "World News")
    assert page.prose.of(page.text).startswith(standfirst)
    page = article(
        file(
            tmp_path,
            "b.txt",
            f"Border talks fail\n30 October 2025\n\n{standfirst}\n\nThe body of it.",
        )
    )
    assert (page.title, page.section) == ("Border talks fail", "")
    assert page.prose.of(page.text).startswith(standfirst)


@pytest.mark.parametrize(
    "matter",
    ["published: 2025-02-30", "published: soon", "title: 0x" + "f" * 6000, "authors: {a: b}"],
)
def test_an_article_is_read_without_a_field_that_cannot_be_used(
    tmp_path: Path, matter: str
) -> None:
    items = read(file(tmp_path, "a.md", f"---\n{matter}\n---\nThe text.\n"))
    assert isinstance(items[-1], Article)
    assert all(isinstance(item, Problem) and not item.skipped for item in items[:-1])


MATTER = """---
title: 'A: headline'
published: 2025-10-30
source: The Quay
url: https://example.org/a
authors: [A. One, B. Two]
section: Local
x: 1
---
"""


def test_markdown_is_read_with_its_front_matter(tmp_path: Path) -> None:
    page = article(file(tmp_path, "a.md", MATTER + "The text.\n"))
    assert (page.title, page.published, page.source, page.section) == (
        "A: headline",
        dt.date(2025, 10, 30),
        "The Quay",
        "Local",
    )
    assert (page.url, page.authors) == ("https://example.org/a", ("A. One", "B. Two"))
    assert page.prose.of(page.text) == "The text."
    assert page.text == "The text."


def test_markdown_without_a_title_takes_its_first_heading(tmp_path: Path) -> None:
    page = article(file(tmp_path, "a.md", "# A headline #\n\nThe text.\n"))
    assert page.title == "A headline"
    assert page.prose.of(page.text).strip() == "The text."


def test_a_page_that_only_has_front_matter_is_left_out_and_is_no_mistake(tmp_path: Path) -> None:
    (only,) = read(file(tmp_path, "_index.md", MATTER))
    assert isinstance(only, Problem)
    assert str(only) == "news/_index.md: has no text after its front matter; left out"
    assert only.is_expected


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.jsonl"])
def test_an_empty_file_is_a_problem(tmp_path: Path, name: str) -> None:
    assert problem(file(tmp_path, name, "")) == f"news/{name}: is empty; skipped"


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"PK\x03\x04\x00\x00", "is binary"),
        (b"a" * (LIMIT + 1), "is larger than 100,000 bytes"),
    ],
)
def test_a_file_that_is_not_text_is_a_problem(
    tmp_path: Path, name: str, content: bytes, expected: str
) -> None:
    assert expected in problem(file(tmp_path, name, content))


def test_json_lines_are_read_plain_and_gzipped(tmp_path: Path) -> None:
    record = {
        "id": 7,
        "title": "T",
        "text": "Some text.",
        "published": "2025-10-30",
        "authors": "A. One",
        "source": "S",
        "section": "X",
        "unknown": {},
    }
    line = json.dumps(record).encode()
    plain = article(file(tmp_path, "a.jsonl", b"\xef\xbb\xbf" + line + b"\r\n\n"))
    zipped = article(file(tmp_path, "b.jsonl.gz", gzip.compress(line + b"\n")))
    assert (plain.id, plain.title, plain.published, plain.authors, plain.line) == (
        "7",
        "T",
        dt.date(2025, 10, 30),
        ("A. One",),
        1,
    )
    assert zipped.text == plain.text == "Some text."


def test_the_id_of_a_record_without_one_is_its_file_and_line(tmp_path: Path) -> None:
    assert article(file(tmp_path, "a.jsonl", '\n{"text": "Some text."}\n')).id == "news/a.jsonl:2"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("{", "is not JSON"),
        ("[" * 90_000, "is not JSON"),
        ("[]", "is not a JSON object"),
        ("{}", "has no text"),
        ('{"text": "  "}', "has no text"),
        ('{"text": 3}', "text is not a string"),
        ('{"text": "a", "id": []}', "id is neither"),
        ('{"text": "\\ud800"}', "half of a surrogate pair"),
    ],
)
def test_a_bad_line_is_a_problem_and_the_others_are_read(
    tmp_path: Path, line: str | bytes, expected: str
) -> None:
    raw = line if isinstance(line, bytes) else line.encode()
    first, second = read(file(tmp_path, "a.jsonl", raw + b'\n{"text": "Fine."}\n'))
    assert isinstance(first, Problem)
    assert str(first).startswith("news/a.jsonl:1: ")
    assert expected in str(first)
    assert isinstance(second, Article)


def test_a_line_that_is_too_long_is_skipped_without_being_kept_in_memory(tmp_path: Path) -> None:
    huge = b'{"text": "' + b"a" * 50_000_000 + b'"}'
    first, second = read(file(tmp_path, "a.jsonl", huge + b'\n{"text": "Fine."}'))
    assert isinstance(first, Problem)
    assert "is longer than 100,000 bytes" in str(first)
    assert isinstance(second, Article)
    assert second.line == 2


def test_a_gzip_file_that_is_cut_short_is_read_as_far_as_possible(tmp_path: Path) -> None:
    lines = b"".join(
        json.dumps({"text": f"Article {n} {'x' * 200}"}).encode() + b"\n" for n in range(500)
    )
    *articles, last = read(file(tmp_path, "a.jsonl.gz", gzip.compress(lines)[:-200]))
    assert articles
    assert isinstance(last, Problem)
    assert "is not a whole gzip file" in str(last)
    assert "is not a whole gzip file" in problem(file(tmp_path, "b.jsonl.gz", b"no gzip at all"))


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ('"published": "soon"', "published is not a date"),
        ('"url": "javascript:alert(1)"', "url is not an http or https address"),
        ('"authors": 3', "authors is not a list of names"),
        ('"title": [true]', "title is not a line of text"),
    ],
)
def test_a_record_is_read_without_a_field_that_cannot_be_used(
    tmp_path: Path, field: str, expected: str
) -> None:
    first, second = read(file(tmp_path, "a.jsonl", '{"text": "Fine.", ' + field + "}"))
    assert isinstance(first, Problem)
    assert expected in str(first)
    assert not first.skipped
    assert isinstance(second, Article)
    assert (second.published, second.url, second.authors, second.title) == (None, "", (), "")
