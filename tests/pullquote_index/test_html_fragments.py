"""The HTML of entries, messages and fields as blocks, whatever it holds."""

import time

import pytest

from pullquote_index.readers.documents.entry_text import entry_blocks, plain_text
from pullquote_index.readers.extraction import ExtractedBlock, joined_blocks
from pullquote_index.readers.html_fragment import fragment_blocks


def shown(blocks: list[ExtractedBlock]) -> list[tuple[str, int, str]]:
    joined = joined_blocks(blocks)
    return [(block.kind.value, block.level, block.span.of(joined.text)) for block in joined.blocks]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("A <b>bold</b>,<br>broken line", [("paragraph", 0, "A bold, broken line")]),
        ("one<br><br>two", [("paragraph", 0, "one"), ("paragraph", 0, "two")]),
        ("<h3>Cargo</h3>Salt", [("heading", 3, "Cargo"), ("paragraph", 0, "Salt")]),
        (
            "<ul><li>one<ul><li>two</ul><li><p>three</ul>",
            [("item", 1, "one"), ("item", 2, "two"), ("item", 1, "three")],
        ),
        (
            "<table><tr><th>Year<th>Tons<tr><td>2020<td>4</table>",
            [("header_row", 0, "Year | Tons"), ("row", 0, "2020 | 4")],
        ),
        (
            "<table><tr><td><p>a</p><p>b</p></td><td><h2>c</h2></td></tr></table>",
            [("paragraph", 0, "a"), ("paragraph", 0, "b"), ("heading", 2, "c")],
        ),
        (
            "<table><thead><tr><td>a<td>b<tr><td>c<td>d</thead>\n<tr><td>2020<td>4<tr hidden><td>x",
            [
                ("header_row", 0, "a | b"),
                ("header_row", 0, "c | d"),
                ("row", 0, "2020 | 4"),
            ],
        ),
        (
            "<table><tr><td>2020<td>4<tr><td>logo<td><p>a</p><p>b</p></table>",
            [
                ("row", 0, "2020 | 4"),
                ("paragraph", 0, "logo"),
                ("paragraph", 0, "a"),
                ("paragraph", 0, "b"),
            ],
        ),
        (
            "<table><tr><td>&nbsp;<td>a<br><br>b<tr><td><td>c</table>",
            [("paragraph", 0, "a"), ("paragraph", 0, "b"), ("paragraph", 0, "c")],
        ),
        (
            "<table>a<tr>b<td>c",
            [("paragraph", 0, "a"), ("paragraph", 0, "b"), ("paragraph", 0, "c")],
        ),
        ("<p style='visibility:hidden'>a</p><p>b", [("paragraph", 0, "b")]),
        (
            "<![if !mso]>a<![endif]><![CDATA[b]]><!--[if mso]>c<![endif]-->",
            [("paragraph", 0, "ab")],
        ),
        ("a<!-- b", [("paragraph", 0, "a b")]),
        ("a <![x[ b > c", [("paragraph", 0, "a <![x[ b > c")]),
        ("<p>a<script>b</script><style>c</style><!-- d --></p>", [("paragraph", 0, "a")]),
        ("<p hidden>a</p><p style='display: none'>b<i>c</i></p>d", [("paragraph", 0, "d")]),
        ("<p>caf&eacute; &amp; &#x201C;sea&rdquo;", [("paragraph", 0, "café & “sea”")]),
        ("<figure><img alt=x><figcaption>A bow", [("paragraph", 0, "A bow")]),
        ("<pre>a\nb\n\nc</pre>", [("paragraph", 0, "a b"), ("paragraph", 0, "c")]),
        ("<a href='javascript:x()'>link</a> words", [("paragraph", 0, "link words")]),
        ("</p></ul></table></div>x", [("paragraph", 0, "x")]),
        ("   ", []),
    ],
)
def test_html_as_a_reader_sees_it(html: str, expected: list[tuple[str, int, str]]) -> None:
    assert shown(fragment_blocks(html)) == expected


HOSTILE = {
    "levels": "<div>" * 10_000 + "x" + "</div>" * 10_000,
    "lists": "<ul><li>" * 5_000 + "x",
    "tables": "<table><tr><td>" * 5_000 + "x",
    "comments": "<!--" * 200_000 + "-->x",
    "comments without an end": "<!--x>" * 100_000 + "x",
    "sections without an end": "<![CDATA[x>" * 100_000 + "x",
    "attributes without an end": "<a href='" * 200_000 + "'>x",
    "attributes": "<a " + "b=c " * 100_000 + ">x",
    "references": "&" * 1_000_000 + " x",
    "open elements": "<b>" * 100_000 + "x",
    "elements in disorder": "<b><i>" * 20_000 + "</b>" * 40_000 + "x",
    "items below what is open": "<li><ul>" + "<b>" * 15_000 + "<li></li>" * 15_000 + "x",
    "links": '<a href="/a">x</a> ' * 30_000,
    "starts of tags": "<" * 200_000 + ">x",
    "ends of tags": "</a" * 200_000 + ">x",
    "scripts": "<script>" * 100_000 + "x",
}


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE)
def test_hostile_html_takes_no_time(html: str) -> None:
    started = time.process_time()
    blocks = fragment_blocks(html)
    assert time.process_time() - started < 8  # 2 on a quiet machine; minutes if it is quadratic
    assert "".join(block.text for block in blocks).strip()[-1:] in {"x", ""}


def test_words_below_the_deepest_element_are_where_they_would_be() -> None:
    deep = "<div>" * 1_000
    html = f"<div class=gmail_quote>{deep}theirs{'</div>' * 1_000}theirs too</div>own"
    assert shown(fragment_blocks(html, is_mail=True)) == [
        ("furniture", 0, "theirs"),
        ("furniture", 0, "theirs too"),
        ("paragraph", 0, "own"),
    ]


def test_quoted_messages_are_furniture_in_mail_alone() -> None:
    html = (
        "own<blockquote type=cite><h1>a</h1><table><tr><td>b<td>c</table></blockquote>more"
        "<div class='x moz-signature'>d</div>"
    )
    assert [kind for kind, _, _ in shown(fragment_blocks(html, is_mail=True))] == [
        "paragraph", "furniture", "furniture", "paragraph", "furniture"
    ]  # fmt: skip
    assert "furniture" not in {kind for kind, _, _ in shown(fragment_blocks(html))}


def test_blank_lines_separate_the_paragraphs_that_wordpress_stores() -> None:
    content = "<div>One [gallery ids=1]\r\n\r\ntwo</div>"
    assert shown(entry_blocks(content, is_wordpress=True)) == [
        ("paragraph", 0, "One"), ("paragraph", 0, "two")
    ]  # fmt: skip
    assert len(entry_blocks(content)) == 1


def test_blocks_have_lines_only_where_they_are_asked_for() -> None:
    html = "<p>a\nb\n<table><tr><td>c<td>d</table>"
    assert [(b.first_line, b.last_line) for b in fragment_blocks(html, 3)] == [(3, 4), (5, 5)]
    assert {(b.first_line, b.last_line) for b in fragment_blocks(html)} == {(0, 0)}


def test_a_title_is_one_line_of_text() -> None:
    assert plain_text("Ferry &amp; <i>fares</i>\n") == "Ferry & fares"
    assert plain_text("Is 1 < 2?") == "Is 1 < 2?"
