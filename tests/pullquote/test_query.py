import datetime as dt

import pytest

from pullquote.answering.query import understand
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
