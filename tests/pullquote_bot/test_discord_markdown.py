import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.discord_markdown import Active, Kind, Rendered, render

INACTIVE = [
    (r"a\nb", r"a\nb"),
    ("a\nb", "a\nb"),
    (r"\\*", r"\*"),
    (r"\*a\*", "*a*"),
    (r"\é\“\😀", "é“😀"),
    ("a\\\nb", "a\\\nb"),
    ("a\\", "a\\"),
    ("  a \n", "a"),
    ("a  \nb \nc", "a\nb \nc"),
    ("a\tb\r\nc\fd", "a    b\ncd"),
    ("**a", "**a"),
    ("a * b * c", "a * b * c"),
    ("snake_case_name", "snake_case_name"),
    ("~a~ |b| `c", "~a~ |b| `c"),
    (r"\`a\`", "`a`"),
    (">not quote", ">not quote"),
    ("a > b", "a > b"),
    (r"\> a", "> a"),
    ("#a", "#a"),
    ("#### a", "#### a"),
    (r"\# a", "# a"),
    (r"\-# a", "-# a"),
    (r"\- a", "- a"),
    (r"1\. a", "1. a"),
    (r"\1. a", r"\1. a"),
    ("-a\n1.5\n1) b", "-a\n1.5\n1) b"),
    ("\u200b# a", "\u200b# a"),
    ("[x](javascript:alert)", "[x](javascript:alert)"),
    (r"[a\*](b)", r"[a\*](b)"),
    ("[x] (y) [z]", "[x] (y) [z]"),
    (r"https\://x.org", "https://x.org"),
    (r"https:\/\/x.org", "https://x.org"),
    ("www.x.org", "www.x.org"),
    (r"\<https\://x.org>", "<https://x.org>"),
    (r"discord\.gg/x", "discord.gg/x"),
    (r"@\everyone", r"@\everyone"),
    (r"\<\@1>", "<@1>"),
    (r"\<t\:1>", "<t:1>"),
    (r"a\:b\:c", "a:b:c"),
    (r"¯\_(ツ)_/¯", r"¯\_(ツ)_/¯"),
    (r"¯\\\_(ツ)\_/¯", r"¯\_(ツ)_/¯"),
]

