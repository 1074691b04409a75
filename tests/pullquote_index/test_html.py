"""HTML pages give their main text and metadata, and fragments of HTML all their text."""

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.corpus.articles import Article, Origin
from pullquote.corpus.blocks import BlockKind
from pullquote_index.readers import reader_for
from pullquote_index.readers.documents.pages import MISSING_LIBRARY, extract_page
from pullquote_index.readers.html_fragment import extract_fragment, fragment_blocks
from pullquote_index.readers.problems import Problem, SourceFile

PAGE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<title>Harbour gets a new crane | Norrvik Post</title>
<link rel="canonical" href="https://norrvik.example/2025/crane">
<meta property="og:title" content="Harbour gets a new crane | Norrvik Post">
<meta property="og:site_name" content="Norrvik Post">
<meta property="article:section" content="Town">
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
 {"@type": "WebPage", "name": "x"},
 {"@type": ["NewsArticle"], "datePublished": "2025-03-12T23:30:00-05:00",
  "author": [{"@type": "Person", "name": "Ana Example"},
             {"@type": "Person", "name": "Bo &amp; Co"}]}
]}</script>
</head><body>
<nav><ul><li><a href="/">Home</a></li>
<li><a href="/town">Town news and more of it</a></li></ul></nav>
<div class="cookie-banner">We use cookies to improve your experience on this site.</div>
<article><h1>Harbour gets a new crane</h1>
<p>The harbour of Norrvik gets a new crane, the council said on Wednesday. It can lift ferries of up
to 400 tonnes, twice as much as the old one could lift when it was built.</p>
<p>The old crane was sold to the port of Storholm for a price that both sides keep secret, though
the deputy harbour master said that it was above nine million crowns.</p>
<h2>What it costs</h2>
<p>The new crane costs 31 million crowns, of which the county pays a third and the harbour the rest
over twelve years, according to the budget that the council accepted.</p>
<ul><li>The foundation alone costs four million crowns.</li>
<li>The cables cost two million crowns.</li></ul>
<table><tr><th>Year</th><th>Crowns</th></tr><tr><td>2025</td><td>3,000,000</td></tr></table>
</article>
<aside><h3>Related stories</h3><a href="/a">Storm tears roof off the fish hall</a></aside>
<div id="comments"><p>First comment: I never liked the old crane, and I said so.</p></div>
<footer>© 2025 Norrvik Post</footer></body></html>"""


def read(path: Path, text: str) -> list[Article | Problem]:
    path.write_bytes(text.encode())
    reader = reader_for(path)
    assert reader is not None
    return list(reader(SourceFile(path.name, path, path.parent), 1_000_000))


def test_a_page_has_its_main_text_and_what_it_states_of_itself(tmp_path: Path) -> None:
    (page,) = read(tmp_path / "crane.xhtml", PAGE)
    assert isinstance(page, Article)
    assert (page.title, str(page.published), page.source, page.section, page.url) == (
        "Harbour gets a new crane",
        "2025-03-12",
        "Norrvik Post",
        "Town",
        "https://norrvik.example/2025/crane",
    )
    assert page.authors == ("Ana Example", "Bo & Co")
    assert page.origin is Origin.EXTRACTED
    kinds = [(block.kind.value, block.span.of(page.text)[:40]) for block in page.blocks]
    assert kinds == [
        ("paragraph", "The harbour of Norrvik gets a new crane,"),
        ("paragraph", "The old crane was sold to the port of St"),
        ("heading", "What it costs"),
        ("paragraph", "The new crane costs 31 million crowns, o"),
        ("item", "The foundation alone costs four million "),
        ("item", "The cables cost two million crowns."),
        ("header_row", "Year | Crowns"),
        ("row", "2025 | 3,000,000"),
    ]


def test_a_short_page_has_the_text_of_its_body(tmp_path: Path) -> None:
    (page,) = read(
        tmp_path / "a.html",
        "<html><body><header>Norrvik</header><p>One line.</p><footer>f</footer></body></html>",
    )
    assert isinstance(page, Article)
    assert (page.text, page.published, page.authors) == ("One line.", None, ())


@pytest.mark.parametrize(
    ("head", "field", "expected"),
    [
        ('<meta name="dc.date" content="2024-05-02">', "published", "2024-05-02"),
        ('<meta itemprop="datePublished" content="May 2, 2024">', "published", "2024-05-02"),
        ('<meta name="date" content="03/04/2024">', "published", None),
        ('<time datetime="2024-05-02T10:00Z">', "published", "2024-05-02T10:00Z"),
        ('<time datetime="2024-05-02T10:00+02:00">', "published", "2024-05-02"),
        ('<time datetime="2024-05-02"></time><time datetime="2024-05-03">', "published", None),
        ('<meta name="author" content="By Ana Example">', "authors", ["Ana Example"]),
        ('<meta name="author" content="https://e.example/ana">', "authors", None),
        ('<link rel="canonical" href="/relative">', "url", None),
        ("<script type='application/ld+json'>{broken</script>", "section", None),
        ("<title>Crane - Post</title><meta property=og:site_name content=Post>", "title", "Crane"),
    ],
)
def test_metadata_is_what_the_page_states(head: str, field: str, expected: object) -> None:
    fields, _ = extract_page(f"<html><head>{head}</head><body><p>Text.</p></body></html>")
    assert fields.get(field) == expected


def test_a_page_with_elements_nested_too_deeply_is_a_problem(tmp_path: Path) -> None:
    deep = "<html><body>" + "<div>" * 10_000 + "<p>Deep text.</p>" + "</div>" * 10_000
    (problem,) = read(tmp_path / "a.html", deep)
    assert isinstance(problem, Problem)
    assert "nested deeper than" in str(problem)


def test_a_page_without_the_library_names_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    (problem,) = read(tmp_path / "a.html", PAGE)
    assert isinstance(problem, Problem)
    assert problem.what == MISSING_LIBRARY
    assert "pip install 'pullquote[formats]'" in MISSING_LIBRARY


def test_a_page_without_words_is_a_problem(tmp_path: Path) -> None:
    for html in ("<html></html>", "<html><body><nav>Home</nav></body></html>", "<!-- x -->"):
        (problem,) = read(tmp_path / "a.html", html)
        assert isinstance(problem, Problem)


def test_a_fragment_has_all_its_text_but_scripts_code_and_what_is_struck_out() -> None:
    extraction = extract_fragment(
        "<h2>Head</h2><p>One <b>two</b><br>three &amp; four<script>x()</script>.</p>"
        "<ul><li>Item<ul><li>nested</li></ul><li>Item <s>gone</s>two</ul>tail&#8230;"
        "<dl><dt>Term</dt><dd>Words.</dd></dl><pre><code>code</code></pre><pre>A poem\n\nends</pre>"
        '<p>Last <!-- c --><a href="x">link</a><sup><a href="#f">1</a></sup></p>'
        '<p style="display: none">hidden</p>a<br><br>b'
    )
    assert [
        (block.kind.value, block.level, block.span.of(extraction.text))
        for block in extraction.blocks
    ] == [
        ("heading", 2, "Head"),
        ("paragraph", 0, "One two three & four."),
        ("item", 1, "Item"),
        ("item", 2, "nested"),
        ("item", 1, "Item two"),
        ("paragraph", 0, "tail…"),
        ("item", 1, "Term: Words."),
        ("paragraph", 0, "A poem"),
        ("paragraph", 0, "ends"),
        ("paragraph", 0, "Last link"),
        ("paragraph", 0, "a"),
        ("paragraph", 0, "b"),
    ]
    assert {block.first_line for block in extraction.blocks} == {0}


def test_blank_lines_separate_paragraphs_where_no_tags_do() -> None:
    blocks = fragment_blocks("One <b>two</b>\nthree.\n\nFour.", first_line=7)
    assert [(b.text, b.first_line, b.last_line) for b in blocks] == [
        ("One two\nthree.", 7, 8),
        ("Four.", 10, 10),
    ]


def test_a_table_that_arranges_a_page_is_no_table_of_data() -> None:
    blocks = fragment_blocks("<table><tr><td><div>One.</div><div>Two.</div></td></tr></table>")
    assert [(b.kind, b.text) for b in blocks] == [
        (BlockKind.PARAGRAPH, "One."),
        (BlockKind.PARAGRAPH, "Two."),
    ]


@given(st.text(alphabet=st.sampled_from("ab \n<>/!-&;=\"'pulitrdbdhs1?"), max_size=200))
def test_any_text_is_a_fragment(text: str) -> None:
    extraction = extract_fragment(text)
    assert all(block.span.of(extraction.text).strip() for block in extraction.blocks)


PROSE = (
    "The harbour of Norrvik gets a new crane, the council said on Wednesday, and sold the old one."
)


@pytest.mark.parametrize("hidden", ["hidden", 'style="display:none"', 'aria-hidden="true"'])
@pytest.mark.parametrize("paragraphs", [1, 30])
def test_a_page_is_read_without_what_it_hides(hidden: str, paragraphs: int) -> None:
    prose = f"<p>{PROSE}</p>" * paragraphs
    secret = "The secret paragraph is not shown to anyone who reads this page of the paper."
    _, blocks = extract_page(
        f"<html><body><article><h1>Crane</h1>{prose}<p {hidden}>{secret}</p>{prose}"
        f"<div {hidden}><p>{secret}</p></div></article></body></html>"
    )
    text = " ".join(block.text for block in blocks)
    assert "secret" not in text
    assert PROSE in text


def test_a_body_that_a_script_shows_is_read() -> None:
    _, blocks = extract_page(f'<html><body style="display:none"><p>{PROSE}</p></body></html>')
    assert [block.text for block in blocks] == [PROSE]


def test_templates_of_a_page_with_front_matter_are_left_out(tmp_path: Path) -> None:
    (page,) = read(
        tmp_path / "about.html",
        "---\ntitle: About\nlayout: page\n---\n{% include head.html\n title=page.title %}\n"
        f'<p>{PROSE} <a href="{{{{ site.url }}}}/x">{{{{ site.title }}}}</a></p>\n'
        "{% for post in site.posts %}<p>{{ post.title }}</p>{% endfor %}\n"
        "<p>{% raw %}It prints {{ x }}.{% endraw %}</p>\n",
    )
    assert isinstance(page, Article)
    assert page.text == f"{PROSE}\n\nIt prints {{{{ x }}}}."
    assert [(block.first_line, block.last_line) for block in page.blocks] == [(7, 7), (9, 9)]


LINKS = "".join(
    f'<li><a href="/{number}">The council decided about crane {number}</a> 1 May 2025</li>\n'
    for number in range(20)
)
MENU = '<a href="/cranes">crane</a>' * 10


@pytest.mark.parametrize(
    "page",
    [
        f"<html><body><nav>{MENU}</nav><article><h1>May</h1><ul>{LINKS}</ul></article></body></html>",
        f"<html><body><article><h1>Archive of May</h1><ul>{LINKS}</ul></article></body></html>",
        f"---\ntitle: Archive\n---\n<h2>All that was printed</h2><ul>{LINKS}</ul>\n",
    ],
)
def test_a_list_of_links_is_no_article(tmp_path: Path, page: str) -> None:
    (problem,) = read(tmp_path / "archive.html", page)
    assert str(problem) == "archive.html: is a list of links; left out"


@pytest.mark.parametrize(
    "page",
    [
        f"<html><body><article><h1>May</h1><p>{PROSE}</p><ul>{LINKS}</ul></article></body></html>",
        "---\ntitle: May\n---\n<ul>"
        + '<li><a href="/1">The crane</a> costs nine crowns</li>' * 5
        + "</ul>",
        '---\ntitle: May\n---\n<p><a href="/1">The crane costs nine crowns</a></p>',
    ],
)
def test_a_page_of_links_and_prose_is_an_article(tmp_path: Path, page: str) -> None:
    (article,) = read(tmp_path / "archive.html", page)
    assert isinstance(article, Article)
