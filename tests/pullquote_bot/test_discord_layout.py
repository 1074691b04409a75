import asyncio
import dataclasses
import datetime as dt
import itertools
import re
from collections.abc import Sequence
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.answering.answers import Answer, Refusal
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import understand
from pullquote.answering.quotes import Quote
from pullquote.answering.search import FoundPassage
from pullquote.corpus.articles import Article, ArticleId
from pullquote.corpus.passages import ArticleRow
from pullquote.corpus.spans import Span
from pullquote.storage.source_check import SourceState
from pullquote_bot.discord_bot import discord_strings
from pullquote_bot.discord_bot.handlers.views import files_of, view_of
from pullquote_bot.discord_bot.messages.answer_messages import answer_messages, nearest_messages
from pullquote_bot.discord_bot.messages.article_messages import (
    article_message,
    articles_message,
    context_message,
)
from pullquote_bot.discord_bot.messages.article_pages import article_pages, article_pieces
from pullquote_bot.discord_bot.messages.components import (
    Button,
    ChannelMenu,
    Menu,
    Message,
    Picture,
    Row,
    Section,
    Text,
    component_count,
    cut_to_length,
    limit_violations,
    text_length,
)
from pullquote_bot.discord_bot.messages.custom_ids import (
    QUESTION_TEXT,
    Action,
    CustomId,
    Scope,
    parse_custom_id,
)
from pullquote_bot.discord_bot.messages.info_messages import (
    BotStatus,
    plain_message,
    settings_message,
    sources_message,
    status_message,
)
from pullquote_bot.discord_bot.messages.question_text import question_of
from pullquote_bot.discord_bot.messages.search_messages import search_message
from pullquote_bot.serving.bot_database import ServerSettings
from pullquote_bot.serving.timings import Timings
from pullquote_bot.strings import answers as answer_strings
from support.displayed import (
    BOT_MARKUP,
    SLOW,
    displayed,
    rendered,
    texts,
    visible_lines,
    without_spaces,
)
from support.hostile_articles import (
    GENERATION,
    LARGEST,
    LONG,
    TEXT,
    answers,
    articles,
    questions,
    spans_of,
)

NUMBER = re.compile(r"^\*\*(\d+)\*\* · ", re.MULTILINE)
TEXT_TYPE, BUTTON_TYPE = 10, 2


def sent(message: Message) -> list[dict[str, object]]:
    """Every component of a message as it is sent."""

    async def components() -> list[dict[str, object]]:
        return list(map(dict, cast("Any", view_of(message)).to_components()))

    return list(itertools.chain.from_iterable(map(_flat, asyncio.run(components()))))


def _flat(component: object) -> list[dict[str, object]]:
    assert isinstance(component, dict)
    inner = [
        *component.get("components", []),
        *([component["accessory"]] if "accessory" in component else []),
    ]
    return [component, *itertools.chain.from_iterable(map(_flat, inner))]


def check_limits(message: Message) -> None:
    """A message keeps Discord's limits, is sent whole, and has only the bot's own markup."""
    assert limit_violations(message) == []
    components = sent(message)
    assert len(components) == component_count(message)
    assert [
        component["content"] for component in components if component["type"] == TEXT_TYPE
    ] == texts(message)
    for shown in rendered(message):
        assert shown.kinds <= BOT_MARKUP
        assert set(shown.pings) <= {"@everyone", "@here"}


def buttons(message: Message) -> list[Button]:
    """The buttons below a message and beside its texts."""
    parts = message.every_part()
    return [
        button
        for part in parts
        for button in (
            part.buttons
            if isinstance(part, Row)
            else (part.button,)
            if isinstance(part, Section)
            else ()
        )
    ]


def custom_id_of(message: Message, action: Action) -> CustomId | None:
    """The custom id of the message's button with an action; None if there is none."""
    return next(
        (
            found
            for button in buttons(message)
            if (found := parse_custom_id(button.custom_id)) and found.action is action
        ),
        None,
    )


