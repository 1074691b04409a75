import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.corpus.articles import Article, ArticleId
from pullquote.corpus.spans import Span
from pullquote_bot.discord_bot.messages.article_pages import (
    PAGE_LENGTH,
    article_pages,
    article_pieces,
    displayed_length,
    page_ending_at,
    page_starting_at,
    pieces_around,
)
from pullquote_bot.discord_bot.messages.markdown import block_quote
from support.displayed import SAME_EACH_TIME
from support.hostile_articles import articles, spans_of


def article_of(text: str) -> Article:
    return Article(
        ArticleId("a"), "A", text, Span(0, len(text)), None, "", "", "", (), "a.txt", 0, ""
    )


LONG_TEXTS = {
    "thousands of tiny paragraphs": "a\n\n" * 5_000,
    "one gigantic word": "x" * 30_000,
    "one gigantic word of invisible characters": "\U000e0041" * 3_000,
    "astral characters": "😀 " * 5_000,
    "many short lines in one paragraph": ("- short\n" * 2_000).strip(),
    "a long paragraph of words": "word " * 5_000,
}


@SAME_EACH_TIME
@given(articles())
def test_every_letter_of_the_prose_is_in_one_piece(article: Article) -> None:
    at = 0
    for piece in article_pieces(article):
        assert at <= piece.span.start < piece.span.end
        assert not article.text[at : piece.span.start].strip()
        at = piece.span.end
    assert not article.text[at:].strip()


@pytest.mark.parametrize("name", LONG_TEXTS)
def test_every_letter_of_a_long_article_is_on_one_page(name: str) -> None:
    article = article_of(LONG_TEXTS[name])
    pieces = article_pieces(article)
    pages = article_pages(article, pieces)
    assert [at for page in pages for at in page] == list(range(len(pieces)))
    assert "".join(
        "".join(pieces[at].span.of(article.text).split()) for page in pages for at in page
    ) == "".join(article.text.split())
    for page in pages:
        assert sum(displayed_length(pieces[at].span.of(article.text)) for at in page) <= PAGE_LENGTH
        assert (
            sum(
                len(block_quote(pieces[at].span.of(article.text)).encode("utf-16-le")) // 2
                for at in page
            )
            <= PAGE_LENGTH
        )


def test_paragraphs_are_numbered_and_their_continuations_are_marked() -> None:
    pieces = article_pieces(article_of("One.\n\n" + "two " * 500 + "\n\nThree."))
    assert [(piece.paragraph, piece.continued) for piece in pieces] == [
        (1, False),
        (2, False),
        (2, True),
        (2, True),
        (3, False),
    ]


@SAME_EACH_TIME
@given(articles())
def test_the_pages_hold_every_piece_once_in_order(article: Article) -> None:
    pieces = article_pieces(article)
    pages = article_pages(article, pieces)
    assert all(pages)
    assert [at for page in pages for at in page] == list(range(len(pieces)))


@SAME_EACH_TIME
@given(articles(), st.data())
def test_earlier_and_later_reach_every_piece_from_any_quote(
    article: Article, data: st.DataObject
) -> None:
    pieces = article_pieces(article)
    shown = pieces_around(article, pieces, data.draw(spans_of(article)))
    seen = set(shown)
    first = shown
    while first.start > 0:
        before = page_ending_at(article, pieces, first.start - 1)
        assert before.stop == first.start
        first = before
        seen |= set(first)
    last = shown
    while last.stop < len(pieces):
        after = page_starting_at(article, pieces, last.stop)
        assert after.start == last.stop
        last = after
        seen |= set(last)
    assert seen == set(range(len(pieces)))


@SAME_EACH_TIME
@given(articles(), st.data())
def test_the_context_of_a_quote_shows_the_beginning_of_the_quote(
    article: Article, data: st.DataObject
) -> None:
    pieces = article_pieces(article)
    span = data.draw(spans_of(article))
    assert any(
        pieces[at].span.start <= span.start < pieces[at].span.end
        for at in pieces_around(article, pieces, span)
    )


def test_the_context_of_a_short_quote_shows_two_paragraphs_before_it() -> None:
    text = "One.\n\nTwo.\n\nThree.\n\nFour.\n\nFive."
    start = text.index("Four")
    assert pieces_around(
        article_of(text), article_pieces(article_of(text)), Span(start, start + 5)
    ) == range(1, 5)


@SAME_EACH_TIME
@given(articles(), st.integers(-3, 60))
def test_a_page_at_any_number_is_a_page_of_the_article(article: Article, at: int) -> None:
    pieces = article_pieces(article)
    for shown in (page_starting_at(article, pieces, at), page_ending_at(article, pieces, at)):
        assert set(shown) <= set(range(len(pieces)))
        assert min(max(at, 0), len(pieces) - 1) in shown
