"""What somebody said, and who is quoted most, as messages for Discord."""

import dataclasses
import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.query import understand
from pullquote.answering.quotes import Quote
from pullquote.answering.source_states import SourceStates, UnchangedSources
from pullquote.answering.speakers import most_quoted
from pullquote.answering.statements import FoundStatements, Statement, find_statements
from pullquote.corpus.attributions import Attribution, AttributionKind
from pullquote.corpus.passages import ArticleRow
from pullquote.corpus.spans import Span
from pullquote.storage.source_check import SourceState
from pullquote_bot.discord_bot.messages.bar_charts import rank_chart
from pullquote_bot.discord_bot.messages.components import Message, Picture
from pullquote_bot.discord_bot.messages.custom_ids import Action, CustomId, parse_custom_id
from pullquote_bot.discord_bot.messages.question_text import (
    deleted_generation_message,
    question_of,
)
from pullquote_bot.discord_bot.messages.scopes import Scope, author_key, scope_of, scoped
from pullquote_bot.discord_bot.messages.speaker_messages import said_message, speakers_message
from pullquote_bot.discord_bot.strings import contents as discord_contents
from pullquote_bot.discord_bot.strings import labels as discord_labels
from pullquote_bot.serving.word_beginnings import WordBeginnings
from pullquote_bot.strings.articles import written_by
from support.checked_messages import (
    actions,
    article_of,
    buttons,
    check_message,
    custom_id_of,
    quote_numbers,
)
from support.displayed import SLOW, displayed, rendered, texts
from support.hostile_articles import GENERATION, LARGEST, questions, quotes

PLACE = (Scope(), GENERATION)


def found_of(said: tuple[Quote, ...]) -> FoundStatements:
    def statement(quote: Quote) -> Statement:
        return Statement(quote, Attribution(AttributionKind.DIRECT, (quote.span,), (), ()))

    return FoundStatements("Low", "", (), (), tuple((statement(quote),) for quote in said))


@settings(SLOW, max_examples=10)
@given(questions(), quotes())
def test_the_pages_of_what_somebody_said_show_each_statement_whole_or_named(
    seeds: OpenIndex, words: str, said: tuple[Quote, ...]
) -> None:
    said = said[:9]
    found, states = found_of(said), UnchangedSources(seeds.store)
    numbers: list[int] = []
    for page in range(len(said) + 1):
        message = said_message(words, PLACE, found, states, page)
        check_message(message)
        assert question_of(texts(message)[0]) == words
        for number, text in quote_numbers(message).items():
            numbers.append(number)
            quoted = rendered(Message((text,)))[0].quoted
            assert quoted == (displayed(said[number - 1].text),) or (
                not quoted and discord_contents.PASSAGE_TOO_LONG in text.content
            )
        turns = {button.label: button.disabled for button in buttons(message)}
        if turns.get(discord_labels.NEXT_BUTTON, True):
            break
    assert numbers == list(range(1, len(said) + 1))


def test_a_statement_that_its_source_no_longer_prints_is_not_shown(
    seeds: OpenIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = find_statements(seeds.store, "Khawaja Asif", "", None, None)
    states = SourceStates(seeds.store)
    shown = said_message("Asif", PLACE, found, states, 0)
    assert "— Khawaja Asif" in texts(shown)[1]
    monkeypatch.setattr(states, "prints", lambda *_: False)
    gone = said_message("Asif", PLACE, found, states, 0)
    note = f"-# **1** · {discord_contents.STATEMENT_CHANGED}"
    assert texts(gone)[1].split("\n")[1:] == [note]
    assert buttons(gone) == buttons(shown)


def test_the_page_button_keeps_the_dates_and_the_button_of_a_deleted_index_asks_the_same(
    seeds: OpenIndex,
) -> None:
    quote = Quote(
        article_of("x" * 900), Span(0, 900), Span(0, 900), 0.0, SourceState.SAME, 0, ArticleRow(1)
    )
    long = tuple(dataclasses.replace(quote, row=ArticleRow(row)) for row in range(9))
    scope = Scope(LARGEST % 3_000_000, 0)
    place = (scope, GENERATION)
    message = said_message("Low", place, found_of(long), UnchangedSources(seeds.store), 0)
    later = next(a for a in actions(message, Action.SAID) if a.numbers[3])
    assert later == CustomId(Action.SAID, GENERATION, (*scope.numbers, 1, 1))
    assert (later.scope, later.turns_page) == (scope, True)
    gone = deleted_generation_message("Low about bread", "", scope, Action.SAID)
    assert custom_id_of(gone, Action.SAID) == CustomId(Action.SAID, None, (*scope.numbers, 0))
    assert texts(gone)[0].startswith(f"-# {discord_contents.SAID_MARK}\n")


def test_speakers_are_numbered_as_the_bars_of_the_chart(seeds: OpenIndex) -> None:
    speakers = most_quoted(seeds.store, 12)
    message = speakers_message(seeds.manifest, speakers, "World *News*", None, None)
    check_message(message)
    assert "-# in World \\*News\\*" in texts(message)[0]
    assert re.findall(r"^(\d+) · \*\*", texts(message)[0], re.MULTILINE) == [
        str(rank) for rank in range(1, len(speakers) + 1)
    ]
    (picture,) = [part for part in message.parts if isinstance(part, Picture)]
    assert f"Most of {speakers[0].name}" in picture.description
    for counts in ([1], [3, 2, 1], [5] * 30):
        assert Image.open(io.BytesIO(rank_chart(counts))).size == (720, 420)


def test_the_author_of_a_question_is_kept_by_its_buttons() -> None:
    asked = understand("Who?", source="The Quay", author="Zoë Ünal")
    scope = scope_of(asked)
    custom_id = parse_custom_id(str(CustomId(Action.MORE, GENERATION, (*scope.numbers, 100))))
    assert custom_id is not None
    assert len(str(custom_id)) <= 100
    assert custom_id.scope is not None
    assert custom_id.scope.author == author_key("zoe unal")
    sources = {scope.source: "The Quay"}
    again = scoped(
        understand("Who?"), custom_id.scope, sources, {author_key("ZOE UNAL"): "Zoë Ünal"}
    )
    assert (again.source, again.author) == ("The Quay", "Zoë Ünal")


@given(st.integers(0, 2**22 - 1), st.integers(1, 2**64 - 1), st.integers(0, 2**64 - 1))
def test_a_scope_with_an_author_is_read_as_it_was_written(
    asked: int, author: int, source: int
) -> None:
    scope = Scope(1, 2, source, all_dates=True, asked=asked, author=author)
    assert CustomId(Action.NEAREST, GENERATION, scope.numbers).scope == scope


def test_names_are_suggested_by_how_often_they_occur_whatever_word_is_typed() -> None:
    index = WordBeginnings(["joe biden", "biden administration", "hunter biden"])
    assert index.find("bid", 9, beginnings_first=False) == [0, 1, 2]
    assert index.find("bid", 9) == [1, 0, 2]


@pytest.mark.parametrize(
    ("authors", "line"),
    [
        ((), ""),
        (("Ann Low",), "by Ann Low"),
        (("Ann Low Bo Berg", "Ann Low", "Bo Berg"), "by Ann Low and Bo Berg"),
        (("", " ", ""), ""),
        (("A", "B", "C", "D", "E"), "by A, B, C and 2 others"),
    ],
)
def test_a_citation_names_the_authors(authors: tuple[str, ...], line: str) -> None:
    assert written_by(authors) == line
