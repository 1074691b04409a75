"""Front matter in the habits of static sites, and what its odd values cost."""

import datetime as dt
import time
from pathlib import Path

import pytest

from pullquote_index.readers.front_matter import read_front_matter
from pullquote_index.readers.problems import ProblemKind
from support.reading import articles_in, only_article, problems_in, read_file, write

BODY = "The swing bridge in Norrvik carried its first cars on Tuesday.\n"
DAY = dt.date(2024, 4, 9)

TOML = """+++
title = "Harbour bridge reopens"
tags = ["transport", "harbour"]
date = 2024-04-09T23:30:00-07:00
author = "Staff"
draft = false
canonical = "https://example.org/harbour-bridge"
[extra]
source = "The Quay"
+++

"""
TOML_FIELDS = 'title = "Harbour bridge reopens"\ndate = 2024-04-09\nauthor = "Staff"\n'
JSON = """{
  "title": "Harbour bridge reopens",
  "date": "2024-04-09",
  "author": "Staff",
  "params": {"source": "The Quay"}
}

"""
PELICAN = """Title: Harbour bridge reopens
Date: 2024-04-09 18:46
Category: Transport
Author: Staff

"""
MULTIMARKDOWN = """Title:    Harbour bridge reopens
Date:     April 9, 2024
Author:   Staff
Keywords: bridge,
          harbour

"""
JEKYLL = """---
layout: post
title:  "Harbour bridge reopens"
date:   2024-04-09 22:44:26 -0700
author: Staff
categories: transport
---
"""
ASTRO = """---
title: 'Harbour bridge reopens'
pubDate: 2024-04-09
author: Staff
heroImage: '/a.jpg'
---
"""
MKDOCS = """---
date:
  created: 2024-04-09
  updated: 2024-05-01
authors: [Staff]
categories:
  - Transport
---

# Harbour bridge reopens

"""
OBSIDIAN = """---
created: 2024-04-09T10:00
tags: [transport]
aliases: []
title: Harbour bridge reopens
author: "Staff"
---
"""
QUARTO = """---
title: "Harbour bridge reopens"
author:
  - name: Staff
    affiliations: [The Quay]
date: 4/9/2024
date-modified: last-modified
published-title: x
pub_date: 2024-04-09
---
"""
DOCUSAURUS = """---
slug: bridge
title: Harbour bridge reopens
date: 2024-04-09T10:00
authors:
  - name: Staff
    title: Reporter
    url: https://example.org
---
"""


@pytest.mark.parametrize(
    "head",
    [
        TOML,
        JSON,
        PELICAN,
        MULTIMARKDOWN,
        JEKYLL,
        ASTRO,
        MKDOCS,
        OBSIDIAN,
        QUARTO,
        DOCUSAURUS,
        "\ufeff" + JEKYLL,
        JEKYLL.replace("\n", "\r\n"),
        TOML.replace("\n", "\r\n"),
        JSON.replace("\n", "\r\n"),
        PELICAN.replace("\n", "\r\n"),
        JEKYLL.replace("---\n", "--- \n"),
        f"---toml\n{TOML_FIELDS}---\n",
        f"---json\n{JSON}---\n",
    ],
)
@pytest.mark.parametrize("name", ["a.md", "a.markdown", "a.mdx", "a.qmd"])
def test_headline_date_and_author_are_read_in_every_habit(
    tmp_path: Path, head: str, name: str
) -> None:
    page = articles_in(read_file(write(tmp_path, name, head + BODY)))[0]
    assert (page.title, page.published, page.authors) == ("Harbour bridge reopens", DAY, ("Staff",))
    assert page.text == BODY.strip()


def test_the_other_fields_of_toml_and_json_are_read(tmp_path: Path) -> None:
    page = only_article(read_file(write(tmp_path, "a.md", TOML + BODY)))
    assert (page.section, page.source, page.url) == (
        "transport",
        "The Quay",
        "https://example.org/harbour-bridge",
    )
    assert only_article(read_file(write(tmp_path, "b.md", JSON + BODY))).source == "The Quay"


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("title: Bridge: reopened at last", "Bridge: reopened at last"),
        ("title: @norrvik speaks", "@norrvik speaks"),
        ("title: %1 of cars", "%1 of cars"),
        ("title:\tTabbed", "Tabbed"),
        ("title: 'Don't panic'", "Don't panic"),
        ('title: "Quoted" and more', '"Quoted" and more'),
        ("title: *bold* move", "*bold* move"),
        ("title: [Review] The bridge", "[Review] The bridge"),
        ("title: No", "No"),
        ("title: 2024", "2024"),
        ("title: 1.10", "1.10"),
        ("title: null", ""),
        ("title: [", ""),
        (
            "title: !!python/object/apply:os.system ['true']",
            "!!python/object/apply:os.system ['true']",
        ),
        ("title: First\ntitle: Second", "Second"),
        ("title:\n  - One of a list\n  - Two", "One of a list"),
        ("title: >\n  A folded\n  headline", "A folded headline"),
        ("title: Kept\nimage: {{ page.image }}", "Kept"),
        ("title: Kept\nimage:\n\tsmall: x", "Kept"),
        ("title: Kept\nanchor: *nowhere", "Kept"),
        ("title: Kept\nwhen: !!timestamp 'zz'", "Kept"),
        ("title: Kept\n? [a, b]\n: c", "Kept"),
        ("title: Kept\n1: one\ntrue: two", "Kept"),
    ],
)
def test_a_value_that_breaks_yaml_costs_at_most_its_field(
    tmp_path: Path, line: str, title: str
) -> None:
    content = f"---\ndate: 2024-04-09\n{line}\nauthor: Staff\n---\n{BODY}"
    page = articles_in(read_file(write(tmp_path, "a.md", content)))[0]
    assert (page.title, page.published, page.authors) == (title, DAY, ("Staff",))
    assert page.text == BODY.strip()