def shown_quotes(messages: Sequence[Message], quotes: Sequence[Quote]) -> list[int]:
    """The numbers of the quotes shown; each must be whole."""
    numbers = []
    for message in messages:
        for part in message.parts:
            if isinstance(part, Section):
                (number,) = map(int, NUMBER.findall(part.text.content))
                quote = quotes[number - 1]
                assert rendered(Message((part,)))[0].quoted == (displayed(quote.text),)
                assert parse_custom_id(part.button.custom_id) == CustomId(
                    Action.CONTEXT, GENERATION, (quote.row, *quote.span)
                )
                numbers.append(number)
    return numbers


def check_quotes(messages: Sequence[Message], quotes: Sequence[Quote], first: int) -> None:
    """Each quote from `first` on is shown whole, left out with a note, or left for More."""
    assert 1 <= len(messages) <= 2
    for message in messages:
        check_limits(message)
    numbers = shown_quotes(messages, quotes)
    assert numbers == sorted(set(numbers))
    more = custom_id_of(messages[-1], Action.MORE)
    assert more is not None
    processed = set(range(first, more.numbers[-1] + 1))
    assert set(numbers) <= processed
    has_note = any(discord_strings.TOO_LONG_FOR_DISCORD in text for text in texts(messages[-1]))
    assert has_note == (processed != set(numbers))
    if more.numbers[-1] < len(quotes):
        assert len(messages) == 2
    articles_custom_id = custom_id_of(messages[-1], Action.ARTICLES)
    assert articles_custom_id is not None
    assert set(articles_custom_id.numbers) <= {quote.row for quote in quotes}


@SLOW
@given(found=answers(), first=st.sampled_from([1, 1, 2, 4, 50]), private=st.booleans())
def test_any_answer_is_shown_whole_and_keeps_discords_limits(
    found: Answer, first: int, *, private: bool
) -> None:
    first = first if first <= len(found.quotes) else 1
    messages = answer_messages(found, private=private, first=first)
    header = messages[0].parts[0]
    assert isinstance(header, Text)
    assert header.id == QUESTION_TEXT
    assert question_of(header.content) == found.query.text
    if found.answered:
        check_quotes(messages, found.quotes, first)
        assert (custom_id_of(messages[-1], Action.SHARE) is not None) == private
    else:
        (message,) = messages
        check_limits(message)
        assert found.refusal is not None
        assert answer_strings.REASONS[found.refusal] in texts(message)[1]
        assert (custom_id_of(message, Action.NEAREST) is not None) == bool(found.nearest)
        assert not any(isinstance(part, Section) for part in message.parts)


@SLOW
@given(answers().filter(lambda found: bool(found.nearest)))
def test_the_nearest_passages_are_marked_as_no_answer(found: Answer) -> None:
    messages = nearest_messages(found)
    check_quotes(messages, found.nearest, 1)
    assert answer_strings.not_answered(found) in texts(messages[0])[0]
    assert answer_strings.NEAREST in texts(messages[0])[0]
    assert question_of(texts(messages[0])[0]) == found.query.text
    assert custom_id_of(messages[-1], Action.FOLLOW_UP) is None


@SLOW
@given(articles(), st.data())
def test_a_quote_is_marked_in_its_context_and_every_piece_can_be_reached(
    article: Article, data: st.DataObject
) -> None:
    span = data.draw(spans_of(article))
    message = context_message(article, ArticleRow(LARGEST), GENERATION, span)
    check_limits(message)
    marked = without_spaces("".join(rendered(message)[-1].quoted))
    assert marked
    assert without_spaces(visible_lines(span.of(article.text))).startswith(marked)
    assert custom_id_of(message, Action.READ) == CustomId(Action.READ, GENERATION, (LARGEST, 0))
    turning = [
        found
        for button in buttons(message)
        if (found := parse_custom_id(button.custom_id)) and len(found.numbers) == 5
    ]
    for found in turning:
        *_, piece, direction = found.numbers
        check_limits(
            context_message(article, ArticleRow(LARGEST), GENERATION, span, (piece, direction))
        )


