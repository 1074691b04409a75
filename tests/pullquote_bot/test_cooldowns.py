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


def test_so_many_may_be_asked_and_then_the_first_must_be_a_minute_old() -> None:
    clock = Clock()
    cooldown = RateLimit(2, clock)
    for _ in range(2):
        assert cooldown.wait("a") == 0
        cooldown.asked("a")
        clock.now += 10
    assert cooldown.wait("a") == 40
    clock.now += 39.5
    assert cooldown.wait("a") == 0.5
    clock.now += 0.5
    assert cooldown.wait("a") == 0
    cooldown.asked("a")
    assert cooldown.wait("a") == 10


def test_one_asker_does_not_stand_in_anothers_way() -> None:
    cooldown = RateLimit(1, Clock())
    cooldown.asked("a")
    assert cooldown.wait("a") == 60
    assert cooldown.wait("b") == 0


def test_looking_does_not_count_as_asking() -> None:
    cooldown = RateLimit(1, Clock())
    assert [cooldown.wait("a") for _ in range(5)] == [0] * 5


def test_those_who_have_not_asked_for_a_minute_are_forgotten() -> None:
    clock = Clock()
    cooldown = RateLimit(1, clock)
    for asker in range(1_500):
        cooldown.asked(asker)
    clock.now += 61
    cooldown.asked("last")
    assert set(cooldown._asked) == {"last"}
    assert cooldown.wait("last") == 60


@SAME_EACH_TIME
@given(st.integers(1, 5), st.lists(st.floats(0, 50), max_size=40))
def test_no_minute_ever_holds_more_than_are_allowed(most: int, pauses: list[float]) -> None:
    clock = Clock()
    cooldown = RateLimit(most, clock)
    times: list[float] = []
    for pause in pauses:
        clock.now += pause
        wait = cooldown.wait("a")
        assert 0 <= wait <= 60
        if not wait:
            cooldown.asked("a")
            times.append(clock.now)
    for first, later in zip(times, times[most:], strict=False):
        assert later - first >= 60 - 1e-6


@SAME_EACH_TIME
@given(st.floats(0.001, 60))
def test_whoever_waits_as_long_as_told_may_ask(seconds: float) -> None:
    told = re.search(r"wait (\d+) second", limit_strings.wait_a_while(seconds, server=False))
    assert told
    assert seconds <= int(told[1]) <= seconds + 1.5
