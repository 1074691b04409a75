"""JSON Lines, JSON and CSV as public dumps write them."""

import csv
import datetime as dt
import gzip
import io
import json
from pathlib import Path

import pytest

from pullquote.corpus.articles import Article, Origin
from pullquote_index.readers import json_array
from pullquote_index.readers.problems import Problem, ProblemKind
from pullquote_index.readers.text_field import is_html, text_of_field
from support.reading import MAX_BYTES, articles_in, only_article, problems_in, read_file, write

TEXT = "Output in Norrvik grew by 1.4 percent in the third quarter."
URL = "https://example.org/a"
DAY = dt.date(2024, 3, 3)

DUMPS: dict[str, dict[str, object]] = {
    "newspaper3k": {
        "title": "Growth",
        "authors": ["Ana Lind"],
        "publish_date": "2024-03-03 00:00:00",
        "text": TEXT,
        "source_url": "https://example.org",
        "url": URL,
        "summary": "Short.",
    },
    "trafilatura": {
        "title": "Growth",
        "author": "Ana Lind",
        "hostname": "example.org",
        "date": "2024-03-03",
        "sitename": "example.org",
        "categories": "",
        "source": URL,
        "text": TEXT,
        "raw_text": "Other text.",
    },
    "CC-News": {
        "title": "Growth",
        "text": TEXT,
        "domain": "www.example.org",
        "date": "2024-03-03 10:00:00",
        "description": "Short.",
        "url": URL,
        "authors": "Ana Lind",
        "image_url": "https://example.org/i.jpg",
    },
    "news-please": {
        "authors": ["Ana Lind"],
        "date_download": "2024-06-01 00:00:00",
        "date_modify": None,
        "date_publish": "2024-03-03 17:03:00",
        "description": "Short",
        "maintext": TEXT,
        "source_domain": "www.example.org",
        "title": "Growth",
        "url": URL,
    },
    "the New York Times": {
        "_id": "nyt://1",
        "headline": {"main": "Growth", "kicker": None},
        "abstract": "Short.",
        "lead_paragraph": TEXT,
        "pub_date": "2024-03-03T05:00:00+0000",
        "byline": {"original": "By Ana Lind", "person": []},
        "web_url": URL,
        "source": "example.org",
        "keywords": [{"name": "x"}],
        "document_type": "article",
    },
    "Guardian": {
        "id": "a",
        "webPublicationDate": "2024-03-03T05:00:00Z",
        "webUrl": URL,
        "fields": {"headline": "Growth", "byline": "Ana Lind", "bodyText": TEXT},
        "publication": "example.org",
    },
    "JSON Feed": {
        "id": "a",
        "url": URL,
        "title": "Growth",
        "content_text": TEXT,
        "date_published": "2024-03-03T05:00:00Z",
        "authors": [{"name": "Ana Lind"}],
        "source": "example.org",
    },
    "Ghost": {
        "id": "1",
        "title": "Growth",
        "plaintext": TEXT,
        "html": f"<p>{TEXT}</p>",
        "status": "published",
        "published_at": "2024-03-03T05:00:00.000Z",
        "created_at": "2024-01-01T05:00:00.000Z",
        "url": URL,
        "primary_author": {"name": "Ana Lind"},
        "site": "example.org",
    },
    "WordPress": {
        "id": 5,
        "date": "2024-03-03T10:00:00",
        "modified": "2024-05-03T10:00:00",
        "status": "publish",
        "link": URL,
        "title": {"rendered": "Growth"},
        "content": {"rendered": TEXT, "protected": False},
        "excerpt": {"rendered": "Short."},
        "author": 12,
        "categories": [1, 5],
        "_embedded": {
            "author": [{"id": 12, "name": "Ana Lind"}],
            "wp:term": [[{"name": "Town"}], []],
        },
        "yoast_head_json": {"title": "Growth - The Quay", "og_site_name": "example.org"},
    },
    "BiasLens": {
        "title": "Growth",
        "content": TEXT,
        "source": "example.org",
        "date": "2024-03-03",
        "author": "Ana Lind",
        "link": URL,
    },
    "2024-ai-news-perspectives": {
        "PUBLISHED_DATE": "2024-03-03",
        "CONTENT_TITLE": "Growth",
        "TEXT": TEXT,
        "AUTHOR": "Ana Lind",
        "SITE": "example.org",
        "URL": URL,
    },
    "Elasticsearch": {
        "_index": "news",
        "_id": "1",
        "_source": {
            "title": "Growth",
            "body": TEXT,
            "published": "2024-03-03",
            "author": "Ana Lind",
            "source": "example.org",
            "url": URL,
        },
    },
    "epoch": {
        "title": "Growth",
        "article": {"body": TEXT},
        "published": 1709456400,
        "byline": "By Ana Lind",
        "source": {"name": "example.org", "url": "https://example.org"},
        "permalink": URL,
    },
    "paragraphs": {
        "headline": "Growth",
        "paragraphs": [TEXT],
        "posted_on": "2024-03-03",
        "writer": "Ana Lind",
        "publisher": {"name": "example.org"},
        "canonicalUrl": URL,
    },
}


