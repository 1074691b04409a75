import unicodedata
from typing import Any, cast
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.discord_markdown import Active, Kind, Rendered, render
from pullquote_bot.discord_bot.handlers.views import NO_MENTIONS
from pullquote_bot.discord_bot.messages.components import Text
from pullquote_bot.discord_bot.messages.markdown import (
    block_quote,
    escape,
    escape_line,
    link,
    unescape,
)
from pullquote_bot.discord_bot.messages.question_text import (
    question_of,
    question_text,
    reading_of,
    with_poster,
)
from support.displayed import SAME_EACH_TIME, displayed, visible_lines
from support.hostile_articles import LONG, TEXT, questions

ISOLATE, END = "\u2068", "\u2069"
ADDRESSES = st.lists(
    st.sampled_from(
        [
            "http",
            "https",
            "HTTPS",
            "javascript",
            ":",
            "//",
            "/",
            "\\",
            "@",
            "x.org",
            "u",
            "[::1]",
            "?",
            "#",
            "<",
            ">",
            "(",
            ")",
            "](",
        ]
    )
    | st.sampled_from(
        [
            "**",
            "||",
            "`",
            " ",
            "\n",
            "\t",
            "\0",
            "é",
            "\u202e",
            "%",
            "\ud800",
            "https://",
            "https://x.org/",
            ":80",
            "\"'",
        ]
    ),
    max_size=8,
).map("".join)


@SAME_EACH_TIME
@given(TEXT)
def test_a_block_quote_shows_exactly_the_text_and_nothing_in_it_is_active(text: str) -> None:
    shown = render(f"before\n{block_quote(text)}\nafter")
    assert shown.quoted == (displayed(text),)
    assert shown.active == (Active(Kind.BLOCK_QUOTE, displayed(text)),)
    assert shown.plain == f"before\n{displayed(text)}\nafter"


@SAME_EACH_TIME
@given(TEXT)
def test_text_mentions_nobody_and_every_message_forbids_mentions(
    text: str,
) -> None:
    """No escape hides these two words from Discord's server; `allowed_mentions` forbids them."""
    assert set(render(block_quote(text)).pings) <= {"@everyone", "@here"}
    assert dict(cast("Any", NO_MENTIONS).to_dict()) == {"parse": []}


@SAME_EACH_TIME
@given(TEXT)
def test_a_line_in_bold_or_in_subtext_shows_exactly_the_text(text: str) -> None:
    line, plain = escape_line(text), visible_lines(" ".join(text.split()))
    if plain and not plain.isascii():
        plain = f"{ISOLATE}{plain}{END}"
    assert "\n" not in line
    if plain:
        assert render(f"**{line}**") == Rendered(
            plain, (Active(Kind.BOLD, plain),), render(line).quoted, render(line).pings
        )
        assert render(f"-# {line}") == Rendered(
            plain, (Active(Kind.SUBTEXT, plain),), (), render(line).pings
        )


@SAME_EACH_TIME
@given(TEXT)
def test_unescape_is_the_inverse_of_escape(text: str) -> None:
    assert unescape(escape(text)) == visible_lines(text)


@SAME_EACH_TIME
@given(TEXT)
def test_a_line_cannot_reorder_the_text_beside_it(text: str) -> None:
    line = escape_line(text)
    inside = line.removeprefix(ISOLATE).removesuffix(END)
    assert line in (inside, f"{ISOLATE}{inside}{END}")
    assert line.startswith(ISOLATE) or all(
        unicodedata.bidirectional(character) not in ("R", "AL", "AN") for character in line
    )
    for character in inside:
        assert unicodedata.bidirectional(character) not in (
            "LRE",
            "RLE",
            "LRO",
            "RLO",
            "PDF",
            "LRI",
            "RLI",
            "FSI",
            "PDI",
            "B",
        )
        assert character not in "\u200e\u200f\u061c"


