import re

from hypothesis import given
from hypothesis import strategies as st

from pullquote_bot.serving.rate_limits import RateLimit
from pullquote_bot.strings import rate_limits as limit_strings
from support.displayed import SAME_EACH_TIME


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def test_an_asker_over_the_limit_waits_until_their_first_question_is_a_minute_old() -> None:
    clock = Clock()
    limit = RateLimit(2, clock)
    for _ in range(2):
        assert limit.seconds_to_wait("a") == 0
        limit.record_question("a")
        clock.now += 10
    assert limit.seconds_to_wait("a") == 40
    clock.now += 39.5
    assert limit.seconds_to_wait("a") == 0.5
    clock.now += 0.5
    assert limit.seconds_to_wait("a") == 0
    limit.record_question("a")
    assert limit.seconds_to_wait("a") == 10


def test_each_asker_has_their_own_limit() -> None:
    limit = RateLimit(1, Clock())
    limit.record_question("a")
    assert limit.seconds_to_wait("a") == 60
    assert limit.seconds_to_wait("b") == 0


def test_reading_the_seconds_to_wait_does_not_count_as_a_question() -> None:
    limit = RateLimit(1, Clock())
    assert [limit.seconds_to_wait("a") for _ in range(5)] == [0] * 5


def test_askers_without_a_question_in_the_last_minute_are_removed() -> None:
    clock = Clock()
    limit = RateLimit(1, clock)
    for asker in range(1_500):
        limit.record_question(asker)
    clock.now += 61
    limit.record_question("last")
    assert set(limit._question_times) == {"last"}
    assert limit.seconds_to_wait("last") == 60


@SAME_EACH_TIME
@given(st.integers(1, 5), st.lists(st.floats(0, 50), max_size=40))
def test_no_minute_has_more_questions_than_the_limit(
    max_questions: int, pauses: list[float]
) -> None:
    clock = Clock()
    limit = RateLimit(max_questions, clock)
    times: list[float] = []
    for pause in pauses:
        clock.now += pause
        seconds = limit.seconds_to_wait("a")
        assert 0 <= seconds <= 60
        if not seconds:
            limit.record_question("a")
            times.append(clock.now)
    for first, later in zip(times, times[max_questions:], strict=False):
        assert later - first >= 60 - 1e-6


@SAME_EACH_TIME
@given(st.floats(0.001, 60))
def test_the_message_gives_at_least_the_seconds_to_wait(seconds: float) -> None:
    match = re.search(r"wait (\d+) second", limit_strings.wait_a_while(seconds, server=False))
    assert match
    assert seconds <= int(match[1]) <= seconds + 1.5
