import contextlib
import datetime as dt
import time

import pytest

from pullquote.answering.query import understand
from pullquote.english.question_form import question_parts
from pullquote.errors import RequestError


def test_only_content_words_become_terms() -> None:
    assert understand("How many soldiers were killed?").terms == understand("soldiers killed").terms
    assert (
        understand("What did the defence minister say?").terms
        == understand("what did the defense ministers SAY").terms
    )


def test_a_question_of_common_words_alone_keeps_them_all() -> None:
    assert understand("What is it?").terms


def test_half_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(RequestError, match="UTF-8"):
        understand("who is \ud800?")


@pytest.mark.parametrize("text", ["", "  \n", "???", "\u200b"])
def test_a_question_without_words_is_refused(text: str) -> None:
    with pytest.raises(RequestError, match="no words"):
        understand(text)


def test_a_question_that_is_too_long_is_refused() -> None:
    with pytest.raises(RequestError, match="5,000 characters"):
        understand("a" * 5_000)


def test_a_since_after_the_until_is_refused() -> None:
    with pytest.raises(RequestError, match="no day lies between"):
        understand("who?", since=dt.date(2025, 2, 1), until=dt.date(2025, 1, 1))


@pytest.mark.parametrize(
    "text",
    [
        "who won",
        "Who won?",
        "WHO WON???",
        "Hi! Could you tell me who won? Thanks!",
        "hey bot, who won",
        "<@123> who won?",
    ],
)
def test_what_is_searched_does_not_depend_on_greetings_and_marks(text: str) -> None:
    query = understand(text)
    assert query.searched.casefold() == "who won?"
    assert query.terms == understand("Who won?").terms
    assert query.text == text


@pytest.mark.parametrize(
    "text",
    ["hi", "Hello there!", "thanks!", "who is he?", "What is it?", "what happened?", "@pullquote",
     "Where was it and when?", "Who reported it?", "what did he do?", "when did that end"],
)  # fmt: skip
def test_a_greeting_or_a_question_of_stop_words_or_of_a_pronoun_names_nothing(text: str) -> None:
    assert understand(text).names_nothing


@pytest.mark.parametrize(
    "text",
    ["bridge", "Who is Kovac?", "hi, who is Kovac?", "Hello world", "2019", "who won",
     "Why is it called Scotland?", "Is it raining?", "it works", "Who was killed?",
     "How many votes did she have?", "Which town did they leave?"],
)  # fmt: skip
def test_a_question_with_a_content_word_names_something(text: str) -> None:
    assert not understand(text).names_nothing


@pytest.mark.parametrize(
    "unit",
    [
        "a", "a.", "A.b ", "-", " - ", " ", "x ", ". ", "?!", "? ", ", ", "…", "one ", "one-",
        "twenty-", "hundred and ", "one hundred and ", "one thousand ", "1", "1,", "1,111", "1.",
        "£", "£1 ", "5m ", "%", "per ", "per cent ", "hi ", "hi, ", "hi - ", "@", "<@", "<@1> ",
        "thanks ", "thanks! ", ":-) ", "please ", "can you tell me ", "do you know ", "question ",
        "i wonder ", "and who ", "who? ", "who is and who is ", " and what", "\t\n", "тест ",
    ],
)  # fmt: skip
def test_a_long_hostile_question_is_understood_in_under_half_a_second(unit: str) -> None:
    for begin, end in (("", ""), ("who", "x"), ("hi", "!"), ("one", "hundred")):
        text = (begin + unit * 2_000)[: 2_000 - len(end)] + end
        begun = time.process_time()
        with contextlib.suppress(RequestError):  # some have no words
            question_parts(understand(text).searched)
        assert time.process_time() - begun < 0.5
