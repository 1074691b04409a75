"""Feeds and exports in XML: RSS, Atom, WordPress."""

import datetime as dt
from pathlib import Path

import pytest

from pullquote.corpus.articles import Article
from pullquote_index.readers.problems import Problem, ProblemKind
from support.document_files import read_article, read_file, read_problem, shown_blocks

NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"'
    ' xmlns:media="http://search.yahoo.com/mrss/"'
)


def rss(items: str) -> str:
    return (
        f'<?xml version="1.0"?><rss version="2.0" {NAMESPACES}><channel>'
        f"<title>Island &amp; Sea</title><image><title>logo</title></image>{items}</channel></rss>"
    )


ITEM = """<item><title>Ferry &amp;amp; fares</title><link>https://sea.example/ferry</link>
<media:title>not this</media:title><pubDate>Thu, 02 May 2024 23:00:00 +0200</pubDate>
<dc:creator>Ada Lindén</dc:creator><category>Sea</category>
<guid isPermaLink="false">sea-1</guid><description>The teaser.</description>
<content:encoded><![CDATA[<h2>Fares</h2><p>A ticket costs <b>two</b> crowns.</p>
<!-- editor: not sure --><ul><li>dogs: free</li></ul><script>x()</script>]]></content:encoded>
</item>"""


def test_an_entry_of_rss_is_an_article(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(rss(ITEM))
    article = read_article(path)
    assert (article.id, article.line, article.path) == ("sea-1", 1, "archive/feed.xml")
    assert (article.title, article.source, article.section) == (
        "Ferry & fares",
        "Island & Sea",
        "Sea",
    )
    assert (article.published, article.authors) == (dt.date(2024, 5, 2), ("Ada Lindén",))
    assert article.url == "https://sea.example/ferry"
    assert shown_blocks(article) == [
        ("heading", 2, "Fares"),
        ("paragraph", 0, "A ticket costs two crowns."),
        ("item", 1, "dogs: free"),
    ]


def test_entries_of_atom_are_articles(tmp_path: Path) -> None:
    path = tmp_path / "feed.atom"
    path.write_text(
        """<feed xmlns="http://www.w3.org/2005/Atom"><title>Island</title>
<author><name>Bo Ek</name></author>
<entry><title type="html">A &lt;b&gt;new&lt;/b&gt; ferry</title><id>urn:x:1</id>
<link rel="self" href="https://sea.example/self"/><link href="https://sea.example/1"/>
<published>2024-05-02T10:00:00Z</published><updated>2024-06-01T10:00:00Z</updated>
<author><name>Ada</name></author><category term="Sea"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>It sails.</p></div></content>
</entry>
<entry><title>Depth</title><updated>2024-05-03T10:00:00Z</updated>
<summary type="text">Depth &lt; 2 metres &amp; falling.</summary></entry></feed>"""
    )
    first, second = read_file(path)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.id, first.title, first.url) == ("urn:x:1", "A new ferry", "https://sea.example/1")
    assert (first.published, first.authors, first.section) == (
        dt.date(2024, 5, 2),
        ("Ada",),
        "Sea",
    )
    assert (first.text, first.source) == ("It sails.", "Island")
    assert second.text == "Depth < 2 metres & falling."
    assert (second.id, second.authors) == ("archive/feed.atom:2", ("Bo Ek",))


def post(title: str, kind: str, status: str, content: str) -> str:
    return (
        f"<item><title>{title}</title><link>https://sea.example/{title}</link>"
        f"<pubDate>Thu, 02 May 2024 22:30:00 +0000</pubDate><dc:creator>ada</dc:creator>"
        f"<content:encoded><![CDATA[{content}]]></content:encoded>"
        f"<wp:post_date>2024-05-03 00:30:00</wp:post_date><wp:status>{status}</wp:status>"
        f'<wp:post_type>{kind}</wp:post_type><category domain="post_tag">x</category>'
        f'<category domain="category">Sea</category></item>'
    )


def test_of_an_export_of_wordpress_only_published_posts_and_pages_are_read(tmp_path: Path) -> None:
    content = (
        '<!-- wp:paragraph -->\nThe ferry [caption id="a" width="3"]<img src=x> A bow[/caption]'
        " runs.\n\nIt <i>costs</i>\ntwo crowns.\n[gallery ids=1,2]"
    )
    path = tmp_path / "export.xml"
    path.write_text(
        rss(
            post("ferry", "post", "publish", content)
            + post("idea", "post", "draft", "Not yet.")
            + post("about", "page", "publish", "We sail.")
            + post("bow", "attachment", "inherit", "")
        )
    )
    first, idea, second, bow = read_file(path)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert first.text == "The ferry A bow runs.\n\nIt costs two crowns."
    assert (first.published, first.section) == (dt.date(2024, 5, 3), "Sea")
    assert (second.text, second.line) == ("We sail.", 3)
    assert [str(item) for item in (idea, bow)] == [
        "archive/export.xml:2: is not published (draft post); left out",
        "archive/export.xml:4: is no post or page (attachment); left out",
    ]
    kinds = [item.kind for item in (idea, bow) if isinstance(item, Problem)]
    assert kinds == [ProblemKind.DRAFT, ProblemKind.NO_TEXT]


def test_drafts_of_an_export_are_counted_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "export.xml"
    path.write_text(rss(post("idea", "post", "draft", "Not yet.") * 250))
    found = read_file(path)
    assert len(found) == 250
    assert all(isinstance(item, Problem) and item.is_expected for item in found)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is not XML"),
        ("words", "is not XML"),
        ("<urlset><url/></urlset>", "is XML of another kind (<urlset>)"),
        (rss(""), "is a feed without entries"),
        (
            '<!DOCTYPE r [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;">]><rss>&b;</rss>',
            "declares XML entities, which are not read",
        ),
        (
            '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/hostname">]><rss>&a;</rss>',
            "declares XML entities, which are not read",
        ),
        ("<rss>" + "<a>" * 10_000, "is broken XML (Excessive depth"),
        ('<rss><![CDATA[<?xml version="1.0"?>', "is broken XML (CData section not finished <?xml"),
    ],
)
def test_what_is_no_feed_says_so(text: str, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "broken.xml"
    path.write_text(text)
    assert read_problem(path).startswith(f"archive/broken.xml: {reason}")


def test_of_a_feed_that_is_cut_short_the_whole_entries_are_read(tmp_path: Path) -> None:
    path = tmp_path / "cut.rss"
    path.write_text(rss(ITEM + ITEM)[:-200])
    article, problem = read_file(path)
    assert isinstance(article, Article)
    assert str(problem).startswith("archive/cut.rss: is broken XML (")
