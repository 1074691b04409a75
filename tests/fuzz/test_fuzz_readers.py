"""Whatever bytes a file has, its reader ends with articles or problems, and they can be cut."""

import contextlib
import gzip
import io
import json
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.corpus.articles import Article
from pullquote.english.dates import sane_day
from pullquote_index.readers import field_lengths, reader_for
from pullquote_index.readers.documents import worker
from pullquote_index.readers.documents.document import articles_of
from pullquote_index.readers.file_articles import file_articles
from pullquote_index.readers.problems import Problem, SourceFile
from pullquote_index.steps.attribute import attributions_of
from pullquote_index.steps.find_stories import notes_of, signature_of
from pullquote_index.steps.tiling import tile_article
from support.reading import MAX_BYTES

# What each format is made of. A file is a sequence of these and of any text, some repeated.
PIECES = {
    ".txt": (
        "Today : May 1, 2020\n", "World News\n", "30 October 2025\n", "9999-12-31\n", "By A B\n",
        "Published: 1 May 0001\n", "A headline\n\n", "One sentence. ", "“No.” ", "1. ", "! ", "\n",
        "\r", "\x0c", "\u2028", "漢。", "\u0301", "\ud800", "Read more: x\n", "a" * 300,
    ),
    ".md": (
        "---\n", "+++\n", "{\n", "}\n", "title: a\n", "date: 9999-12-31\n", "a: &a [*a]\n",
        "<<: *a\n", "a: !!int 1:59\n", "a: !!float 1:59.5\n", "a: !!binary x\n", "# a\n", "- a\n",
        "> a\n", "[a](b)", "[a]: b\n", "[^a]", "![", "`", "``", "**", "~~", "|a|b|\n|-|-|\n", "<b>",
        "</b>", "<!--", "&#x41;", "&#99999999999;", "{{< a >}}", "{% raw %}", "[[a]]", "$$", "\n\n",
        "A sentence. ", "    a\n", "```\n", ": a\n", "!!! note\n",
    ),
    ".mdx": ("import a from 'b'\n", "export const a\n", "<A b={", "}>", "{/*", "*/}", "a ", "\n\n"),
    ".html": (
        "<html>", "<body>", "<p>", "</p>", "<div hidden>", "<a href=b>", "</a>", "<table><tr><td>",
        "</table>", "<ul><li>", "<h1>", "<br>", "<script>", "<style>", "<!--", "-->", "<![CDATA[",
        "<meta property=og:title content=a>", "<time datetime=2020-01-01>", "&#", "&lt;", "<pre>",
        '<script type="application/ld+json">{"@type":"Article","headline":"a"}</script>',
        "A sentence of several words stands here. ", "\x00", "<", '"', "---\ntitle: a\n---\n",
    ),
    ".json": (
        "[", "]", "{", "}", ",", ":", '"text"', '"title"', '"published"', '"a"', "9999999999999",
        "1e400", "NaN", "null", '"\\ud800"', '"<p>a</p><ul><li>"', '"9999-12-31"', " ", "\n",
        '{"text":"A text."}', '{"id":"' + "x" * 600 + '","text":"A text."}', "\ufeff",
    ),
    ".csv": ("text,title\n", "text;id\n", "a,b\n", '"', ",", ";", "\t", "\r", "\n", "a\n", "\x00"),
    ".eml": (
        "From: A <a@b.org>\n", "Subject: a\n", "Subject: =?utf-8?q?=ff?=\n", "Date: 1 May 9999\n",
        "Content-Type: multipart/mixed; boundary=x\n", "Content-Type: text/html\n", "\n", "--x\n",
        "Content-Transfer-Encoding: base64\n", "--x--\n", "> a\n", "A text. ", "<p>a", "-- \n",
        "From a Thu Jan  1 00:00:00 1970\n", "Message-ID: <a>\n", "\xff",
    ),
    ".rss": (
        '<?xml version="1.0"?>', "<rss>", "<channel>", "<item>", "<title>", "</title>", "</item>",
        "<description>", "</description>", "</channel>", "</rss>", "&lt;p&gt;", "&a;", "<![CDATA[",
        "]]>", "<pubDate>Fri, 31 Dec 9999 00:00:00 GMT</pubDate>", "A text. ", "<feed>", "<entry>",
        '<!DOCTYPE a [<!ENTITY a "b">]>', "<content>", "</content>",
    ),
}  # fmt: skip
PIECES[".jsonl"] = PIECES[".json"]
PIECES[".tsv"] = PIECES[".csv"]
IN_WORKER = {".eml": "mail", ".rss": "feed"}


