import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.english.order_cues import StatementOrder
from pullquote.english.stated_values import asks_itself, first_value, states_value
from pullquote.english.statement_order import order_asked

NEWEST, OLDEST = StatementOrder.NEWEST, StatementOrder.OLDEST


@pytest.mark.parametrize(
    ("question", "words", "bare"),
    [
        ("What is the latest version?", "latest", "What is the version?"),
        ("What's the newest model?", "newest", "What's the model?"),
        ("Which model is the newest?", "is the newest", "Which model?"),
        ("which survey is most recent", "is most recent", "which survey"),
        ("Which of the two is the latest one?", "is the latest one", "Which of the two?"),
        ("Who is the mayor now?", "now", "Who is the mayor?"),
        ("Now who leads the union?", "Now", "who leads the union?"),
        ("WHO IS THE MAYOR NOW?", "NOW", "WHO IS THE MAYOR?"),
        ("Which company now owns the brewery?", "now", "Which company owns the brewery?"),
        ("Is the bridge still closed?", "still", "Is the bridge closed?"),
        ("Who most recently won the prize?", "most recently", "Who won the prize?"),
        ("What is the current price of oil?", "current", "What is the price of oil?"),
        ("What is the firm's current name?", "current", "What is the firm's name?"),
        ("What does Ann Low currently earn?", "currently", "What does Ann Low earn?"),
        ("Who is the editor these days?", "these days", "Who is the editor?"),
        ("Who leads it at the moment?", "at the moment", "Who leads it?"),
        ("How many have died so far?", "so far", "How many have died?"),
        ("How many wolves were counted to date?", "to date", "How many wolves were counted?"),
        ("When did the volcano last erupt?", "last", "When did the volcano erupt?"),
        ("When was the last time it rained?", "last", "When was the time it rained?"),
        ("What was the last census?", "last", "What was the census?"),
        ("What is the speed limit today?", "today", "What is the speed limit?"),
        ("Who are the new directors?", "new", "Who are the new directors?"),
        ("What is the latest on the earthquake?", "latest", "earthquake news"),
        ("What's the latest news about the merger?", "latest news", "merger news"),
        ("Who is the reigning champion?", "reigning", "Who is the champion?"),
        ("What is the lastest price?", "lastest", "What is the price?"),
    ],
)
def test_words_ask_for_the_newest_statement_and_are_not_searched(
    question: str, words: str, bare: str
) -> None:
    asked = order_asked(question)
    assert asked is not None
    assert (asked.order, asked.words, asked.question) == (NEWEST, words, bare)


@pytest.mark.parametrize(
    ("question", "bare"),
    [
        ("Where was the fair originally held?", "Where was the fair held?"),
        ("When was it initially due to open?", "When was it due to open?"),
        ("What was the original budget?", "What was the budget?"),
        ("What was the first estimate?", "What was the estimate?"),
        ("What was the first official price?", "What was the official price?"),
        ("What was the first death toll at Kelso?", "What was the death toll at Kelso?"),
        ("What was its original opening date?", "What was its opening date?"),
        (
            "How many answered the first State of Low survey?",
            "How many answered the State of Low survey?",
        ),
        ("Who first led the board?", "Who led the board?"),
        ("Which release was the first?", "Which release?"),
        ("When was the bridge first closed?", "When was the bridge closed?"),
        ("What did it cost at first?", "What did it cost?"),
    ],
)
def test_words_ask_for_the_oldest_statement(question: str, bare: str) -> None:
    asked = order_asked(question)
    assert asked is not None
    assert (asked.order, asked.question) == (OLDEST, bare)


