import dataclasses
import datetime as dt

import pytest

from pullquote.answering.archive_day import archive_day
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.turns import Turn
from pullquote.corpus.articles import ArticleId
from pullquote.corpus.spans import Span
from pullquote.errors import RequestError
from pullquote.storage.manifest import GenerationId
from pullquote_bot.discord_bot.earlier_answers import EarlierAnswer
from pullquote_bot.discord_bot.messages.question_text import (
    LONGEST_QUESTION,
    cut_question,
    message_words,
)
from pullquote_bot.discord_bot.messages.scopes import Scope, scope_of, source_key
from pullquote_bot.discord_bot.typed_questions import (
    follow_up_question,
    remembered_question,
    typed_question,
)

TODAY = dt.date(2026, 1, 2)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("<@12> who mediated?", "who mediated?"),
        ("who <@!12> **mediated** <@&3> <#4>?", "who **mediated** ?"),
        ("<:huh:123456> <a:huh:1> <t:5:R> https://example.org/x", ""),
        ("a <b> 3 < 4\nc", "a <b> 3 < 4 c"),
    ],
)
def test_the_words_of_a_message_are_without_markup(content: str, words: str) -> None:
    assert message_words(content, 12) == words


def test_a_long_message_is_shortened_at_a_space() -> None:
    assert cut_question("why") == "why"
    assert cut_question("why " * 200) == ("why " * 100).strip()
    assert cut_question("w" * 500) == "w" * LONGEST_QUESTION


def test_dates_in_words_limit_a_typed_question(town: OpenIndex) -> None:
    question = typed_question("Who\u200b?", "yesterday", "yesterday", " The Quay ", today=TODAY)
    query = question.make_query(town)
    yesterday = archive_day(town.store, town.settings) - dt.timedelta(days=1)
    assert (query.since, query.until) == (yesterday, yesterday)
    assert query.source == "The Quay"


@pytest.mark.parametrize(
    ("text", "since", "reason"),
    [
        ("w" * 401, "", "401 characters; at most 400"),
        ("?!", "", "no words"),
        ("Who?", "someday", "'someday' is not a date"),
        ("Who?", "03/04/2025", "03/04/2025 may be read in two ways"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(text: str, since: str, reason: str) -> None:
    with pytest.raises(RequestError, match=reason):
        typed_question(text, since, today=TODAY)


def test_a_follow_up_has_the_scope_and_in_the_same_generation_the_quotes_of_its_answer(
    town: OpenIndex,
) -> None:
    row = town.store.article_row(ArticleId("harbour"))
    assert row is not None
    said = town.store.article(row).text.index("“It will")
    scope = Scope(0, TODAY.toordinal(), source_key("The Quay"), all_dates=True)
    quotes = ((row, said, said + 10), (row, 5, 5), (10**9, 0, 1))
    earlier = EarlierAnswer("Who spoke?", "", scope, town.generation, quotes)
    query = follow_up_question("what did she say?", earlier, today=TODAY).make_query(town)
    assert (query.until, query.source, query.reads_dates) == (TODAY, "The Quay", True)
    assert query.follows is not None
    assert [quote.span for quote in query.follows.quotes] == [Span(said, said + 10)]
    assert answer(town, query).query.reading == "what did Lidia Kovac say"
    other = dataclasses.replace(earlier, generation=GenerationId("000001-00000000"))
    assert other.turn_in(town) == Turn("Who spoke?")


def test_a_button_asks_its_question_in_its_scope(town: OpenIndex) -> None:
    scope = Scope(TODAY.toordinal(), 0, source_key("The Quay"))
    query = remembered_question("Who?", scope, None).make_query(town)
    assert (query.since, query.until, query.source) == (TODAY, None, "The Quay")
    assert scope_of(query) == scope