def texts(suffix: str) -> st.SearchStrategy[str]:
    """Files that are made of what their format is made of, some of it very often."""
    piece = st.sampled_from(PIECES[suffix]) | st.text(max_size=5)
    often = st.tuples(piece, st.sampled_from([1, 1, 1, 2, 30, 400])).map(lambda p: p[0] * p[1])
    return st.lists(often, max_size=12).map("".join)


def encoded(text: str) -> bytes:
    return text.encode(errors="surrogatepass")


def check(name: str, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = SourceFile(f"news/{name}", Path(folder, name), Path(folder))
        file.path.write_bytes(data)
        kind = IN_WORKER.get(Path(name).suffix)
        if kind:  # the parser of this process, which a process of its own runs in a build
            found = worker.read_documents(kind, file.path, file.name, MAX_BYTES)
            items = list(articles_of(found, file, MAX_BYTES))
        else:
            reader = reader_for(file.path)
            assert reader is not None
            items = list(file_articles(reader, file, MAX_BYTES))
    for item in items:
        if isinstance(item, Article):
            check_article(item)
        else:
            check_problem(item)


def check_article(article: Article) -> None:
    assert len(article.title) <= field_lengths.TITLE
    assert len(article.id) <= field_lengths.ID
    assert len(article.url) <= field_lengths.ADDRESS
    assert article.published is None or article.published == sane_day(article.published)
    end = article.prose.start
    for span, sentences in tile_article(article, 120):
        assert span.start == end
        end = span.end
        assert all(sentence.of(article.text).strip() for sentence in sentences)
    attributions_of(article)
    signature_of(article)
    notes_of(article)


def check_problem(problem: Problem) -> None:
    assert len(str(problem).encode()) < 2_000
    assert "\n" not in str(problem)


@pytest.mark.parametrize("suffix", PIECES)
@given(data=st.data())
def test_a_file_of_pieces_of_its_format_is_read_or_reported(
    suffix: str, data: st.DataObject
) -> None:
    text = data.draw(texts(suffix))
    check(f"a{suffix}", encoded(text))


@given(texts(".html"), st.sampled_from(["description", "content:encoded", "title", "body"]))
def test_html_in_a_feed_or_in_a_field_is_read_or_reported(html: str, name: str) -> None:
    escaped = html.replace("&", "&amp;").replace("<", "&lt;").replace("\0", "")
    feed = f"<rss><channel><item><title>a</title><{name}>{escaped}</{name}></item></channel></rss>"
    check("a.rss", encoded(feed))
    check("a.jsonl", json.dumps({"text": "A text.", name: html}).encode())


@given(st.sampled_from(sorted(PIECES)), st.binary(max_size=300))
def test_a_file_of_any_bytes_is_read_or_reported(suffix: str, data: bytes) -> None:
    check(f"a{suffix}", data)


@given(st.sampled_from([".jsonl", ".json", ".csv"]), st.data())
def test_a_gzip_file_that_is_cut_short_is_read_or_reported(
    suffix: str, data: st.DataObject
) -> None:
    packed = gzip.compress(encoded(data.draw(texts(suffix))))
    check(f"a{suffix}.gz", packed[: data.draw(st.integers(0, len(packed)))])


@given(st.data())
def test_a_zip_file_whose_bytes_are_changed_is_read_or_reported(data: st.DataObject) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("a.txt", "../b.md", "c.jsonl"):
            archive.writestr(name, encoded(data.draw(texts(Path(name).suffix))))
    changed = bytearray(packed.getvalue())
    for _ in range(data.draw(st.integers(0, 3))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    check("a.zip", bytes(changed))


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=9)
    | st.sampled_from(["9" * 5_000, "x" * 3_000, "0001-01-01", "<p>" * 200, "&#" + "9" * 5_000]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
NAMES = "text title id published source section url authors language draft tags metadata"


@given(st.lists(st.dictionaries(st.sampled_from(NAMES.split()), VALUES), max_size=3))
def test_records_of_any_values_are_read_or_reported(records: list[dict[str, object]]) -> None:
    with contextlib.suppress(ValueError):  # an integer that json does not write
        check("a.jsonl", "\n".join(map(json.dumps, records)).encode())