@pytest.mark.parametrize(
    "question",
    [
        "Who is the mayor of Dunmere?",
        "Who's the chief executive of Vantor?",
        "Who is Vantor's head coach?",
        "Who owns the brewery?",
        "What version do the routers run?",
        "How many people have died in the flood?",
        "What is the toll on the bridge?",
        "How much does a ticket cost?",
        "What is the minimum age for the race?",
        "When does the market open?",
    ],
)
def test_a_question_whose_answer_changes_with_time_asks_for_the_newest(question: str) -> None:
    asked = order_asked(question)
    assert asked is not None
    assert (asked.order, asked.words, asked.question) == (NEWEST, "", question)
    assert order_asked(question, names_time=True) is None, "it is asked of a time"


@pytest.mark.parametrize(
    "question",
    [
        "Who is the first lady?",
        "Who was the first man on the moon?",
        "When did World War I end?",
        "What happened in New York?",
        "what happened in new york?",
        "What was the New Deal?",
        "what was the new deal?",
        "Who founded the now-defunct airline?",
        "Who bought the now famous bridge?",
        "Who directed Apocalypse Now?",
        "What is a current account?",
        "What is the current in the river?",
        "What did the current affairs programme say?",
        "Who painted the still life?",
        "Who took the film still?",
        "Did the clocks stand still?",
        "What is the news about Spain?",
        "Who said it to her first?",
        "What is the first name of the man?",
        "Who finished first in the race?",
        "Which team came first?",
        "Was it love at first sight?",
        "Who was first in line?",
        "Who won her first Grammy?",
        "How long did the storm last?",
        "How long will the strike last?",
        "What happened last week?",
        "Who died last Friday?",
        "Who was the last man standing?",
        "Who painted the Last Supper?",
        "Who bought First Republic Bank?",
        "What did USA TODAY drop?",
        "What did a new study find?",
        "What happened today?",
        "How far is the moon?",
        "Why did the talks get so far away?",
        "At the moment of impact, who was driving?",
        "Who is Chris Rock?",
        "Who is the man who shot the mayor?",
        "Who was the mayor in 2015?",
        "How many legs does a spider have?",
        "Was the original price higher than the current price?",
    ],
)
def test_the_same_words_in_another_sense_ask_for_no_order(question: str) -> None:
    assert order_asked(question) is None


@given(st.text(st.sampled_from("latesfirsnow currenthe 'lady?-"), max_size=60))
def test_no_text_trips_it(text: str) -> None:
    asked = order_asked(text)
    assert asked is None or asked.words == "" or asked.words.split(", ")[0] in text


def test_letters_without_a_space_take_no_time_that_grows_with_their_square() -> None:
    began = time.process_time()
    order_asked("x" * 2_000)
    assert time.process_time() - began < 0.8


def test_a_sentence_states_a_value_only_if_the_question_does_not_have_it() -> None:
    who = "Who is the mayor of Dunmere?"
    assert states_value("Ottoline Vance is the mayor of Dunmere.", who)
    assert not states_value("The mayor of Dunmere opened the fair on Friday.", who)
    price = "What is the toll on the bridge?"
    assert states_value("The toll rose to four pounds.", price)
    assert not states_value("The toll was raised by the board.", price)
    assert states_value("It is closed.", "Is the bridge open?")


def test_what_asks_or_supposes_states_nothing() -> None:
    assert asks_itself("If you don't know who leads the Rowing Club, look at its page.")
    assert asks_itself("Who leads the Rowing Club?")
    assert not asks_itself("Ann Low leads the Rowing Club, which won in May.")


@pytest.mark.parametrize(
    ("text", "question", "value"),
    [
        ("Ottoline Vance is the mayor. She beat Colin Pryce.", "Who is the mayor of Odde?", "vanc"),
        ("On Monday the mayor, Colin Pryce, spoke.", "Who is the mayor?", "pryce"),
        ("In 2024 the toll rose to 30 crowns, from 25.", "What is the toll?", "30"),
        ("The mayor of Dunmere opened the fair.", "Who is the mayor of Dunmere?", ""),
        ("The bridge is closed.", "Is the bridge open?", ""),
    ],
)
def test_the_first_name_or_number_of_a_statement_is_what_it_says(
    text: str, question: str, value: str
) -> None:
    assert first_value(text, question) == value