@SLOW
@given(articles())
def test_the_pages_of_an_article_have_its_whole_text(article: Article) -> None:
    pages = article_pages(article, article_pieces(article))
    shown = ""
    for number in range(min(len(pages), 3)):
        message = article_message(article, ArticleRow(LARGEST), GENERATION, number)
        check_limits(message)
        body = texts(message)[1]
        marks = [line for line in body.split("\n") if line.startswith("-# ")]
        assert len(marks) == len(pages[number])
        plain = rendered(
            Message(
                (Text("\n".join(line for line in body.split("\n") if not line.startswith("-# "))),)
            )
        )[0]
        assert plain.active == ()
        shown += without_spaces(plain.plain)
    whole = without_spaces(visible_lines(article.text))
    assert whole.startswith(shown)
    assert len(pages) > 3 or shown == whole
    assert article_message(article, ArticleRow(0), GENERATION, LARGEST) == article_message(
        article, ArticleRow(0), GENERATION, len(pages) - 1
    )


@SLOW
@given(st.lists(articles(), min_size=1, max_size=8))
def test_a_list_of_any_eight_articles_fits_a_message(known: list[Article]) -> None:
    message = articles_message(
        [(ArticleRow(LARGEST + at), article) for at, article in enumerate(known)], GENERATION
    )
    check_limits(message)
    assert [parse_custom_id(button.custom_id) for button in buttons(message)] == [
        CustomId(Action.READ, GENERATION, (LARGEST + at, 0)) for at in range(len(known))
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
def test_the_passages_found_are_shown_whole_in_pages(
    asked: str, known: list[tuple[Article, Span]], times: int
) -> None:
    found = [
        FoundPassage(article, ArticleRow(LARGEST + at), span)
        for at, (article, span) in enumerate(known * times)
    ]
    scope = Scope(dt.date.max.toordinal(), dt.date.max.toordinal(), 2**32 - 1)
    numbers: list[int] = []
    for page in range(len(found) + 1):
        message = search_message(asked, scope, GENERATION, found, page)
        check_limits(message)
        assert question_of(texts(message)[0]) == asked
        for part in message.parts:
            if isinstance(part, Section):
                (number,) = map(int, NUMBER.findall(part.text.content))
                numbers.append(number)
                shown = found[number - 1]
                quoted = rendered(Message((part,)))[0].quoted
                assert quoted == (displayed(shown.span.of(shown.article.text)),) or (
                    not quoted and discord_strings.PASSAGE_TOO_LONG in part.text.content
                )
        if not any(button.label == discord_strings.LATER_BUTTON for button in buttons(message)):
            break
    assert numbers == list(range(1, len(found) + 1))


def article_of(text: str, title: str = "T") -> Article:
    return Article(
        ArticleId("a"), title, text, Span(0, len(text)), None, "", "", "", (), "a.txt", 0, ""
    )


def answer_of(texts_quoted: Sequence[str], refusal: Refusal | None = None) -> Answer:
    quotes = tuple(
        Quote(
            article_of(text),
            Span(0, len(text)),
            Span(0, len(text)),
            0.5,
            SourceState.SAME,
            0,
            ArticleRow(row),
        )
        for row, text in enumerate(texts_quoted)
    )
    query = dataclasses.replace(understand("Who?"), text="Who?")
    built = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)
    return Answer(
        query,
        0.9,
        () if refusal else quotes,
        quotes if refusal else (),
        refusal,
        (),
        GENERATION,
        built,
        {},
    )


def test_eight_quotes_fit_one_message_and_sixteen_two() -> None:
    found = answer_of(["Short."] * 20)
    messages = answer_messages(found, private=True)
    assert [
        len([part for part in message.parts if isinstance(part, Section)]) for message in messages
    ] == [8, 8]
    more = custom_id_of(messages[-1], Action.MORE)
    assert more is not None
    assert more.numbers[-1] == 16
    assert shown_quotes(answer_messages(found, private=True, first=17), found.quotes) == [
        17,
        18,
        19,
        20,
    ]


def test_a_quote_that_is_too_long_has_a_note_and_more_continues_after_the_last_quote_shown() -> (
    None
):
    found = answer_of(["Short.", "*" * 4_000, "Last."])
    messages = answer_messages(found, private=False)
    assert shown_quotes(messages, found.quotes) == [1, 3]
    assert any(discord_strings.TOO_LONG_FOR_DISCORD in text for text in texts(messages[-1]))
    more = custom_id_of(messages[-1], Action.MORE)
    assert more is not None
    assert more.numbers[-1] == 3, "More does not show a quote twice"