@pytest.mark.parametrize("name", DUMPS)
@pytest.mark.parametrize("kind", ["jsonl", "json", "object.json"])
def test_the_records_of_public_dumps_are_read_as_they_are(
    tmp_path: Path, name: str, kind: str
) -> None:
    record = DUMPS[name]
    content = {"jsonl": json.dumps(record), "json": json.dumps([record])}.get(kind)
    path = write(tmp_path, f"a.{kind}", content or record)
    found = only_article(read_file(path))
    assert (found.text, found.published) == (TEXT, DAY)
    assert found.title == "Growth"
    assert (found.url, found.authors) == (URL, ("Ana Lind",))
    assert name != "WordPress" or found.section == "Town"
    assert found.source == ("" if name == "newspaper3k" else "example.org")


def test_posts_of_wordpress_are_read_and_those_that_nobody_sees_are_drafts(tmp_path: Path) -> None:
    posts: list[object] = [
        {
            "id": number,
            "date": "2024-05-02T10:00:00",
            "guid": {"rendered": "https://sea.example/?p=7"},
            "link": "https://sea.example/ferry",
            "status": status,
            "type": "post",
            "title": {"rendered": "The ferry&#8217;s <em>fares</em> &#8211; again"},
            "content": {"rendered": "<h2>Fares</h2>\n<p>Two&nbsp;crowns.</p>\n<p>And back.</p>"},
            "_embedded": {
                "author": [{"id": 3, "name": "Ada"}],
                "wp:term": [
                    [{"taxonomy": "category", "name": "Sea &amp; coast"}],
                    [{"taxonomy": "post_tag", "name": "Fares"}],
                ],
            },
        }
        for number, status in enumerate(("publish", "draft", "private"), 1)
    ]
    items = read_file(write(tmp_path, "a.json", posts))
    found = only_article([item for item in items if isinstance(item, Article)])
    assert (found.id, found.title) == ("1", "The ferry’s fares – again")
    assert (found.published, found.authors) == (dt.date(2024, 5, 2), ("Ada",))
    assert (found.url, found.section) == ("https://sea.example/ferry", "Sea & coast")
    assert [(block.kind.value, block.span.of(found.text)) for block in found.blocks] == [
        ("heading", "Fares"),
        ("paragraph", "Two crowns."),
        ("paragraph", "And back."),
    ]
    drafts = [item for item in items if isinstance(item, Problem)]
    assert [(draft.where, draft.kind) for draft in drafts] == [
        ("news/a.json:2", ProblemKind.DRAFT),
        ("news/a.json:3", ProblemKind.DRAFT),
    ]