@pytest.mark.parametrize("title", ["{{ page.title }}", '"{{ page.title }}"', "'{% t head %}'"])
def test_a_template_in_place_of_a_headline_is_no_headline(tmp_path: Path, title: str) -> None:
    items = read_file(
        write(tmp_path, "a.md", f"---\ntitle: {title}\ndate: 2024-04-09\n---\n{BODY}")
    )
    page = articles_in(items)[0]
    assert (page.title, page.published) == ("", DAY)
    assert any("title is not a line of text" in problem for problem in problems_in(items))


def test_front_matter_that_is_not_well_formed_is_noted_with_its_line() -> None:
    found = read_front_matter("---\ntitle: a\nauthor: @b\n---\nText.", "news/a.md")
    assert found.fields == {"title": "a", "author": "@b"}
    (problem,) = found.problems
    assert problem.kind is ProblemKind.NOTE
    assert str(problem) == (
        "news/a.md:3: front matter is not YAML (found character '@' that cannot start any token): "
        "read field by field"
    )


def test_toml_and_json_that_are_not_well_formed_are_read_field_by_field() -> None:
    toml = read_front_matter(
        '+++\ntitle = "A"\ndate = soon\ntags = [\n  "x",\n]\n[extra]\nby = "B"\n+++\nT'
    )
    assert toml.fields == {"title": "A", "date": "soon", "tags": ["x"], "extra": {"by": "B"}}
    json = read_front_matter('{\n  "title": "A",\n  "date": "2024-04-09",\n}\nText')
    assert json.fields == {"title": "A", "date": "2024-04-09"}
    assert json.problems


@pytest.mark.parametrize(
    "content",
    [
        "---\n\nA paragraph: between two rules.\n\n---\n\nMore of it.\n",
        "---\n- a\n---\nText.\n",
        "Update: the mayor resigned.\n\nShe said so on Sunday.\n",
        "Q: Why?\nA: Because.\n\nMore.\n",
        "{{< figure >}}\n\nText.\n",
        "{ not JSON }\n\nText.\n",
        "---\nno fields here\n\nText\n",
    ],
)
def test_text_that_only_looks_like_front_matter_is_kept(content: str) -> None:
    found = read_front_matter(content)
    assert (found.fields, found.body_start, found.problems) == ({}, 0, ())


def test_front_matter_without_an_end_is_read_until_the_first_blank_line() -> None:
    text = "---\ntitle: A headline\ndate: 2024-04-09\n\nText.\n"
    found = read_front_matter(text)
    assert found.fields == {"title": "A headline", "date": "2024-04-09"}
    assert text[found.body_start :] == "Text.\n"
    assert "does not end with ---" in str(found.problems[0])


def test_empty_front_matter_is_not_part_of_the_text() -> None:
    for text in ("---\n---\nText.", "---\n# a comment\n---\nText."):
        found = read_front_matter(text)
        assert text[found.body_start :] == "Text."


def test_front_matter_that_expands_or_is_huge_is_read_in_little_time() -> None:
    names = [f"a{n}" for n in range(1, 30)]
    bomb = 'a0: &a0 ["x","x"]\n' + "".join(
        f"{name}: &{name} [{','.join([f'*a{at}'] * 9)}]\n" for at, name in enumerate(names)
    )
    huge = "".join(f"field{n}: value\n" for n in range(60_000))
    for block in (bomb, huge):
        began = time.monotonic()
        found = read_front_matter(f"---\n{block}title: Kept\n---\nText.")
        assert found.fields["title"] == "Kept"
        assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    "line",
    [
        "draft: true",
        "draft: yes",
        'draft: "true"',
        "published: false",
        "Published: No",
        "publish: false",
        "status: draft",
        "Status: private",
    ],
)
def test_a_draft_is_left_out(tmp_path: Path, line: str) -> None:
    (only,) = read_file(write(tmp_path, "a.md", f"---\ntitle: A\n{line}\n---\n{BODY}"))
    assert "is not published" in str(only)
    assert str(only).endswith("; left out")


@pytest.mark.parametrize(
    "line", ["draft: false", "published: true", "publish: yes", "status: published", "state: x"]
)
def test_an_article_that_says_it_is_published_is_read(tmp_path: Path, line: str) -> None:
    content = f"---\ntitle: A\ndate: 2024-04-09\n{line}\n---\n{BODY}"
    assert only_article(read_file(write(tmp_path, "a.md", content))).published == DAY


def test_drafts_in_the_other_forms_of_front_matter_are_left_out(tmp_path: Path) -> None:
    for name, content in {
        "a.md": f"+++\ntitle = 'A'\ndraft = true\n+++\n{BODY}",
        "b.md": f'{{"title": "A", "draft": true}}\n{BODY}',
        "c.md": f"Title: A\nStatus: draft\n\n{BODY}",
        "d.jsonl": '{"text": "Some text.", "draft": true}\n',
        "_drafts/e.md": BODY,
    }.items():
        items = read_file(write(tmp_path, name, content), root=tmp_path)
        assert not articles_in(items), name
        assert problems_in(items)[0].endswith("left out"), name
