"""JSON Feed and exports of Ghost."""

import datetime as dt
import json
from pathlib import Path

import pytest

from pullquote.corpus.articles import Article
from pullquote_index.readers.documents.document_readers import read_json_export
from pullquote_index.readers.documents.json_exports import begins_export, recognises
from pullquote_index.readers.problems import Problem, ProblemKind, SourceFile

FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Island",
    "authors": [{"name": "Bo Ek"}],
    "items": [
        {
            "id": "1",
            "url": "https://sea.example/1",
            "title": "Ferry",
            "content_html": "<p>It <b>sails</b>.</p>",
            "date_published": "2024-05-02T10:00:00+02:00",
            "authors": [{"name": "Ada"}],
            "tags": ["Sea"],
        },
        {"id": 2, "content_text": "Depth < 2 metres.\n\nAnd falling."},
    ],
}
GHOST = {
    "db": [
        {
            "data": {
                "posts": [
                    {
                        "id": "p1",
                        "uuid": "u-1",
                        "title": "Ferry",
                        "slug": "ferry",
                        "html": "<p>It sails.</p>",
                        "status": "published",
                        "type": "post",
                        "published_at": "2024-05-02T10:00:00.000Z",
                    },
                    {"id": "p2", "title": "x", "slug": "x", "html": "<p>n</p>", "status": "draft"},
                ],
                "users": [{"id": "a1", "name": "Ada"}, {"id": "a2", "name": "Bo"}],
                "posts_authors": [
                    {"post_id": "p1", "author_id": "a2", "sort_order": 1},
                    {"post_id": "p1", "author_id": "a1", "sort_order": 0},
                ],
                "tags": [{"id": "t", "name": "Sea"}],
                "posts_tags": [{"post_id": "p1", "tag_id": "t", "sort_order": 0}],
                "settings": [{"key": "title", "value": "Island"}],
            }
        }
    ]
}


def read(data: object, tmp_path: Path) -> list[Article | Problem]:
    path = tmp_path / "export.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data))
    return list(read_json_export(SourceFile("archive/export.json", path, tmp_path), 10_000))


def test_a_json_feed_is_read(tmp_path: Path) -> None:
    first, second = read(FEED, tmp_path)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.id, first.title, first.text) == ("1", "Ferry", "It sails.")
    assert (first.published, first.authors, first.source) == (
        dt.date(2024, 5, 2),
        ("Ada",),
        "Island",
    )
    assert (first.url, first.section, first.line) == ("https://sea.example/1", "Sea", 1)
    assert second.text == "Depth < 2 metres.\n\nAnd falling."
    assert (second.id, second.authors) == ("2", ("Bo Ek",))


def test_an_export_of_ghost_is_read(tmp_path: Path) -> None:
    article, problem = read(GHOST, tmp_path)
    assert isinstance(article, Article)
    assert (article.id, article.title, article.text) == ("u-1", "Ferry", "It sails.")
    assert (article.published, article.authors) == (dt.date(2024, 5, 2), ("Ada", "Bo"))
    assert (article.source, article.section) == ("Island", "Sea")
    assert isinstance(problem, Problem)
    assert problem.kind is ProblemKind.DRAFT
    assert str(problem) == "archive/export.json:2: is not published (draft post); left out"


@pytest.mark.parametrize(
    ("data", "is_export"),
    [
        (json.dumps(FEED), True),
        ("\ufeff" + json.dumps(FEED, indent=2).replace("/", "\\/"), True),
        ('{"db":[{"meta":{"exported_on":1714,"version":"5"},"data":{}}]}', True),
        ('[{"text": "See https://jsonfeed.org/version/1"}]', False),
        ('{"text": "See https://jsonfeed.org/version/1"}', False),
        ('[{"exported_on": 1, "text": "x"}]', False),
        ('{"articles": [{"exported_on": 1, "text": "x"}]}', False),
    ],
)
def test_the_start_of_a_file_tells_an_export(data: str, *, is_export: bool) -> None:
    assert begins_export(data.encode()[:4096]) is is_export


@pytest.mark.parametrize(
    "data",
    [
        [],
        {},
        "x",
        None,
        [{"title": "x", "text": "y"}],
        {"posts": [{"title": "x"}]},
        {"version": 1, "items": []},
        [{"content": {"rendered": "x"}, "title": "x"}],
        {"db": [7]},
    ],
)
def test_other_json_is_left_to_the_readers_of_fields(data: object) -> None:
    assert not recognises(data)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("{", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ({"a": 1}, "is JSON of another kind"),
        ({**FEED, "items": []}, "is an export without posts"),
    ],
)
def test_what_is_no_export_says_so(data: object, reason: str, tmp_path: Path) -> None:
    (problem,) = read(data, tmp_path)
    assert str(problem).startswith(f"archive/export.json: {reason}")