@pytest.mark.parametrize(
    ("content", "count"),
    [
        ([{"text": "One."}, {"text": "Two."}], 2),
        ({"status": "ok", "articles": [{"text": "One."}, {"text": "Two."}]}, 2),
        (
            {
                "db": [
                    {
                        "meta": {},
                        "data": {"posts": [{"plaintext": "One."}], "tags": [{"name": "x"}]},
                    }
                ]
            },
            1,
        ),
        ({"response": {"docs": [{"lead_paragraph": "One."}]}}, 1),
        ({"hits": {"hits": [{"_source": {"body": "One."}}, {"_source": {"body": "Two."}}]}}, 2),
        ({"title": "One", "text": "One article.", "comments": [{"text": "no"}]}, 1),
        ('{"text": "One."}\n{"text": "Two."}\n', 2),
        ("\ufeff[\n" + '{"text": "One."},\n{"text": "Two."}\n]\n', 2),
        ('[{"text": "One."}{"text": "Two."}]', 2),
    ],
)
def test_a_json_file_is_an_array_an_article_or_an_object_with_an_array(
    tmp_path: Path, content: str | list[object] | dict[str, object], count: int
) -> None:
    found = articles_in(read_file(write(tmp_path, "a.json", content)))
    assert len(found) == count
    assert found[0].text.startswith("One")


def test_an_array_is_read_in_pieces_and_each_record_has_its_number_and_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_array, "_BLOCK", 7)
    records = [{"text": f"Räksmörgås number {n}. " + "x" * n, "id": f"i{n}"} for n in range(60)]
    text = json.dumps(records, ensure_ascii=False, indent=1)
    found = articles_in(read_file(write(tmp_path, "a.json", text)))
    assert [(article.id, article.line, article.text) for article in found] == [
        (record["id"], number, record["text"]) for number, record in enumerate(records, 1)
    ]
    assert len({article.record_sha256 for article in found}) == 60


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", "is empty"),
        ("[]", "is empty"),
        ("[", "is not JSON"),
        ('[{"text": "A."}, {"text":', "the rest of the file is not read"),
        ("[" * 5_000, "is not JSON"),
        ('{"a": ', "is not JSON"),
        ('"a"', "begins with neither"),
        ('[{"text": "A."}, 3]', "is not a JSON object"),
        (
            '[{"name": "x", "kop": 1}, {"kop": 2}]',
            "has no text in any of its records; their fields are name, kop",
        ),
        ('[{"kop": 1}, {"text": "A."}]', "the first record has no text; the fields are kop"),
        ('{"name": "x", "version": "1"}', "holds no article; its fields are name, version"),
        ('[{"text": "' + "a" * MAX_BYTES + '"}]', "has an article of more than 100,000 bytes"),
        ('{"text": "' + "a" * MAX_BYTES + '"}', "is larger than 100,000 bytes"),
    ],
)
def test_a_json_file_that_cannot_be_read_says_why(
    tmp_path: Path, content: str, expected: str
) -> None:
    assert expected in problems_in(read_file(write(tmp_path, "a.json", content)))[0]


def test_a_record_without_text_says_which_fields_it_has(tmp_path: Path) -> None:
    path = write(
        tmp_path, "a.jsonl", '{"kop": "Mill", "inhoud": "The mill."}\n{"raw_text": null}\n'
    )
    assert problems_in(read_file(path)) == [
        (
            "news/a.jsonl:1: has no text; its fields are kop, inhoud "
            "(name the one with the text in [articles.fields]); skipped"
        ),
        "news/a.jsonl:2: has no text; skipped",
    ]


def test_a_summary_is_the_text_only_of_a_record_that_has_no_field_for_the_text(
    tmp_path: Path,
) -> None:
    path = write(tmp_path, "a.jsonl", '{"summary": "A robot serves soup."}\n')
    assert only_article(read_file(path)).text == "A robot serves soup."
    path = write(tmp_path, "b.jsonl", '{"maintext": null, "summary": "A robot serves soup."}\n')
    assert problems_in(read_file(path)) == ["news/b.jsonl:1: has no text; skipped"]


