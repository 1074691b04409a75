"""Names of fields, and values as archives write them, each with its outcome."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from pullquote.settings_types import zone_named
from pullquote_index.readers.field_names import (
    AUTHOR_NAMES,
    DATE_NAMES,
    SECTION_NAMES,
    SOURCE_NAMES,
    TITLE_NAMES,
    URL_NAMES,
    known_names,
)
from pullquote_index.readers.field_paths import value_at
from pullquote_index.readers.field_values import date_of, names_of
from pullquote_index.readers.metadata import Metadata, read_metadata
from pullquote_index.readers.problems import ReadingOptions
from support.reading import articles_in, only_article, problems_in, read_file, write

TRIALS_DAY = dt.date(2024, 3, 3)


def metadata(**fields: Any) -> Metadata:
    return read_metadata(fields, "news/a.md")


def spellings(name: str) -> set[str]:
    """A name as people write it."""
    words = name.split("_")
    camel = words[0] + "".join(word.capitalize() for word in words[1:])
    return {name, name.upper(), name.replace("_", "-"), name.replace("_", " ").title(), camel}


@pytest.mark.parametrize(
    ("names", "field", "value", "expected"),
    [
        (TITLE_NAMES, "title", "A headline", "A headline"),
        (DATE_NAMES, "published", "2024-03-03", TRIALS_DAY),
        (SECTION_NAMES, "section", "Local", "Local"),
        (SOURCE_NAMES, "source", "The Quay", "The Quay"),
        (URL_NAMES, "url", "https://example.org/a", "https://example.org/a"),
        (AUTHOR_NAMES, "authors", "Ana Lind", ("Ana Lind",)),
    ],
)
def test_every_name_of_a_field_is_read_in_any_spelling(
    names: list[str], field: str, value: str, expected: object
) -> None:
    for name in names:
        for spelling in spellings(name):
            found = metadata(**{spelling: value})
            assert getattr(found, field) == expected, spelling
            assert not found.problems


def test_publication_comes_before_creation_and_creation_before_a_change() -> None:
    days = {
        "lastmod": "2024-05-03",
        "updated": "2024-05-02",
        "created": "2024-05-01",
        "date": "2024-04-02",
        "pubDate": "2024-04-01",
    }
    while days:
        earliest = min(days, key=lambda name: days[name])
        expected = dt.date.fromisoformat(min(days.values()))
        if len(days) == 2:  # both say when the article changed
            assert metadata(**days).published == dt.date(2024, 5, 2)
        else:
            assert metadata(**days).published == expected
        del days[earliest]


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2024-08-08 22:44:26 -0700", dt.date(2024, 8, 8)),
        ("2024-08-08T23:59:59.123456+02:00", dt.date(2024, 8, 8)),
        ("Thu, 08 Aug 2024 22:44:26 +0000", dt.date(2024, 8, 8)),
        ("Thu, 8 Aug 2024 22:44:26 GMT", dt.date(2024, 8, 8)),
        ("Thu Aug 08 22:44:26 +0000 2024", dt.date(2024, 8, 8)),
        ("2025-09-30T17:59:35Z", dt.date(2025, 9, 30)),
        ("2017-07-17 17:03:00", dt.date(2017, 7, 17)),
        ("Jul 15 2025", dt.date(2025, 7, 15)),
        ("June 7, 2024 at 10:15 a.m. EDT", dt.date(2024, 6, 7)),
        ("Published: June 7, 2024", dt.date(2024, 6, 7)),
        ("2024/05/02", dt.date(2024, 5, 2)),
        ("20240502", dt.date(2024, 5, 2)),
        ("20240502T101500Z", dt.date(2024, 5, 2)),
        (20240502, dt.date(2024, 5, 2)),
        (1659760753, dt.date(2022, 8, 6)),
        ("1659760753", dt.date(2022, 8, 6)),
        ("1659760753.25", dt.date(2022, 8, 6)),
        (1659760753.5, dt.date(2022, 8, 6)),
        (1659760753000, dt.date(2022, 8, 6)),
        (1659760753000000, dt.date(2022, 8, 6)),
        (
            dt.datetime(2024, 4, 9, 23, tzinfo=dt.timezone(dt.timedelta(hours=-7))),
            dt.date(2024, 4, 9),
        ),
        (dt.date(2024, 4, 9), dt.date(2024, 4, 9)),
        ({"$date": "2024-04-09T10:00:00Z"}, dt.date(2024, 4, 9)),
        ({"$date": 1659760753000}, dt.date(2022, 8, 6)),
        ({"created": "2024-01-31", "updated": "2024-02-02"}, dt.date(2024, 1, 31)),
        (["2024-04-09", "2024-04-10"], dt.date(2024, 4, 9)),
        ("03/04/2025", None),
        ("2025-02-30", None),
        ("20240230", None),
        ("soon", None),
        (2024, None),
        (5, None),
        (True, None),
        ([], None),
        ({}, None),
        (None, None),
    ],
)
def test_a_date_is_read_in_its_own_zone(value: object, day: dt.date | None) -> None:
    assert date_of(value) == day


@pytest.mark.parametrize("value", ["Last Modified", "git Created", "today", "N/A", "", None, True])
def test_what_stands_for_a_date_and_names_none_is_no_mistake(value: object) -> None:
    found = metadata(date=value)
    assert (found.published, found.problems) == (None, ())


def test_a_date_that_cannot_be_read_gives_way_to_another_or_is_a_problem() -> None:
    assert metadata(published="soon", date="2024-03-03").published == TRIALS_DAY
    assert not metadata(published="soon", date="2024-03-03").problems
    (problem,) = metadata(published="soon").problems
    assert str(problem) == (
        "news/a.md: published is not a date such as 2025-10-30 ('soon'); read without it"
    )


@pytest.mark.parametrize(
    ("where", "url"),
    [("news/2024-03-03-trial.md", ""), ("news/trial.md", "https://a.example/2024/03/03/trial")],
)
def test_a_date_that_cannot_be_read_gives_way_to_the_one_in_a_path(where: str, url: str) -> None:
    found = read_metadata({"published": "soon", "url": url}, where)
    assert found.published == TRIALS_DAY
    assert [str(problem) for problem in found.problems] == [
        f"{where}: published is not a date ('soon'): dated 2024-03-03 by its path"
    ]


def test_a_record_does_not_have_the_date_of_its_file() -> None:
    found = read_metadata({"published": "soon"}, "news/2024-03-03.jsonl:7")
    assert found.published is None
    assert str(found.problems[0]).endswith("read without it")


@pytest.mark.parametrize(
    ("fields", "day"),
    [
        ({"path": "2014/12/12/1.0-Timeline"}, dt.date(2014, 12, 12)),
        ({"permalink": "/2014/12/12/trains/"}, dt.date(2014, 12, 12)),
        ({"url": "https://example.org/news/2023/01/05/who/10991034002/"}, dt.date(2023, 1, 5)),
        ({"slug": "2014-12-12-trains"}, dt.date(2014, 12, 12)),
        ({"path": "2014/12/12/x", "date": "2015-01-01"}, dt.date(2015, 1, 1)),
        ({"path": "Home / Town"}, None),
        ({"url": "https://example.org/2023/13/05/x"}, None),
        ({"url": "https://example.org/a/201412129"}, None),
    ],
)
def test_without_a_date_the_one_in_the_articles_address_counts(
    fields: dict[str, str], day: dt.date | None
) -> None:
    assert metadata(**fields).published == day


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Ana Lind", ("Ana Lind",)),
        ("By Ana Lind and Bo Ek", ("Ana Lind", "Bo Ek")),
        ("Department of Health and Care", ("Department of Health and Care",)),
        ("Ana Lind; Bo Ek", ("Ana Lind", "Bo Ek")),
        (["Ana Lind", "Bo Ek", "Ana Lind"], ("Ana Lind", "Bo Ek")),
        ([{"name": "Ana Lind", "url": "x"}, "Bo Ek"], ("Ana Lind", "Bo Ek")),
        ({"name": "Ana Lind"}, ("Ana Lind",)),
        ([{"firstname": "Ana", "lastname": "Lind"}], ("Ana Lind",)),
        ({"original": "By Ana Lind", "person": []}, ("Ana Lind",)),
        ("['Ana Lind', 'Bo Ek']", ("Ana Lind", "Bo Ek")),
        ('["Ana Lind"]', ("Ana Lind",)),
        ("[]", ()),
        ([], ()),
        ("", ()),
        (None, ()),
        ({"a": "b"}, None),
        (3, None),
        ([3], None),
        ([["Ana"]], None),
    ],
)
def test_authors_are_names_from_texts_lists_and_objects(
    value: object, names: tuple[str, ...] | None
) -> None:
    assert names_of(value) == names


@pytest.mark.parametrize(
    ("fields", "field", "expected"),
    [
        ({"title": ["One", "Two"]}, "title", "One"),
        ({"headline": {"main": "Main one", "kicker": None}}, "title", "Main one"),
        ({"title": {"rendered": "Bread &#038; <em>butter</em>"}}, "title", "Bread & butter"),
        ({"title": "", "headline": "Second"}, "title", "Second"),
        ({"title": "Own", "name": "Other"}, "title", "Own"),
        ({"source": {"id": None, "name": "The Quay"}}, "source", "The Quay"),
        ({"source": "https://example.org/x", "sitename": "The Quay"}, "source", "The Quay"),
        ({"source": "https://example.org/x"}, "source", ""),
        ({"source": "https://example.org/x"}, "url", "https://example.org/x"),
        ({"source_domain": "www.example.org"}, "source", "example.org"),
        ({"publication": "The Quay", "domain": "example.org"}, "source", "The Quay"),
        ({"url": "/blog/a/"}, "url", ""),
        (
            {"permalink": "/blog/a/", "canonical": "https://example.org/a"},
            "url",
            "https://example.org/a",
        ),
        ({"link": {"href": "https://example.org/a"}}, "url", "https://example.org/a"),
        ({"categories": ["Uncategorized", "Town"]}, "section", "Town"),
        ({"categories": [1, 5], "tags": [{"name": "Town"}]}, "section", "Town"),
        ({"tags": '["Town", "x"]'}, "section", "Town"),
        ({"CONTENT_TAGS": '[\n "Town"\n]'}, "section", "Town"),
        ({"author": 12, "byline": "Ana Lind"}, "authors", ("Ana Lind",)),
        ({"metadata": {"title": "Inner", "author": "Ana Lind"}}, "title", "Inner"),
        ({"title": "Outer", "metadata": {"title": "Inner"}}, "title", "Outer"),
        ({"title": "", "metadata": {"title": "Inner"}}, "title", "Inner"),
        ({"extra": {"author": "Ana Lind"}}, "authors", ("Ana Lind",)),
        ({"taxonomies": {"tags": ["Town"]}}, "section", "Town"),
    ],
)
def test_odd_values_have_an_outcome(
    fields: dict[str, object], field: str, expected: object
) -> None:
    found = read_metadata(fields, "news/a.md")
    assert getattr(found, field) == expected
    assert not found.problems


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"title": True}, "title is not a line of text (True)"),
        ({"headline": {"x": 1}}, "headline is not a line of text (dict)"),
        ({"URL": "javascript:alert(1)"}, "URL is not an http or https address"),
        ({"url": 3}, "url is not an http or https address (3)"),
        ({"byline": {"x": 1}}, "byline is not a list of names (dict)"),
        ({"section": {"x": 1}}, "section is not a line of text (dict)"),
        ({"pubDate": "03/04/2025"}, "pubDate is not a date such as 2025-10-30 ('03/04/2025')"),
        ({"title": "half \ud800"}, "title is not a line of text"),
    ],
)
def test_a_value_that_cannot_be_used_costs_its_field_and_is_named(
    fields: dict[str, object], problem: str
) -> None:
    (found,) = read_metadata(fields, "news/a.md").problems
    assert problem in str(found)
    assert not found.skipped


def test_a_path_leads_to_a_value_in_objects_and_lists() -> None:
    record = {"story": {"body": "B", "tags": ["x", "y"]}, "a.b": "dotted"}
    assert value_at(record, "story.body") == "B"
    assert value_at(record, "story.tags.1") == "y"
    assert value_at(record, "a.b") == "dotted"
    for path in ("story.none", "story.body.x", "story.tags.7", "story.tags.x", ""):
        assert value_at(record, path) is None


OWN = (
    ("text", "story.body"),
    ("title", "kop"),
    ("published", "when"),
    ("authors", "wie"),
    ("section", "rubriek"),
    ("source", "krant"),
    ("url", "waar"),
    ("id", "nr"),
)


def test_fields_of_ones_own_come_first_in_records_and_in_front_matter(tmp_path: Path) -> None:
    record = {
        "story": {"body": "The mill stands still."},
        "text": "not this",
        "title": "not this",
        "kop": "Mill",
        "when": "2024-03-03",
        "wie": "Ana Lind",
        "rubriek": "Town",
        "krant": "The Quay",
        "waar": "https://example.org/a",
        "nr": 7,
    }
    options = ReadingOptions(fields=OWN)
    for name, content in {
        "a.jsonl": json.dumps(record) + "\n",
        "b.json": json.dumps([record]),
        "c.json": json.dumps(record),
    }.items():
        found = only_article(read_file(write(tmp_path, name, content), options))
        assert (found.text, found.id) == ("The mill stands still.", "7")
        assert (found.title, found.published, found.authors) == ("Mill", TRIALS_DAY, ("Ana Lind",))
        assert (found.section, found.source, found.url) == (
            "Town",
            "The Quay",
            "https://example.org/a",
        )
    page = write(tmp_path, "d.md", "---\nkop: Mill\nwhen: 2024-03-03\n---\nText.\n")
    assert only_article(read_file(page, options)).published == TRIALS_DAY
    assert articles_in(read_file(page))[0].published is None


def test_a_field_of_ones_own_that_a_record_lacks_gives_way_to_the_usual_names(
    tmp_path: Path,
) -> None:
    path = write(tmp_path, "a.jsonl", '{"text": "The mill stands still.", "title": "Mill"}\n')
    assert only_article(read_file(path, ReadingOptions(fields=OWN))).title == "Mill"


def test_known_names_are_counted_for_the_header_of_a_table() -> None:
    assert known_names(["Title", "Published At", "x", "body"]) == 3
    assert known_names(["a,b"]) == 0


def test_the_problems_of_a_record_name_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", '\n{"text": "A.", "date": "soon"}\n')
    assert problems_in(read_file(path)) == [
        "news/a.jsonl:2: date is not a date such as 2025-10-30 ('soon'); read without it"
    ]


@pytest.mark.parametrize(
    ("value", "zone", "day"),
    [
        ("2024-03-02T23:30:00Z", "Europe/Paris", 3),
        ("2024-03-02T23:30:00+00:00", "Europe/Paris", 3),
        ("Sat, 2 Mar 2024 23:30:00 GMT", "Europe/Paris", 3),
        ("2 March 2024, 11:30 pm UTC", "Europe/Paris", 3),
        ("2024-03-03T04:00:00Z", "America/Chicago", 2),
        (dt.datetime(2024, 3, 2, 23, 30, tzinfo=dt.UTC), "Asia/Tokyo", 3),
        (dt.datetime(2024, 3, 2, 23, 30, tzinfo=dt.UTC).timestamp(), "Asia/Tokyo", 3),
        ("2024-03-02T23:30:00Z", "UTC", 2),
        ("2024-03-02T23:30:00", "Europe/Paris", 2),
        ("2024-03-02T23:30:00-06:00", "Europe/Paris", 2),
        ("2024-03-03T00:00:00Z", "America/Chicago", 3),
        (dt.datetime(2024, 3, 2, 23, 30), "Europe/Paris", 2),
    ],
)
def test_a_time_in_utc_is_of_the_day_that_it_has_in_the_archives_time_zone(
    value: object, zone: str, day: int
) -> None:
    assert date_of(value, zone_named(zone)) == dt.date(2024, 3, day)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "---\ndate: 2024-03-02T23:30:00Z\n---\nThe mill burned down on Saturday night.\n"),
        ("a.jsonl", '{"text": "The mill burned down.", "published": "2024-03-02T23:30:00Z"}\n'),
        (
            "a.html",
            '<html><head><meta name="date" content="2024-03-02T23:30:00Z"></head>'  # noqa: ISC004
            "<body><article><p>The mill burned down on Saturday.</p></article></body></html>",
        ),
    ],
)
def test_every_reader_counts_days_in_the_archives_time_zone(
    tmp_path: Path, name: str, text: str
) -> None:
    options = ReadingOptions(time_zone="Europe/Paris")
    file = write(tmp_path, name, text)
    assert only_article(read_file(file, options)).published == TRIALS_DAY
    assert articles_in(read_file(file))[0].published == dt.date(2024, 3, 2)
