import dataclasses
import datetime as dt
import re
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from pullquote.answering.answers import Answer, Refusal
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import understand
from pullquote.answering.quotes import Quote
from pullquote.confidence.outcome import Outcome
from pullquote.corpus.attributions import Speaker
from pullquote.corpus.passages import ArticleRow
from pullquote.corpus.spans import Span
from pullquote.storage.source_check import SourceState
from pullquote_bot.discord_bot.messages.answer_messages import (
    ANSWER_EDGE,
    PASSAGE_EDGE,
    UNSURE_EDGE,
    answer_messages,
    nearest_messages,
)
from pullquote_bot.discord_bot.messages.components import Message, Text
from pullquote_bot.discord_bot.messages.custom_ids import (
    QUESTION_TEXT,
    Action,
    CustomId,
)
from pullquote_bot.discord_bot.messages.question_text import question_of
from pullquote_bot.discord_bot.strings import contents as discord_contents
from pullquote_bot.strings import answers as answer_strings
from support.checked_messages import (
    actions,
    article_of,
    check_message,
    custom_id_of,
    quote_numbers,
)
from support.displayed import SLOW, displayed, rendered, texts
from support.hostile_articles import GENERATION, answers


def shown_numbers(messages: Sequence[Message], quotes: Sequence[Quote]) -> list[int]:
    """The numbers of the quotes in messages; each must be whole, with the right button."""
    shown: list[int] = []
    for message in messages:
        for number, text in quote_numbers(message).items():
            assert rendered(Message((text,)))[0].quoted[0] == displayed(quotes[number - 1].text)
            shown.append(number)
    contexts = [
        CustomId(Action.CONTEXT, GENERATION, (quotes[number - 1].row, *quotes[number - 1].span))
        for number in sorted(shown)
    ]
    assert actions(messages[-1], Action.CONTEXT) == list(dict.fromkeys(contexts))
    return sorted(shown)


def check_quotes(messages: Sequence[Message], quotes: Sequence[Quote], first: int) -> None:
    """Each quote from `first` on is whole, or left out with a note, or left for More."""
    assert 1 <= len(messages) <= 2
    for message in messages:
        check_message(message)
    numbers = shown_numbers(messages, quotes)
    assert numbers == sorted(set(numbers))
    more = custom_id_of(messages[-1], Action.MORE)
    assert more is not None
    expected = set(range(first, more.numbers[-1] + 1))
    assert set(numbers) <= expected
    has_note = any(discord_contents.TOO_LONG_FOR_DISCORD in text for text in texts(messages[-1]))
    assert has_note == (expected != set(numbers))
    if more.numbers[-1] < len(quotes):
        assert len(messages) == 2
    articles = custom_id_of(messages[-1], Action.ARTICLES)
    assert articles is not None
    assert set(articles.numbers) <= {quote.row for quote in quotes}


@SLOW
@given(found=answers(), first=st.sampled_from([1, 1, 2, 4, 50]), private=st.booleans())
def test_any_answer_is_shown_whole_within_discords_limits(
    found: Answer, first: int, *, private: bool
) -> None:
    first = first if first <= len(found.quotes) else 1
    messages = answer_messages(found, private=private, first=first)
    header = messages[0].parts[0]
    assert isinstance(header, Text)
    assert header.id == QUESTION_TEXT
    assert question_of(header.content) == found.query.text
    is_labelled = f"\n**{answer_strings.NOT_SURE}**" in header.content
    assert is_labelled == (found.outcome is Outcome.UNSURE)
    if not found.refusal:
        assert {message.accent for message in messages} == {
            UNSURE_EDGE if found.outcome is Outcome.UNSURE else ANSWER_EDGE
        }
        check_quotes(messages, found.quotes, first)
        assert custom_id_of(messages[-1], Action.FOLLOW_UP) is not None
        assert (custom_id_of(messages[-1], Action.SHARE) is not None) == private
    else:
        (message,) = messages
        check_message(message)
        assert answer_strings.REASONS[found.refusal] in texts(message)[1]
        assert (custom_id_of(message, Action.NEAREST) is not None) == bool(found.nearest)
        assert quote_numbers(message) == {}
        assert discord_contents.CHECKED_AGAINST_COPY not in texts(message)[-1]


@SLOW
@given(answers().filter(lambda found: bool(found.nearest)))
def test_the_nearest_passages_are_marked_as_no_answer(found: Answer) -> None:
    messages = nearest_messages(found)
    check_quotes(messages, found.nearest, 1)
    header = texts(messages[0])[0]
    assert answer_strings.not_answered(found) in header
    assert answer_strings.NEAREST in header
    assert {message.accent for message in messages} == {PASSAGE_EDGE}
    assert question_of(header) == found.query.text
    assert custom_id_of(messages[-1], Action.FOLLOW_UP) is None


def answer_of(quoted_texts: Sequence[str], refusal: Refusal | None = None) -> Answer:
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
        for row, text in enumerate(quoted_texts)
    )
    return Answer(
        query=understand("Who?"),
        confidence=0.9,
        unsure=False,
        quotes=() if refusal else quotes,
        nearest=quotes if refusal else (),
        refusal=refusal,
        withheld=(),
        generation=GENERATION,
        built=dt.datetime(2026, 1, 2, tzinfo=dt.UTC),
        timings={},
    )


def test_eight_quotes_fit_one_message_and_sixteen_two() -> None:
    found = answer_of(["Short."] * 20)
    messages = answer_messages(found, private=True)
    assert [len(quote_numbers(message)) for message in messages] == [8, 8]
    more = custom_id_of(messages[-1], Action.MORE)
    assert more is not None
    assert more.numbers[-1] == 16
    rest = answer_messages(found, private=True, first=17)
    assert shown_numbers(rest, found.quotes) == [17, 18, 19, 20]


