"""Greetings, thanks and marks around a question, and questions of several parts."""

import pytest

from pullquote.english.question_form import (
    bare_question,
    in_one_form,
    only_greets,
    question_parts,
)


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Who won?", "Who won"),
        ("Who won???!", "Who won"),
        ("Hi, who won?", "who won"),
        ("hi who won", "who won"),
        ("Hello! Who won?", "Who won"),
        ("hey bot, who won?", "who won"),
        ("Hey there - who won?", "who won"),
        ("Good morning, who won?", "who won"),
        ("hi all! good evening. who won?", "who won"),
        ("<@1234> who won?", "who won"),
        ("@pullquote who won?", "who won"),
        ("Pullquote, who won?", "who won"),
        ("please, who won?", "who won"),
        ("So, who won?", "who won"),
        ("Well… who won?", "who won"),
        ("OK so who won?", "who won"),
        ("Could you please tell me who won?", "who won"),
        ("can u tell me who won", "who won"),
        ("Can anyone tell me if he won?", "he won"),
        ("tell me about the harbour bridge", "the harbour bridge"),
        ("Do you know whether she won?", "she won"),
        ("I was wondering who won", "who won"),
        ("I'd like to know who won.", "who won"),
        ("I’m curious: who won?", "who won"),
        ("Quick question: who won?", "who won"),
        ("Any idea who won?", "who won"),
        ("Who won? Thanks!", "Who won"),
        ("Who won, please?", "Who won"),
        ("who won thx", "who won"),
        ("Who won? Thank you so much.", "Who won"),
        ("Who won? :-)", "Who won"),
        ("Who won? Cheers, bye", "Who won"),
        ("Hi! Could you tell me who won? Thanks in advance!", "who won"),
        ("  who \n  won ", "who won"),
    ],
)
def test_what_stands_around_a_question_is_left_out(text: str, bare: str) -> None:
    assert bare_question(text) == bare


@pytest.mark.parametrize(
    "text",
    [
        "Hello world release date",
        "Dear John letter",
        "So-called experts",
        "Well water pollution",
        "Please Mr. Postman singer",
        "Hi-fi sales",
        "Bot farms in Macedonia",
        "There Will Be Blood director",
        "Team GB medals",
        "OK Computer release date",
        "Any ideas board members",
        "Tyson Fury age",
        "Whoever won the lottery",
        "Question Time presenter",
        "harbour bridge",
    ],
)
def test_a_name_that_begins_like_a_greeting_or_ends_like_thanks_is_kept(text: str) -> None:
    assert bare_question(text) == text


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("who won", "who won?"),
        ("In which year did it open", "In which year did it open?"),
        ("did it open", "did it open?"),
        ("isn’t it open", "isn’t it open?"),
        ("harbour bridge", "harbour bridge"),
        ("It is open", "It is open"),
        ("Whoever won", "Whoever won"),
        ("Whatever happened", "Whatever happened"),
    ],
)
def test_only_a_question_ends_with_a_mark(text: str, form: str) -> None:
    assert in_one_form(text) == form


@pytest.mark.parametrize(
    "text",
    ["hi", "Hello!", "hey bot", "Good morning, everyone!", "thanks!", "Thank you so much :-)",
     "<@123>", "@pullquote", "hi, thanks", "ok", "bye", "please?"],
)  # fmt: skip
def test_a_greeting_thanks_or_a_mention_only_greets(text: str) -> None:
    assert only_greets(text)


@pytest.mark.parametrize(
    "text", ["Hello world", "hi-fi", "who?", "thanksgiving", "bridge", "Hey Jude", "dear leader"]
)
def test_a_text_with_another_word_does_more_than_greet(text: str) -> None:
    assert not only_greets(text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Who won and how old is he", ["Who won", "how old is he"]),
        ("Who won? How old is he", ["Who won", "How old is he"]),
        ("Who won, and what did it cost", ["Who won", "what did it cost"]),
        ("Who won and also why did they strike", ["Who won", "why did they strike"]),
        ("When did it open and who was there", ["When did it open", "who was there"]),
        ("Where is it and when did it open", ["Where is it", "when did it open"]),
        ("Who won? When? Where was it", ["Who won", "When", "Where was it"]),
    ],
)
def test_several_questions_in_one_are_its_parts(text: str, parts: list[str]) -> None:
    assert question_parts(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "Who won",
        "Who fined and sued the bank",
        "Which man shot the mayor and who fled",
        "Who is the man who shot the mayor and who fled to Spain",
        "Where did the ship which sank and which burned come from",
        "What did the mayor and the governor say",
        "How many were killed and wounded",
        "the bridge and what it cost",
        "Bonnie and Clyde",
    ],
)
def test_a_question_with_a_relative_clause_or_a_plain_and_is_one(text: str) -> None:
    assert question_parts(text) == [text]


def test_parts_beyond_the_third_are_not_asked() -> None:
    assert len(question_parts("Who won? Who lost? Who fled? Who paid? Who sang")) == 3
