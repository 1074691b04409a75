import dataclasses
import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.answering.search import FoundPassage
from pullquote.corpus.articles import Article
from pullquote.corpus.paragraphs import paragraphs
from pullquote.corpus.passages import ArticleRow
from pullquote.corpus.spans import Span
from pullquote_bot.discord_bot.messages import article_sections
from pullquote_bot.discord_bot.messages.article_details import citation_message
from pullquote_bot.discord_bot.messages.article_lists import articles_message
from pullquote_bot.discord_bot.messages.article_messages import (
    article_message,
    context_message,
)
from pullquote_bot.discord_bot.messages.article_pages import article_pages, article_pieces
from pullquote_bot.discord_bot.messages.components import Message, Text
from pullquote_bot.discord_bot.messages.custom_ids import Action, CustomId, parse_custom_id
from pullquote_bot.discord_bot.messages.question_text import question_of
from pullquote_bot.discord_bot.messages.scopes import Scope
from pullquote_bot.discord_bot.messages.search_messages import search_message
from pullquote_bot.discord_bot.strings import contents as discord_contents
from pullquote_bot.discord_bot.strings import labels as discord_labels
from support.checked_messages import (
    actions,
    article_of,
    buttons,
    check_message,
    choices,
    custom_id_of,
    quote_numbers,
)
from support.displayed import (
    SLOW,
    displayed,
    rendered,
    texts,
    visible_lines,
    without_spaces,
)
from support.hostile_articles import GENERATION, LARGEST, articles, questions, spans_of


def leads_on(message: Message) -> bool:
    """Whether the message has a next page."""
    return any(
        button.label == discord_labels.NEXT_BUTTON and not button.disabled
        for button in buttons(message)
    )


@SLOW
@given(articles(), st.data())
def test_a_quote_is_marked_in_its_context_and_every_page_is_valid(
    article: Article, data: st.DataObject
) -> None:
    span = data.draw(spans_of(article))
    message = context_message(article, ArticleRow(LARGEST), GENERATION, span)
    check_message(message)
    marked = without_spaces("".join(rendered(message)[1].quoted))
    assert marked
    assert without_spaces(visible_lines(span.of(article.text))).startswith(marked)
    assert custom_id_of(message, Action.READ) == CustomId(Action.READ, GENERATION, (LARGEST, 0))
    assert custom_id_of(message, Action.CITATION) == CustomId(
        Action.CITATION, GENERATION, (LARGEST, *span)
    )
    check_message(citation_message(article, span))
    custom_ids = [parse_custom_id(button.custom_id) for button in buttons(message)]
    for numbers in [custom_id.numbers for custom_id in custom_ids if custom_id]:
        if len(numbers) == 5:
            *_, piece, direction = numbers
            check_message(
                context_message(article, ArticleRow(LARGEST), GENERATION, span, (piece, direction))
            )


@SLOW
@given(articles())
def test_the_pages_of_an_article_show_all_its_words(article: Article) -> None:
    pages = article_pages(article, article_pieces(article))
    shown = ""
    for number in range(min(len(pages), 3)):
        message = article_message(article, ArticleRow(LARGEST), GENERATION, number)
        check_message(message)
        lines = texts(message)[1].split("\n")
        prose = [line for line in lines if line != f"-# {discord_contents.CONTINUED}"]
        page = rendered(Message((Text("\n".join(prose)),)))[0]
        assert page.active == ()
        shown += without_spaces(page.plain)
    whole = without_spaces(visible_lines(article.text))
    assert whole.startswith(shown)
    assert len(pages) > 3 or shown == whole
    last = article_message(article, ArticleRow(0), GENERATION, len(pages) - 1)
    assert article_message(article, ArticleRow(0), GENERATION, LARGEST) == last


@SLOW
@given(st.lists(articles(), min_size=1, max_size=8))
def test_a_list_of_any_eight_articles_fits_a_message(listed: list[Article]) -> None:
    message = articles_message(
        [(ArticleRow(LARGEST + index), article) for index, article in enumerate(listed)],
        GENERATION,
    )
    check_message(message)
    assert actions(message, Action.READ) == [
        CustomId(Action.READ, GENERATION, (LARGEST + index, 0)) for index in range(len(listed))
    ]


@SLOW
@given(
    questions(),
    st.lists(
        articles().flatmap(lambda article: st.tuples(st.just(article), spans_of(article))),
        max_size=4,
    ),
    st.integers(0, 4),
)
def test_the_pages_of_a_search_show_each_passage_whole(
    words: str, places: list[tuple[Article, Span]], times: int
) -> None:
    passages = [
        FoundPassage(article, ArticleRow(LARGEST + index), span)
        for index, (article, span) in enumerate(places * times)
    ]
    scope = Scope(dt.date.max.toordinal(), dt.date.max.toordinal(), 2**32 - 1)
    numbers: list[int] = []
    for page in range(len(passages) + 1):
        message = search_message(words, scope, GENERATION, passages, page)
        check_message(message)
        assert question_of(texts(message)[0]) == words
        for number, text in quote_numbers(message).items():
            numbers.append(number)
            passage = passages[number - 1]
            quoted = rendered(Message((text,)))[0].quoted
            assert quoted == (displayed(passage.span.of(passage.article.text)),) or (
                not quoted and discord_contents.PASSAGE_TOO_LONG in text.content
            )
        if not leads_on(message):
            break
    assert numbers == list(range(1, len(passages) + 1))


