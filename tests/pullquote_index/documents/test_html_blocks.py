"""The HTML of entries, messages and fields as blocks."""

import time

import pytest

from pullquote_index.readers.documents.entry_text import plain_text
from pullquote_index.readers.documents.html_blocks import html_blocks
from pullquote_index.readers.extraction import ExtractedBlock


def shown(blocks: list[ExtractedBlock]) -> list[tuple[str, int, str]]:
    return [(block.kind.value, block.level, block.text) for block in blocks]


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
    assert shown(html_blocks(html)) == expected


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 10_000 + "x" + "</div>" * 10_000,
        "<ul><li>" * 5_000 + "x",
        "<table><tr><td>" * 5_000 + "x",
        "<!--" * 200_000 + "-->x",
        "<a href='" * 200_000 + "'>x",
        "&" * 1_000_000 + " x",
        "<b>" * 200_000 + "x",
    ],
)
def test_hostile_html_takes_no_time(html: str) -> None:
    started = time.process_time()
    blocks = html_blocks(html)
    assert time.process_time() - started < 3
    assert "".join(block.text for block in blocks)[-1:] in {"x", ""}


def test_a_title_is_one_line_of_text() -> None:
    assert plain_text("Ferry &amp; <i>fares</i>\n") == "Ferry & fares"
    assert plain_text("Is 1 < 2?") == "Is 1 < 2?"
