"""Which texts ask whether another text is true."""

import pytest

from pullquote.english.check_requests import asks_for_check

CHECKS = """
is this true?
true?
Source?
sources??
really?
Really!?
fact check
Fact-check this please
is that real
Is this really true?
hey bot, is this true? thanks
can you verify this?
verify
did he really say that?
any source for this?
what's the source
Is this true or not?
is it fake
true or false?
Did this actually happen?
where is this from?
"""
QUESTIONS = """
Is this true of the new bridge?
Who mediated the talks?
What is the source of the Danube?
Did he really say that the bridge is unsafe?
true crime
Is the mayor real estate owner?
really big storms
check the harbour
why?
When was that?
"""


@pytest.mark.parametrize("text", CHECKS.strip().splitlines())
def test_a_text_that_only_asks_whether_another_is_true_asks_for_a_check(text: str) -> None:
    assert asks_for_check(text)


@pytest.mark.parametrize("text", QUESTIONS.strip().splitlines())
def test_a_question_with_a_subject_of_its_own_does_not(text: str) -> None:
    assert not asks_for_check(text)


def test_a_long_text_is_looked_at_no_further() -> None:
    assert not asks_for_check("is this true " * 10_000)