def test_a_passage_that_is_too_long_is_named_and_not_cut() -> None:
    text = "x" * 9_000
    passage = FoundPassage(article_of(text), ArticleRow(1), Span(0, len(text)))
    message = search_message("x", Scope(), GENERATION, [passage], 0)
    check_message(message)
    assert discord_contents.PASSAGE_TOO_LONG in texts(message)[1]


def test_eight_articles_with_long_names_and_links_lose_their_links_first() -> None:
    long = dataclasses.replace(
        article_of("x"),
        title="*" * 300,
        url="https://x.org/" + "a" * 450,
        source="*" * 90,
        authors=("*" * 90,),
    )
    rows = [(ArticleRow(row), long) for row in range(8)]
    assert "](<" in texts(articles_message(rows[:2], GENERATION))[0]
    four = texts(articles_message(rows[:4], GENERATION))[0]
    assert "](<" not in four
    assert "\\*" * 60 in four
    assert four.startswith("no date · **")
    eight = articles_message(rows, GENERATION)
    check_message(eight)
    assert len(choices(eight)) == 8


def test_thousands_of_tiny_paragraphs_are_read_by_pages() -> None:
    article = article_of("a\n\n" * 4_000)
    for page in (0, 50, LARGEST):
        check_message(article_message(article, ArticleRow(0), GENERATION, page))
    check_message(context_message(article, ArticleRow(0), GENERATION, Span(6_000, 6_001)))


def test_a_very_long_word_is_read_by_pages_and_marked_in_its_context() -> None:
    article = article_of("\U000e0041" * 5_000)
    message = context_message(article, ArticleRow(0), GENERATION, Span(0, 5_000))
    check_message(message)
    assert rendered(message)[1].quoted[0].startswith("<U+E0041>")


@pytest.mark.parametrize("unit", ["a\n", "word ", "x"])
def test_a_page_of_an_article_of_two_million_characters_is_made_of_a_small_part_of_it(
    unit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []

    def noted(text: str, within: Span) -> list[Span]:
        read.append(within.end - within.start)
        return paragraphs(text, within)

    monkeypatch.setattr(article_sections, "paragraphs", noted)
    article = article_of(unit * (2_000_000 // len(unit)))
    span = Span(1_000_000, 1_000_001)
    pages = [article_message(article, ArticleRow(1), GENERATION, at) for at in (0, LARGEST)]
    pages.append(context_message(article, ArticleRow(1), GENERATION, span))
    for message in pages:
        check_message(message)
    assert max(read) <= 50_000
    assert "part 1 of " in texts(pages[0])[-1]
    assert "characters 0-" in texts(pages[0])[-1]


def test_previous_and_next_lead_through_all_sections_of_a_long_article() -> None:
    article = article_of("".join(f"{number}\n\n" for number in range(1_300)))
    number, shown = 0, ""
    seen: list[int] = []
    while True:
        message = article_message(article, ArticleRow(1), GENERATION, number)
        lines = texts(message)[1].split("\n")
        shown += "".join(line for line in lines if not line.startswith("-# "))
        seen.append(number)
        previous, following, _ = buttons(message)
        assert previous.disabled == (len(seen) == 1), "the buttons are always in their places"
        neighbours = {
            button.label: custom_id.numbers[1]
            for button in (previous, following)
            if (custom_id := parse_custom_id(button.custom_id))
        }
        if len(seen) > 1:
            before = neighbours[discord_labels.PREVIOUS_BUTTON]
            earlier = article_message(article, ArticleRow(1), GENERATION, before)
            assert earlier == article_message(article, ArticleRow(1), GENERATION, seen[-2])
        if following.disabled:
            break
        number = neighbours[discord_labels.NEXT_BUTTON]
    assert shown == "".join(article.text.split())
    assert len(seen) > 20
    assert seen[-1] > 10_000, "there are two sections at least"


def test_the_menu_of_pages_leads_to_each_page_of_a_short_article_and_to_some_of_a_long_one() -> (
    None
):
    article = article_of("\n\n".join(f"{number} " + "word " * 90 for number in range(60)))
    first = article_message(article, ArticleRow(1), GENERATION, 0)
    labels = [choice.label for choice in choices(first)]
    assert labels == [f"page {page} of {len(labels)}" for page in range(1, len(labels) + 1)]
    assert [choice.is_current for choice in choices(first)] == [True] + [False] * (len(labels) - 1)
    for choice in choices(first):
        custom_id = parse_custom_id(choice.custom_id)
        assert custom_id
        page = article_message(article, ArticleRow(1), GENERATION, custom_id.numbers[1])
        assert [each.label for each in choices(page) if each.is_current] == [choice.label]
    long = article_of("".join(f"{number} " + "word " * 150 + "\n\n" for number in range(2_000)))
    message = article_message(long, ArticleRow(1), GENERATION, 0)
    check_message(message)
    assert re.fullmatch(r"part (\d+) of \1", choices(message)[-1].label), "the last part"


def test_a_page_has_no_hash_and_the_citation_has() -> None:
    article = article_of("One. Two.")
    shown = texts(article_message(article, ArticleRow(1), GENERATION, 0))
    shown += texts(context_message(article, ArticleRow(1), GENERATION, Span(0, 4)))
    assert article.sha256 not in "".join(shown)
    (citation,) = texts(citation_message(article, Span(0, 4)))
    assert f"SHA-256 {article.sha256}" in citation
    assert "paragraph 1, characters 0-4" in citation