@SAME_EACH_TIME
@given(ADDRESSES | TEXT)
def test_a_link_leads_to_a_web_address_and_does_not_leave_its_brackets(url: str) -> None:
    markdown = link("open it", url)
    if not markdown:
        return
    shown = render(f"-# before · {markdown} · after")
    assert shown.plain == "before · open it · after"
    subtext, leading, *others = shown.active
    assert (subtext.kind, leading.kind) == (Kind.SUBTEXT, Kind.MASKED_LINK)
    assert all(other.kind is Kind.INVITE for other in others)
    assert leading.target is not None
    address = urlsplit(leading.target)
    assert address.scheme in ("http", "https")
    assert address.hostname
    assert "@" not in address.netloc


@pytest.mark.parametrize(
    "url",
    [
        "", "x", "javascript:alert(1)", "ftp://x.org", "//x.org", "http://", "http://[",
        "https://u@x.org", "https://:p@x.org", "https://u:p@x.org",
        "https://x.org\\@y.org", "https://x.org/\ud800", "https://x.org/" + "a" * 500,
        "data:text/html,x", "https:x.org",
    ],
)  # fmt: skip
def test_an_unsafe_address_is_no_link(url: str) -> None:
    assert link("open it", url) == ""


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://x.org/a_b_(c)?d=e&f#g", "https://x.org/a_b_%28c%29?d=e&f#g"),
        (
            "https://x.org/a)>[b](<https://y.org>)",
            "https://x.org/a%29%3E[b]%28%3Chttps://y.org%3E%29",
        ),
        (" HTTP://x.org/é \n", "http://x.org/%C3%A9"),
        ("ht\ntps://x.org/a\tb", "https://x.org/ab"),
    ],
)
def test_special_characters_of_an_address_are_encoded(url: str, target: str) -> None:
    assert link("open it", url) == f"[open it](<{target}>)"
    assert render(link("open it", url)).active[0] == Active(Kind.MASKED_LINK, "open it", target)


@SAME_EACH_TIME
@given(questions())
def test_the_question_is_read_back_from_the_text_that_shows_it(question: str) -> None:
    assert question_of(question_text(question).content) == question
    shown = render(question_text(question).content)
    assert {active.kind for active in shown.active} == {Kind.BOLD}


@SAME_EACH_TIME
@given(questions(), questions())
def test_how_a_question_was_searched_is_read_back_from_the_text_that_shows_it(
    question: str, reading: str
) -> None:
    content = question_text(question, reading=reading).content
    assert (question_of(content), reading_of(content)) == (question, reading)
    assert reading_of(f"{question_text(question).content}\n**-# Searched: a label**") == ""


@SAME_EACH_TIME
@given(TEXT | LONG)
def test_any_text_can_be_read_as_a_question(text: str) -> None:
    found = question_of(text)
    assert found is None or isinstance(found, str)


@pytest.mark.parametrize(
    "content", ["", "a", "-# Question", "-# Question\nplain", "-# Question\n**half"]
)
def test_other_texts_have_no_question(content: str) -> None:
    assert question_of(content) is None


def test_many_blank_lines_are_escaped_quickly() -> None:
    text = "\n" * 100_000 + "- a"
    assert escape(text) == "\n" * 100_000 + "\\- a"


def test_a_line_of_plain_letters_is_not_changed() -> None:
    assert escape_line("Plain words, and 3.5 of them!") == "Plain words, and 3.5 of them!"
    assert isinstance(question_text("q"), Text)
    assert question_text("q").content == "**q**"


@pytest.mark.parametrize("above", ["", "-# Question\n", "-# Question · asked by <@5>\n"])
def test_the_question_of_a_message_of_any_version_is_read(above: str) -> None:
    content = f"{above}{question_text('Who?', reading='Who came?').content}"
    assert (question_of(content), reading_of(content)) == ("Who?", "Who came?")
    assert question_of(with_poster(content, "asked by <@5>")) == "Who?"
