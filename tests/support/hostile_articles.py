"""Hypothesis strategies for arbitrary articles and answers, hostile to any layout."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from pullquote.answering.answers import Answer, Refusal
from pullquote.answering.query import Correction, Query
from pullquote.answering.quotes import Quote
from pullquote.corpus.articles import Article, ArticleId
from pullquote.corpus.passages import ArticleRow
from pullquote.corpus.spans import Span
from pullquote.storage.manifest import GenerationId
from pullquote.storage.source_check import SourceState
from pullquote_bot.visible_text import one_line

GENERATION = GenerationId("0000001-0a1b2c3d")
LARGEST = 10_000_000
"""The largest row and count."""
MARKUP = (
    "**", "__", "~~", "||", "```", "`", "\\", "> ", ">>> ", "# ", "-# ", "- ", "* ", "+ ", "1. ",
    "2) ", "<@1>", "<@&2>", "@everyone", "@here", "<#3>", "</ask:4>", "<t:5:R>", "<a:b:6>",
    ":smile:", "<id:home>", "[a](https://b.org)", "[", "](", ")", "https://x.org/_a_",
    "<https://y.org>", "discord.gg/z", "<a@b.org>", "<+1 23>", "¯\\_(ツ)_/¯", "\u202e", "\u2067",
    "\u2069", "\u200b", "\u2028", "\u2029", "\x85", "\x0c", "\x1b[2J", "\0", "\t", "  \n", "\n",
    "\r\n", "\r", "\n\n", " ", "é", "שלום", "مرحبا", "😀", "👩‍🚀", "\U000e0041", "\u00a0", "\u3000",
    "\ufeff", "\u2800", "word", "7",
)  # fmt: skip
MARKED = st.lists(st.sampled_from(MARKUP), max_size=14).map("".join)
ENCODABLE = st.characters(codec="utf-8")
TEXT = (
    MARKED
    | st.text(ENCODABLE, max_size=40)
    | st.lists(MARKED | st.text(ENCODABLE, max_size=6), max_size=4).map("".join)
)
LONG = st.sampled_from(
    ["\\", "*", "<", "😀", "\u202e", "\U000e0041", "a", "1) ", "a\n\n", "ש ", "<@1> ", "word. "]
).flatmap(lambda unit: st.integers(1, 5_000 // len(unit)).map(lambda times: unit * times))
WORDS = (TEXT | LONG | st.tuples(TEXT, LONG, TEXT).map("".join)).filter(
    lambda text: bool(text.strip())
)
URLS = st.sampled_from(
    [
        "",
        "https://example.org/a)>b",
        "https://u:p@example.org",
        "javascript:alert(1)",
        "https://e.org/" + "a" * 480,
        "http://[",
        "x",
    ]
)
DATES = st.none() | st.dates()


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """Any article that a reader of files can return, and worse."""
    text = draw(WORDS)
    return Article(
        id=ArticleId("a"),
        title=draw(TEXT | LONG),
        text=text,
        prose=Span(0, len(text)),
        published=draw(DATES),
        section=draw(TEXT),
        source=draw(TEXT | LONG),
        url=draw(URLS | TEXT),
        authors=tuple(draw(st.lists(TEXT | LONG, max_size=3))),
        path="a.txt",
        line=0,
        record_sha256="0" * 64,
    )


@st.composite
def spans_of(draw: st.DrawFn, article: Article) -> Span:
    """A span of an article that begins and ends with a visible character."""
    words = [at for at, character in enumerate(article.text) if not character.isspace()]
    first, last = sorted((draw(st.sampled_from(words)), draw(st.sampled_from(words))))
    return Span(first, last + 1)


@st.composite
def quotes_of(draw: st.DrawFn, article: Article, row: int) -> Quote:
    """A quote from an article."""
    span = draw(spans_of(article))
    source_state = draw(st.sampled_from([SourceState.SAME, SourceState.ELSEWHERE]))
    return Quote(
        article,
        span,
        span,
        0.5,
        source_state,
        draw(st.sampled_from([0, 1, LARGEST])),
        ArticleRow(row),
    )


@st.composite
def quotes(draw: st.DrawFn) -> tuple[Quote, ...]:
    """Up to 100 quotes, of up to three different articles."""
    drawn_articles = draw(st.lists(articles(), min_size=1, max_size=3))
    drawn_quotes = [draw(quotes_of(article, at)) for at, article in enumerate(drawn_articles)]
    count = draw(st.sampled_from([0, 1, 2, 3, 5, 9, 17, 100]))
    first_row = draw(st.sampled_from([0, LARGEST - 100]))
    return tuple(
        Quote(
            drawn_quotes[at % len(drawn_quotes)].article,
            drawn_quotes[at % len(drawn_quotes)].span,
            drawn_quotes[at % len(drawn_quotes)].passage,
            0.5,
            drawn_quotes[at % len(drawn_quotes)].source_state,
            at,
            ArticleRow(row),
        )
        for at, row in enumerate(range(first_row, first_row + count))
    )


def corrections() -> st.SearchStrategy[Correction]:
    """Any corrected word of a question."""
    return st.builds(Correction, TEXT | LONG, TEXT | LONG)


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    """Any answer or refusal, to a question of up to 400 characters."""
    drawn_quotes = draw(quotes())
    refusal = (
        draw(st.sampled_from([None, *Refusal]))
        if drawn_quotes
        else draw(st.sampled_from(list(Refusal)))
    )
    question = draw(questions())
    return Answer(
        query=Query(
            question,
            searched=question,
            terms=(),
            since=draw(DATES),
            until=draw(DATES),
            source=draw(TEXT | LONG | st.just("")),
            corrections=tuple(draw(st.lists(corrections(), max_size=3))),
        ),
        confidence=draw(st.floats(0, 1)),
        unsure=draw(st.booleans()),
        quotes=() if refusal else drawn_quotes,
        nearest=drawn_quotes if refusal else (),
        refusal=refusal,
        withheld=tuple(draw(st.lists(articles(), max_size=4))),
        generation=GENERATION,
        built=draw(
            st.datetimes(
                dt.datetime(1970, 1, 2),
                dt.datetime(2100, 1, 1),
                timezones=st.just(dt.UTC),
            )
        ),
        timings={},
    )


def questions() -> st.SearchStrategy[str]:
    """Questions as the bot receives them: one line without invisible characters."""
    return (TEXT | LONG).map(lambda text: one_line(one_line(text)[:400])).filter(bool)