ONE_MARKUP = [
    ("**a**", Kind.BOLD, "a", "a"),
    ("** a **", Kind.BOLD, " a ", " a "),
    ("*a*b", Kind.ITALIC, "a", "ab"),
    ("*a *", Kind.ITALIC, "a", "a"),
    (r"**a\**", Kind.ITALIC, "a*", "*a*"),
    (r"**a\\**", Kind.BOLD, "a\\", "a\\"),
    ("**a\nb**", Kind.BOLD, "a\nb", "a\nb"),
    ("_foo_bar_", Kind.ITALIC, "bar", "_foobar"),
    ("_foo bar_é", Kind.ITALIC, "foo bar", "foo baré"),
    ("__a__", Kind.UNDERLINE, "a", "a"),
    ("~~a~~", Kind.STRIKETHROUGH, "a", "a"),
    (r"~~a\~~", Kind.STRIKETHROUGH, "a\\", "a\\"),
    ("||a||", Kind.SPOILER, "a", "a"),
    ("`a**b**`", Kind.INLINE_CODE, "a**b**", "a**b**"),
    (r"`a\`", Kind.INLINE_CODE, "a\\", "a\\"),
    (r"\``a`", Kind.INLINE_CODE, "a", "`a"),
    ("`` ` ``", Kind.INLINE_CODE, "`", "`"),
    ("```py\na\n```", Kind.CODE_BLOCK, "a", "a"),
    ("```a```", Kind.CODE_BLOCK, "a", "a"),
    ("> a", Kind.BLOCK_QUOTE, "a", "a"),
    ("> > a", Kind.BLOCK_QUOTE, "> a", "> a"),
    ("# a", Kind.HEADING, "a", "a"),
    ("a\n### b ##\nc", Kind.HEADING, "b", "a\nb\nc"),
    ("#\na", Kind.HEADING, "a", "a"),
    ("\u00a0# a", Kind.HEADING, "a", "a"),
    ("-# a", Kind.SUBTEXT, "a", "a"),
    ("- a\n  b", Kind.LIST, "a\nb", "a\nb"),
    ("1. a", Kind.LIST, "a", "a"),
    ("a\n  * b", Kind.LIST, "b", "a\nb"),
    ("x https://x.org/a_b_.", Kind.URL, "https://x.org/a_b_", "x https://x.org/a_b_."),
    ("(https://x.org)", Kind.URL, "https://x.org", "(https://x.org)"),
    (r"\https://x.org", Kind.URL, "https://x.org", r"\https://x.org"),
    ("<https://x.org>", Kind.AUTOLINK, "https://x.org", "https://x.org"),
    ("<discord://-/a>", Kind.AUTOLINK, "discord://-/a", "discord://-/a"),
    ("<x:/y>", Kind.AUTOLINK, "x:/y", "x:/y"),
    ("<a@b.org>", Kind.EMAIL, "a@b.org", "a@b.org"),
    ("<+1 (23) 45>", Kind.PHONE, "+1 (23) 45", "+1 (23) 45"),
    ("discord.gg/x", Kind.INVITE, "discord.gg/x", "discord.gg/x"),
    ("Discord.com/invite/x", Kind.INVITE, "Discord.com/invite/x", "Discord.com/invite/x"),
    ("<@1>", Kind.USER_MENTION, "<@1>", "<@1>"),
    ("<@!1>", Kind.USER_MENTION, "<@!1>", "<@!1>"),
    ("<@&1>", Kind.ROLE_MENTION, "<@&1>", "<@&1>"),
    ("<#1>", Kind.CHANNEL_MENTION, "<#1>", "<#1>"),
    ("</ask me:1>", Kind.COMMAND_MENTION, "</ask me:1>", "</ask me:1>"),
    ("a@everyone", Kind.EVERYONE_MENTION, "@everyone", "a@everyone"),
    ("@here", Kind.EVERYONE_MENTION, "@here", "@here"),
    ("<id:customize>", Kind.NAVIGATION, "<id:customize>", "<id:customize>"),
    ("<t:1:R>", Kind.TIMESTAMP, "<t:1:R>", "<t:1:R>"),
    ("<:a:1>", Kind.CUSTOM_EMOJI, "<:a:1>", "<:a:1>"),
    ("<a:a:1>", Kind.CUSTOM_EMOJI, "<a:a:1>", "<a:a:1>"),
    ("at 10:30:45", Kind.SHORTCODE, ":30:", "at 10:30:45"),
]

NESTED = [
    ("***a***", "a", {Kind.BOLD, Kind.ITALIC}),
    ("||**x**||", "x", {Kind.SPOILER, Kind.BOLD}),
    ("* * a", "a", {Kind.LIST}),
    ("**# a**", "a", {Kind.BOLD, Kind.HEADING}),
    ("b **# a**", "b # a", {Kind.BOLD}),
    ("-# - a", "a", {Kind.SUBTEXT, Kind.LIST}),
    ("-# > a", "a", {Kind.SUBTEXT, Kind.BLOCK_QUOTE}),
    (
        "> # a\n> - b\n> `c`",
        "a\nb\nc",
        {Kind.BLOCK_QUOTE, Kind.HEADING, Kind.LIST, Kind.INLINE_CODE},
    ),
    ("> ```\n> a\n> ```", "a", {Kind.BLOCK_QUOTE, Kind.CODE_BLOCK}),
    ("**a\n> b** c", "a\nb c", {Kind.BOLD, Kind.BLOCK_QUOTE}),
    ("[x](https://discord.gg/a)", "x", {Kind.MASKED_LINK, Kind.INVITE}),
]

QUOTES = [
    ("> a\n> b", ("a\nb",)),
    ("> a\nb\n> c", ("a", "c")),
    ("> a\n> \n> b\nc", ("a\n\nb",)),
    ("> a\n>\n> b", ("a", "b")),
    (">  a", (" a",)),
    (">>> a\n> b\n\nc", ("a\n> b\n\nc",)),
    ("> a\\\n> b", ("a\\\nb",)),
    ("> a\u2028> b", ("a\u2028b",)),
    ("> a\n> ", ("a",)),
]


