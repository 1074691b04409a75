"""Whatever a file holds, it is read or reported: no error, and no text that cannot be stored."""

import json
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pullquote.corpus.articles import Article
from pullquote_index.readers.field_names import (
    CONTAINER_NAMES,
    DATE_NAMES,
    TEXT_NAMES,
    TITLE_NAMES,
)
from pullquote_index.readers.problems import Problem, ReadingOptions
from support.reading import read_file, write

NAMES = st.sampled_from(
    [
        *CONTAINER_NAMES,
        *DATE_NAMES,
        *TEXT_NAMES,
        *TITLE_NAMES,
        *"id source url authors byline tags draft status path name rendered $date x".split(),
    ]
) | st.text(max_size=3)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=9)
    | st.sampled_from(
        [
            "�",
            "\x00",
            "{{ x }}",
            "[1]",
            "['a'",
            "9" * 5000,
            "1e400",
            "nan",
            "²",
            "<p>x</p>",
            "Some text.",
            "https://example.org/2024/99/02",
            "2024-02-30",
            "By A and B",
            "draft",
        ]
    )
)
RECORDS = st.dictionaries(
    NAMES,
    st.recursive(
        SCALARS,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
        max_leaves=8,
    ),
    max_size=6,
)
PIECES = st.lists(
    st.sampled_from(
        [
            "---\n",
            "+++\n",
            "title: a",
            "date: b",
            "text",
            "{",
            "}",
            "[",
            "]",
            '"text"',
            '"a"',
            ":",
            ",",
            "\n",
            "\r",
            "\t",
            "'",
            '"',
            "&a",
            "*a",
            "<<: *a",
            "!!python/object:x",
            "|",
            "= 1",
            "\x00",
            "ÿ",
            "é",
            "\ufeff",
            "\u2028",
            "...",
            "{{",
            "}}",
            "\\ud800",
            "Some text.",
        ]
    ),
    max_size=25,
).map("".join)
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "latin-1"])
OPTIONS = st.sampled_from(
    [
        ReadingOptions(),
        ReadingOptions("shift-jis", (("text", "x"), ("published", "article.date"))),
        ReadingOptions("utf-16"),
    ]
)
KINDS = st.sampled_from(["a.md", "a.txt", "a.json", "a.jsonl", "a.csv", "a.tsv", "a.csv.gz"])


def check(name: str, data: bytes, options: ReadingOptions) -> None:
    with tempfile.TemporaryDirectory() as folder:
        items = read_file(write(Path(folder), name, data), options)
    for item in items:
        if isinstance(item, Problem):
            assert str(item).encode()
            continue
        assert isinstance(item, Article)
        assert item.prose.of(item.text).strip()
        assert item.sha256
        for words in (item.id, item.title, item.section, item.source, item.url, *item.authors):
            assert words.encode().decode() == words


@settings(deadline=None)
@given(
    st.lists(RECORDS, min_size=1, max_size=3),
    ENCODINGS,
    OPTIONS,
    st.sampled_from(["a.json", "a.jsonl"]),
)
def test_records_of_any_values(
    records: list[dict[str, object]], encoding: str, options: ReadingOptions, name: str
) -> None:
    text = json.dumps(records) if name == "a.json" else "\n".join(map(json.dumps, records))
    check(name, text.encode(encoding, "replace"), options)


@settings(deadline=None)
@given(KINDS, PIECES, ENCODINGS, OPTIONS)
def test_files_of_any_pieces(name: str, text: str, encoding: str, options: ReadingOptions) -> None:
    check(name, text.encode(encoding, "replace"), options)


@settings(deadline=None)
@given(KINDS, st.binary(max_size=60), OPTIONS)
def test_files_of_any_bytes(name: str, data: bytes, options: ReadingOptions) -> None:
    check(name, data, options)
