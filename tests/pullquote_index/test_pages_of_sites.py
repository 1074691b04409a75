"""What lies in a site's repository and is no article of it, and what its generator replaces."""

from pathlib import Path

import pytest

from pullquote_index.readers.discovery import discover
from pullquote_index.readers.emoji_codes import with_emoji
from support.reading import only_article, problems_in, read_file, write

PROSE = "<p>The council of Norrvik met on Monday, and it talked for hours about the new crane.</p>"


@pytest.mark.parametrize(
    "template",
    [
        '{% extends "base.html" %}{% block content %}<p>Read on.</p>{% endblock %}',
        '<div class="post"><a href="{{ post.url }}">Read all of it</a></div>',
        '{{ define "main" }}<h1>{{ .Title }}</h1><p>All of our posts.</p>{{ end }}',
        "<ul>{% for tag in tags %}<li>{{ tag }}</li>{% endfor %}</ul><p>All of the tags.</p>",
    ],
)
def test_a_template_of_a_site_is_left_out_wherever_it_lies(tmp_path: Path, template: str) -> None:
    items = read_file(write(tmp_path, "page.html", template))
    assert problems_in(items) == ["news/page.html: is a template of a site; left out"]


def test_a_page_that_shows_a_template_as_code_is_an_article(tmp_path: Path) -> None:
    page = (
        f"<html><body>{PROSE}<pre>{{% for a in b %}}</pre><p>Write {{{{ a }}}}.</p></body></html>"
    )
    assert "new crane" in only_article(read_file(write(tmp_path, "a.html", page))).text


def test_markdown_that_is_nothing_but_links_is_left_out(tmp_path: Path) -> None:
    links = "# Archive\n\n- [The new crane](a.md)\n- [The old mill](b.md)\n- [A storm](c.md)\n"
    items = read_file(write(tmp_path, "index.md", links))
    assert problems_in(items) == ["news/index.md: is a list of links; left out"]
    notes = "\n".join(f"{line} was in the news" for line in links.splitlines())
    assert "was in the news" in only_article(read_file(write(tmp_path, "notes.md", notes))).text


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("It is done :tada:!", "It is done 🎉!"),
        ("Ready: :rocket:", "Ready: 🚀"),
        (":evergreen_tree: tag", "🌲 tag"),
        ("tr [:lower:] and a:b:c at 10:30:45", "tr [:lower:] and a:b:c at 10:30:45"),
        ("He typed :nothing_known:", "He typed :nothing_known:"),
    ],
)
def test_a_code_of_an_emoji_is_read_as_the_emoji(typed: str, read: str) -> None:
    assert with_emoji(typed) == read


def test_code_that_a_template_keeps_under_a_name_and_its_attributes_are_no_text(
    tmp_path: Path,
) -> None:
    text = (
        "# Title\n\n{% set codeContent %}\nexport default 1;\n{% endset %}\n\n"
        '{% image "a.png" %}{.float-left .wide}\n\n{# a note #}\n\n1. One.\n\n'
        "    :::note[Mind]\n    Two.\n    :::\n"
    )
    article = only_article(read_file(write(tmp_path, "a.md", text)))
    assert article.text.split("\n\n") == ["One.", "Two."]


def test_files_of_a_site_for_programs_are_no_articles(tmp_path: Path) -> None:
    for name in ("robots.txt", "sitemap.xml", "google16a62a069d0c4fa4.html", "_data/people.json"):
        write(tmp_path, name, "x")
    write(tmp_path, "post.md", "x")
    files = discover([tmp_path], tmp_path / "none").files
    assert [file.path.name for file in files] == ["post.md"]


def test_a_page_of_another_language_is_not_english_because_its_template_says_so(
    tmp_path: Path,
) -> None:
    german = (
        "<p>Der Rat der Stadt hat am Montag über den neuen Kran gesprochen, und er will ihn nicht "
        "mehr kaufen, weil die Kosten zu hoch sind und das Geld für die Schule fehlt.</p>"
    )
    for body, language in ((german, "de"), (PROSE, "en")):
        page = f'<html lang="en"><body><article>{body}</article></body></html>'
        assert only_article(read_file(write(tmp_path, "a.html", page))).language == language