def test_if_every_quote_is_too_long_the_answer_says_so() -> None:
    found = answer_of(["x" * 5_000, "y" * 5_000])
    (message,) = answer_messages(found, private=False)
    check_limits(message)
    assert any(discord_strings.TOO_LONG_FOR_DISCORD in text for text in texts(message))


def test_more_continues_the_nearest_passages() -> None:
    found = answer_of(["One.", "Two.", "Three."], Refusal.NOT_SURE)
    assert shown_quotes(nearest_messages(found, first=3), found.nearest) == [3]


def test_a_passage_that_is_too_long_is_named_and_not_cut() -> None:
    text = "x" * 9_000
    message = search_message(
        "x",
        Scope(),
        GENERATION,
        [FoundPassage(article_of(text), ArticleRow(1), Span(0, len(text)))],
        0,
    )
    check_limits(message)
    assert discord_strings.PASSAGE_TOO_LONG in texts(message)[1]


def test_eight_articles_with_long_names_and_links_lose_their_links_first() -> None:
    long = dataclasses.replace(
        article_of("x"),
        title="*" * 300,
        url="https://x.org/" + "a" * 450,
        source="*" * 90,
        authors=("*" * 90,),
    )
    known = [(ArticleRow(at), long) for at in range(8)]
    assert "](<" in texts(articles_message(known[:2], GENERATION))[0]
    four = texts(articles_message(known[:4], GENERATION))[0]
    assert ("](<" in four, "\\*" * 60 + "\u2069" in four or "\\*" * 60 in four) == (False, True)
    eight = articles_message(known, GENERATION)
    check_limits(eight)
    assert len(buttons(eight)) == 8


def test_thousands_of_tiny_paragraphs_are_read_in_pages() -> None:
    article = article_of("a\n\n" * 4_000)
    for page in (0, 50, LARGEST):
        check_limits(article_message(article, ArticleRow(0), GENERATION, page))
    check_limits(context_message(article, ArticleRow(0), GENERATION, Span(6_000, 6_001)))


def test_a_very_long_word_is_read_in_pages_and_marked_in_its_context() -> None:
    article = article_of("\U000e0041" * 5_000)
    message = context_message(article, ArticleRow(0), GENERATION, Span(0, 5_000))
    check_limits(message)
    assert rendered(message)[-1].quoted[0].startswith("<U+E0041>")


def shown_quote(message: Message) -> tuple[str, ...]:
    return next(
        rendered(Message((part,)))[0].quoted for part in message.parts if isinstance(part, Section)
    )


def test_a_real_answer_is_shown_with_its_citation(town: OpenIndex) -> None:
    found = answer(town, understand("What did the bridge cables cost?"))
    (message,) = answer_messages(found, private=False)
    check_limits(message)
    text = texts(message)[1]
    assert shown_quote(message) == (found.quotes[0].text,)
    assert text.endswith(
        "**1** · **Harbour bridge reopens after eleven months**\n"
        "-# The Quay · 5 March 2024 · paragraph 1 · [open the article](<https://example.org/harbour>)"
    )
    footer = texts(message)[-1]
    assert re.fullmatch(r"-# confidence \d+%.* · index of <t:\d+:R>", footer)


def test_an_answer_names_what_was_searched_and_a_long_source_is_cut() -> None:
    found = answer_of(["Short."])
    query = dataclasses.replace(found.query, since=dt.date(2024, 1, 1), source="*" * 9_000)
    (message,) = answer_messages(dataclasses.replace(found, query=query), private=False)
    check_limits(message)
    assert "searched from 1 January 2024 in \\*" in texts(message)[-1]


def test_an_answer_names_two_withheld_articles() -> None:
    found = dataclasses.replace(
        answer_of([], Refusal.CHANGED), withheld=(article_of("x", "Moved *away*"),) * 3
    )
    (message,) = answer_messages(found, private=False)
    check_limits(message)
    assert texts(message)[-1].count("Not quoted\\: Moved \\*away\\*") == 2