@pytest.mark.parametrize(("text", "plain"), INACTIVE)
def test_text_without_markup_has_nothing_active(text: str, plain: str) -> None:
    assert render(text) == Rendered(plain)


@pytest.mark.parametrize(("text", "kind", "covered", "plain"), ONE_MARKUP)
def test_markup_is_active_on_the_text_that_it_covers(
    text: str, kind: Kind, covered: str, plain: str
) -> None:
    shown = render(text)
    assert [(active.kind, active.text) for active in shown.active] == [(kind, covered)]
    assert shown.plain == plain


@pytest.mark.parametrize(("text", "plain", "kinds"), NESTED)
def test_markup_inside_markup_is_active(text: str, plain: str, kinds: set[Kind]) -> None:
    shown = render(text)
    assert (shown.plain, set(shown.kinds)) == (plain, kinds)


@pytest.mark.parametrize(("text", "quoted"), QUOTES)
def test_a_block_quote_has_the_text_after_each_mark(text: str, quoted: tuple[str, ...]) -> None:
    assert render(text).quoted == quoted


@pytest.mark.parametrize(
    "text", ["[a b](https://x.org)", "[a b](<https://x.org>)", "[a b](https://x.org 'c')"]
)
def test_a_masked_link_shows_its_label_and_leads_to_its_target(text: str) -> None:
    assert render(text) == Rendered("a b", (Active(Kind.MASKED_LINK, "a b", "https://x.org"),))


def test_backslashes_in_the_label_of_a_masked_link_are_shown() -> None:
    assert render(r"[a\*\]b](https://x.org)").plain == r"a\*\]b"


@pytest.mark.parametrize(
    ("text", "pings"),
    [(r"\<@1> \@everyone", ("<@1>", "@everyone")), (r"<\@&1> @\here", ()), ("`@here`", ("@here",))],
)
def test_a_mention_in_the_raw_text_pings_even_if_it_is_shown_as_text(
    text: str, pings: tuple[str, ...]
) -> None:
    assert render(text).pings == pings


# Lines without white space at their ends, because no escape keeps it.
LINE = (
    st.text(
        st.sampled_from("ab1 \\`*_{}[]()<>#+-.!|~:/@é“😀¯ツ&?='\",;$%^"), min_size=1, max_size=12
    )
    .map(str.strip)
    .filter(bool)
)
TEXT = st.lists(LINE, min_size=1, max_size=4).map("\n".join)
SPECIAL = re.compile(r"[\\*_~|`\[<:@/.#>+-]")


@given(TEXT)
def test_text_with_a_backslash_before_each_special_character_is_shown_as_it_is(text: str) -> None:
    assert render(SPECIAL.sub(r"\\\g<0>", text)) == Rendered(text)


@given(TEXT)
def test_escaped_text_in_a_block_quote_is_shown_as_it_is(text: str) -> None:
    escaped = SPECIAL.sub(r"\\\g<0>", text)
    shown = render("Before\n" + "".join(f"> {line}\n" for line in escaped.split("\n")) + "after")
    assert shown == Rendered(f"Before\n{text}\nafter", (Active(Kind.BLOCK_QUOTE, text),), (text,))


@given(LINE)
def test_an_escaped_line_in_bold_or_in_subtext_is_shown_as_it_is(line: str) -> None:
    escaped = SPECIAL.sub(r"\\\g<0>", line)
    assert render(f"**{escaped}**") == Rendered(line, (Active(Kind.BOLD, line),))
    assert render(f"-# {escaped}") == Rendered(line, (Active(Kind.SUBTEXT, line),))


@given(st.text(st.sampled_from("ab1 \n\\`*_[]()<>#-.|~:/@"), max_size=40))
def test_any_message_can_be_rendered_and_shows_only_its_own_characters(text: str) -> None:
    assert len(render(text).plain) <= len(text)
