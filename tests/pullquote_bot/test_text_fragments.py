"""Links that open an article at the quoted words."""

import dataclasses
import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.corpus.articles import Article
from pullquote.corpus.spans import Span
from pullquote_bot.discord_bot.messages.open_links import open_link
from pullquote_bot.discord_bot.messages.text_fragments import text_directive
from support.checked_messages import article_of
from support.displayed import SAME_EACH_TIME
from support.hostile_articles import articles, spans_of

TEXT = (
    "The bridge reopened. It cost 14 million euros, and the well-known mayor, Ann Low, said so.\n\n"
    "The bridge reopened on a Monday & nobody knew why it had taken eleven months to do so.\n"
)


def span_of(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


@pytest.mark.parametrize(
    ("words", "directive"),
    [
        ("It cost 14 million euros", "text=It%20cost%2014%20million%20euros"),
        ("well-known mayor, Ann Low", "text=well%2Dknown%20mayor%2C%20Ann%20Low"),
        ("a Monday & nobody", "text=a%20Monday%20%26%20nobody"),
        ("The bridge reopened", ""),
        ("the well", "text=the%20well"),
        ("ridge reopened on", ""),
        (
            "It cost 14 million euros, and the well-known mayor, Ann Low, said so.",
            "text=It%20cost%2014%20million,Ann%20Low%2C%20said%20so.",
        ),
        (
            TEXT.splitlines()[2],
            "text=The%20bridge%20reopened%20on,months%20to%20do%20so.",
        ),
        (TEXT, "text=The%20bridge%20reopened.%20It,months%20to%20do%20so."),
    ],
)
def test_a_directive_is_encoded_and_names_words_that_are_found_once(
    words: str, directive: str
) -> None:
    assert text_directive(TEXT, span_of(words)) == directive


def test_words_that_differ_in_case_or_white_space_alone_are_the_same_words() -> None:
    assert text_directive("One  Two. one\ntwo. Three.", Span(0, 9)) == ""
    assert text_directive("One\u00a0two. Three.", Span(0, 8)) == "text=One%20two."


def found_by(directive: str, text: str) -> list[tuple[int, int]]:
    """The places to which a directive leads, read as a browser reads it."""
    ends = [unquote(end).split() for end in directive.removeprefix("text=").split(",")]
    patterns = [r"\s+".join(map(re.escape, words)) for words in ends]
    return [
        found.span() for found in re.finditer(".*?".join(patterns), text, re.IGNORECASE | re.DOTALL)
    ]


@SAME_EACH_TIME
@given(articles(), st.data())
def test_a_directive_of_any_quote_leads_to_that_quote(
    article: Article, data: st.DataObject
) -> None:
    span = data.draw(spans_of(article))
    directive = text_directive(article.text, span)
    if directive:
        assert re.fullmatch(r"text=[\w.~%]+(,[\w.~%]+)?", directive, re.ASCII)
        start, end = found_by(directive, article.text)[0]
        assert article.text[start:end].strip() == span.of(article.text).strip()


def test_the_link_keeps_a_fragment_and_falls_back_to_the_plain_address() -> None:
    article = dataclasses.replace(article_of(TEXT), url="https://x.org/a?b=c#d")
    span = span_of("It cost 14 million euros")
    assert open_link(article, span) == (
        "[open](<https://x.org/a?b=c#d:~:text=It%20cost%2014%20million%20euros>)"
    )
    for url, linked in (
        ("https://x.org/" + "a" * 480, "[open](<https://x.org/" + "a" * 480 + ">)"),
        ("https://x.org/#:~:text=b", "[open](<https://x.org/#:~:text=b>)"),
        ("", ""),
    ):
        assert open_link(dataclasses.replace(article, url=url), span) == linked