def test_paragraphs_in_a_list_become_blocks(tmp_path: Path) -> None:
    record = {"paragraphs": ["One  line.", "", "Two."]}
    found = only_article(read_file(write(tmp_path, "a.json", [record])))
    assert (found.text, found.origin) == ("One line.\n\nTwo.", Origin.EXTRACTED)
    assert [block.span.of(found.text) for block in found.blocks] == ["One line.", "Two."]


def test_html_in_a_field_is_recognised_by_a_tag_of_a_paragraph() -> None:
    assert is_html("<p>One</p>")
    assert is_html('Before<br/>after <div class="x">')
    assert not is_html("a < b and b > c")
    assert not is_html("Only <b>bold</b> and <pullquote> words")
    assert text_of_field({"rendered": "Some text."}) == text_of_field("Some text.")
    assert text_of_field(" ") is text_of_field({}) is text_of_field([3]) is None


def table(rows: list[list[str]], delimiter: str = ",") -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue()


ROWS = [
    ["", "headline", "Published At", "body", "source", "link", "authors"],
    [
        "0",
        "Growth",
        "2024-03-03",
        f'{TEXT}\n\n"More, later," she said.',
        "The Quay",
        URL,
        "['Ana Lind']",
    ],
    ["1", "Tunnel", "", "The tunnel is 1,250 metres long.", "", "", ""],
]


@pytest.mark.parametrize(
    ("name", "delimiter"),
    [("a.csv", ","), ("a.csv", ";"), ("a.csv", "\t"), ("a.csv", "|"), ("a.tsv", "\t")],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_table_is_read_whatever_separates_its_columns(
    tmp_path: Path, name: str, delimiter: str, encoding: str
) -> None:
    content = table(ROWS, delimiter).encode(encoding)
    items = read_file(write(tmp_path, name, content))
    first, second = articles_in(items)
    assert (first.title, first.published, first.source) == ("Growth", DAY, "The Quay")
    assert first.text == f'{TEXT}\n\n"More, later," she said.'
    assert (first.url, first.authors, first.id) == (URL, ("Ana Lind",), f"news/{name}:1")
    assert (second.line, second.title, second.published) == (2, "Tunnel", None)
    assert len({first.record_sha256, second.record_sha256}) == 2
    assert not problems_in(items)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_table_is_read_whatever_ends_its_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line_end: str
) -> None:
    rows = [f'"Row {n}, its{line_end}text."' for n in range(200)]
    path = write(tmp_path, "a.csv", line_end.join(["text", *rows, ""]))
    monkeypatch.setattr("support.reading.MAX_BYTES", 50)  # the file is read in pieces of this size
    found = articles_in(read_file(path))
    assert [article.text for article in found] == [
        f"Row {n}, its{line_end}text." for n in range(200)
    ]


def test_a_gzipped_table_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv.gz", gzip.compress(table(ROWS).encode()))
    assert len(articles_in(read_file(path))) == 2
    path = write(tmp_path, "b.csv.gz", gzip.compress(table(ROWS).encode())[:-20])
    assert "is not a whole gzip file" in problems_in(read_file(path))[-1]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", "is empty"),
        ("\n\n", "is empty"),
        ("kop,inhoud\nMill,The mill.\n", "has no column of text; its columns are kop, inhoud"),
        ("Mill,The mill stands still.\n", "has no column of text"),
        ("text\nOne.,extra\n", "has 2 columns, and the header has 1"),
        ("text,title\n,Mill\n", "has no text"),
        ('text\n"' + "a" * (MAX_BYTES + 9) + '"\nFine.\n', "is not a row of a table"),
    ],
)
def test_a_table_that_cannot_be_read_says_why(tmp_path: Path, content: str, expected: str) -> None:
    assert expected in problems_in(read_file(write(tmp_path, "a.csv", content)))[0]


def test_a_row_that_is_too_long_costs_no_other_row(tmp_path: Path) -> None:
    long = '"' + "a" * (MAX_BYTES + 9) + '"'
    found = articles_in(read_file(write(tmp_path, "a.csv", f"text\nOne.\n{long}\nTwo.\n")))
    assert [article.text for article in found] == ["One.", "Two."]