@pytest.mark.parametrize("private", [True, False])
def test_a_servers_settings_are_shown_as_a_form(*, private: bool) -> None:
    message = settings_message(
        ServerSettings(tuple(range(1, 26)), private, 7), 3, discord_strings.SETTINGS_SAVED
    )
    check_limits(message)
    menu = next(part for part in message.parts if isinstance(part, Menu))
    assert menu.chosen == "7"
    assert ("7", "7 quotes") in menu.options
    assert next(part for part in message.parts if isinstance(part, ChannelMenu)).chosen == tuple(
        range(1, 26)
    )
    assert buttons(message)[0].label == f"Answers are private: {'yes' if private else 'no'}"


def test_the_sources_are_shown_with_a_chart_and_its_alternative_text(town: OpenIndex) -> None:
    message = sources_message(
        town.manifest, town.store.sources(), town.store.dates(), town.store.months()
    )
    check_limits(message)
    assert texts(message)[0].startswith(
        "**4 articles** from 2 sources, published 5 March 2024 to 15 January 2025\n"
        "· The Quay: 2 articles"
    )
    picture = next(part for part in message.parts if isinstance(part, Picture))
    assert "From 2024-03 to 2025-01; most in 2024-03: 1 article." in picture.description
    (file,) = files_of(message)
    assert (file.filename, file.description) == ("months.png", picture.description)


def test_an_archive_without_dates_has_no_chart(town: OpenIndex) -> None:
    message = sources_message(town.manifest, [], (None, None), {})
    check_limits(message)
    assert files_of(message) == []


def test_the_state_of_the_bot_is_shown(town: OpenIndex) -> None:
    times = Timings()
    for milliseconds in range(1, 101):
        times.add(milliseconds / 1000)
    message = status_message(
        BotStatus(
            manifest=town.manifest,
            acknowledgements=Timings(),
            answers=times,
            lag=Timings(),
            waiting=3,
            memory=250_000_000,
            shards=[0.042],
            uptime=3_700,
            servers=12,
        )
    )
    check_limits(message)
    assert (
        "**Answers** 100 since the start, median 50 ms, 95% 95 ms, 99% 99 ms; 3 waiting"
        in texts(message)[0]
    )
    assert "**Acknowledged** none yet" in texts(message)[0]
    assert "**up** 1 h 1 min" in texts(message)[0]


@pytest.mark.parametrize(
    ("message", "violation"),
    [
        (Message(()), "empty text"),
        (plain_message("  "), "empty text"),
        (plain_message("😀" * 2_001), "4002 characters of text"),
        (Message(tuple(Text("a") for _ in range(40))), "41 components"),
        (plain_message("a", Button("", "x")), "label of 0 characters"),
        (plain_message("a", Button("b" * 81, "x")), "label of 81 characters"),
        (plain_message("a", Button("b", "x" * 101)), "custom id of 101 characters"),
        (plain_message("a", Button("b", "x"), Button("c", "x")), "one custom id twice"),
        (plain_message("a", *(Button("b", str(at)) for at in range(6))), "row of 6 buttons"),
        (Message((Picture("a.png", b"", ""),)), "long alternative text"),
    ],
)
def test_a_message_that_breaks_a_limit_is_not_sent(message: Message, violation: str) -> None:
    assert violation in limit_violations(message)
    with pytest.raises(ValueError, match=violation):
        view_of(message)


@SLOW
@given(TEXT | LONG)
def test_the_length_of_a_text_is_counted_as_discord_counts_it(text: str) -> None:
    assert text_length((Text(text),)) == sum(
        2 if ord(character) > 0xFFFF else 1 for character in text
    )


@SLOW
@given(TEXT | LONG, st.integers(0, 20))
def test_a_cut_text_has_at_most_the_limit_as_discord_counts_it(text: str, most: int) -> None:
    cut = cut_to_length(text, most)
    assert text.startswith(cut)
    assert cut == text or most - 1 <= text_length((Text(cut),)) <= most