def test_a_quote_that_is_too_long_is_left_out_with_a_note_and_not_offered_again() -> None:
    found = answer_of(["Short.", "*" * 4_000, "Last."])
    messages = answer_messages(found, private=False)
    assert shown_numbers(messages, found.quotes) == [1, 3]
    assert any(discord_contents.TOO_LONG_FOR_DISCORD in text for text in texts(messages[-1]))
    more = custom_id_of(messages[-1], Action.MORE)
    assert more is not None
    assert more.numbers[-1] == 3


def test_an_answer_whose_quotes_are_all_too_long_says_so() -> None:
    found = answer_of(["x" * 5_000, "y" * 5_000])
    (message,) = answer_messages(found, private=False)
    check_message(message)
    assert any(discord_contents.TOO_LONG_FOR_DISCORD in text for text in texts(message))


def test_more_shows_further_nearest_passages() -> None:
    found = answer_of(["One.", "Two.", "Three."], Refusal.SUBJECT_ONLY)
    assert shown_numbers(nearest_messages(found, first=3), found.nearest) == [3]


def test_an_answer_that_is_not_sure_has_the_quotes_and_buttons_of_one_that_is(
    town_answering: OpenIndex, town_unsure: OpenIndex
) -> None:
    (sure,), (unsure,) = (
        answer_messages(answer(index, understand("What did the cables cost?"), 3), private=True)
        for index in (town_answering, town_unsure)
    )
    check_message(unsure)
    assert len(quote_numbers(sure)) == 3
    assert quote_numbers(unsure) == quote_numbers(sure)
    assert unsure.below == sure.below
    assert texts(unsure)[0] == (
        f"{texts(sure)[0]}\n"
        "**Not sure: these passages may answer the question, or only come near it.**"
    )
    assert re.fullmatch(r"-# archive updated <t:\d+:R>", texts(unsure)[-1])


def test_a_real_answer_is_shown_with_its_citation(town_answering: OpenIndex) -> None:
    found = answer(town_answering, understand("What did the bridge cables cost?"))
    (message,) = answer_messages(found, private=False)
    check_message(message)
    first = quote_numbers(message)[1]
    assert rendered(Message((first,)))[0].quoted == (found.quotes[0].text,)
    head, *_, citation = first.content.split("\n")
    assert head == (
        "-# **Harbour bridge reopens after eleven months** · The Quay · by Ana Ortiz · 5 March 2024"
    )
    assert re.fullmatch(
        r"-# \*\*1\*\* · paragraph 2 · \[open\]\(<https://example.org/harbour#:~:text=.+>\)",
        citation,
    )
    footer = texts(message)[-1]
    assert re.fullmatch(r"-# ([a-z ]+ answered · )?archive updated <t:\d+:R>", footer)


def test_the_scope_of_the_search_is_shown_and_a_long_source_is_cut() -> None:
    found = answer_of(["Short."])
    query = dataclasses.replace(found.query, since=dt.date(2024, 1, 1), source="*" * 9_000)
    (message,) = answer_messages(dataclasses.replace(found, query=query), private=False)
    check_message(message)
    assert "searched from 1 January 2024 in \\*" in texts(message)[-1]


def test_at_most_two_withheld_articles_are_named_without_a_command_to_type() -> None:
    found = dataclasses.replace(
        answer_of([], Refusal.CHANGED), withheld=(article_of("x", "Moved *away*"),) * 3
    )
    (message,) = answer_messages(found, private=False)
    check_message(message)
    footer = texts(message)[-1]
    assert (
        footer.count("Not quoted\\: Moved \\*away\\* has changed since the archive was updated")
        == 2
    )
    assert "pullquote index" not in footer


def test_a_greeting_gets_help_and_no_button_for_nearest_passages(town: OpenIndex) -> None:
    found = answer(town, understand("hello there!"))
    (message,) = answer_messages(found, private=False)
    check_message(message)
    header, text, footer = texts(message)
    assert question_of(header) == "hello there!"
    assert text == (
        "**That names nothing to search for.**\n"
        'Ask about a person, a place or an event, for example: "Who mediated the talks?"'
    )
    assert "confidence" not in footer
    assert custom_id_of(message, Action.NEAREST) is None


def test_corrected_words_are_named_first_among_the_notices(town_answering: OpenIndex) -> None:
    found = answer(town_answering, understand("When did the harbour brige reopen?"))
    changed = dataclasses.replace(found, withheld=(article_of("a"), article_of("b")))
    for shown, count in ((found, 2), (changed, 3)):
        footer = texts(answer_messages(shown, private=False)[-1])[-1].split("\n")
        assert footer[0].replace("\\", "") == "-# Searched for: bridge (typed: brige)."
        assert len(footer) == count


def test_who_says_a_quote_stands_below_it_with_its_markdown_escaped() -> None:
    found = answer_of(["Ann *Low*, the [mayor](x), said that it sank."])
    speaker = Speaker(Span(0, 9), Span(11, 25))
    quote = dataclasses.replace(found.quotes[0], speaker=speaker)
    (message,) = answer_messages(dataclasses.replace(found, quotes=(quote,)), private=True)
    citation = quote_numbers(message)[1].content.split("\n")[-1]
    assert citation.startswith("-# **1** — Ann \\*Low\\*, the \\[mayor](x) · paragraph 1")


def test_the_speaker_in_a_refusal_is_made_safe_to_show() -> None:
    query = understand("What did Low_Low say about it?")
    refused = dataclasses.replace(answer_of([], Refusal.NOT_SAID), query=query)
    shown = answer_strings.reason(refused, lambda name: name.replace("_", "-"))
    assert shown == "The archive quotes Low-Low, but not on this."
