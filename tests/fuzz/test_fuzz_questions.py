import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from pullquote.answering.query import LONGEST_QUESTION, Query, understand
from pullquote.answering.question_parts import parts_of
from pullquote.english.dates import parse_date
from pullquote.english.numbers import in_one_spelling
from pullquote.english.question_form import bare_question, in_one_form, only_greets, question_parts
from pullquote.english.question_time import question_time, without_expressions
from pullquote.english.typed_periods import parse_period
from pullquote.errors import RequestError

PIECES = st.sampled_from(
    [
        "who ", "what kind of ", "how many ", "please ", "hello, ", "can you tell me ", "and ",
        "? ", "! ", ". ", ", ", "; ", "and who ", "or ", "between ", "the ", "of ", "in ", "on ",
        "January 2024 ", "in 2023 ", "30 October 2025 ", "31 February 2024 ", "5th of May of 1999 ",
        "9999 ", "0001-01-01 ", "2025-13 ", "last month ", "this week ", "3 years ago ",
        "between 45 and 12 May ", "before ", "since Friday ", "to ", "Q3 ", "03/04/2025 ",
        "9999 years ago ", "latest ", "now ", "two million ", "1,000,000 ", "3.5bn ", "½ ", "٣ ",
        "²", "M25 ", "U.S. ", "e.g. ", "N.A.T.O. ", "Pakistan ", "'s ", "\u2019s ", '"', "\\", "(",
        "a:b ", "*", "-", "\0", "\x1b[2J", "\u202e", "\u200b", "\u0301", "ﬁ", "İ", "ſ", "😀", "漢",
        "שלום ", "\ud800", "\n", "\t", "\x85",
    ]
)  # fmt: skip
QUESTIONS = (
    st.lists(PIECES | st.text(max_size=8), max_size=40).map("".join)
    | st.tuples(PIECES, st.integers(1, LONGEST_QUESTION)).map(lambda pair: pair[0] * pair[1])
    | st.text()
)
DAYS = st.dates() | st.sampled_from([dt.date.min, dt.date.max, dt.date(2024, 2, 29)])


def understood(
    text: str, since: dt.date | None, until: dt.date | None, asked: dt.date
) -> Query | RequestError:
    """The query of a question, or the one error of a user's mistake; other errors pass."""
    try:
        return understand(text, since=since, until=until, asked_on=asked)
    except RequestError as error:
        return error


@given(QUESTIONS, st.none() | DAYS, st.none() | DAYS, DAYS)
def test_any_question_is_a_query_or_one_error(
    text: str, since: dt.date | None, until: dt.date | None, asked: dt.date
) -> None:
    text = text[: LONGEST_QUESTION + 1]
    query = understood(text, since, until, asked)
    if isinstance(query, RequestError):
        assert str(query)
        return
    assert query.text == text.strip()
    assert all(part.text for part in parts_of(query))
    time = question_time(query.searched, asked)
    assert all(first <= last for first, last in time.periods)
    assert 0 <= time.recency(since) <= 1
    without_expressions(query.searched, time.expressions)


@given(QUESTIONS)
def test_any_text_has_one_form_parts_and_numbers_in_one_spelling(text: str) -> None:
    text = text[:LONGEST_QUESTION]
    in_one_spelling(text)
    in_one_form(bare_question(text))
    assert only_greets(text) in {True, False}
    question_parts(text)


@given(QUESTIONS, DAYS)
def test_any_text_is_a_date_a_period_or_none(text: str, today: dt.date) -> None:
    assert parse_date(text) is None or isinstance(parse_date(text), dt.date)
    period = parse_period(text, today)
    assert period is None or period[0] <= period[1]
