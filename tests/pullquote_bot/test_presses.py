import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.answering.query import understand
from pullquote.storage.manifest import GenerationId
from pullquote_bot.discord_bot.messages.components import LONGEST_CUSTOM_ID
from pullquote_bot.discord_bot.messages.custom_ids import (
    FIGURES,
    TEMPLATE,
    Action,
    CustomId,
    Scope,
    parse_custom_id,
    scope_of,
    scoped,
    source_key,
)
from support.displayed import SAME_EACH_TIME
from support.hostile_articles import LARGEST

GENERATIONS = st.none() | st.from_regex(r"[0-9]{6,8}-[0-9a-f]{8}", fullmatch=True).map(GenerationId)
LAST_DAY = dt.date.max.toordinal()
WIDEST = (LAST_DAY, LAST_DAY, 2**32 - 1)
LARGE = GenerationId("9999999-0a1b2c3d")


@SAME_EACH_TIME
@given(
    st.sampled_from(Action),
    GENERATIONS,
    st.lists(st.integers(0, 10**18 - 1), max_size=9).map(tuple),
)
def test_a_press_is_had_back_from_its_custom_id_where_it_has_as_many_figures_as_its_action(
    action: Action, generation: GenerationId | None, numbers: tuple[int, ...]
) -> None:
    press = CustomId(action, generation, numbers)
    assert parse_custom_id(str(press)) == (
        press if len(numbers) in FIGURES.get(action, (0,)) else None
    )
    assert re.fullmatch(TEMPLATE, str(press))


@SAME_EACH_TIME
@given(
    st.text()
    | st.lists(
        st.sampled_from(
            ["pq:", "more", ":", "000001-0a1b2c3d", ".", "1", "٣", "9" * 5_000, "\n", "-"]
        ),
        max_size=9,
    ).map("".join)
)
def test_any_custom_id_is_a_press_or_none(custom_id: str) -> None:
    press = parse_custom_id(custom_id)
    assert press is None or str(parse_custom_id(str(press))) == str(press)


@pytest.mark.parametrize(
    "custom_id",
    [
        "",
        "pq:more::.5",
        "pq:more::5.",
        "pq:more::1..2",
        "pq:other::1",
        "pq:more::" + "9" * 5_000,
        "pq:more::٣",
        "pq:more:1-0a1b2c3d:",
        "xpq:more::",
        "pq:more::\n",
        "pq:more::1.2.3",
        "pq:context::1.2",
        "pq:helpful::1",
    ],
)
def test_what_is_none_of_ours_is_no_press(custom_id: str) -> None:
    assert parse_custom_id(custom_id) is None


@pytest.mark.parametrize(
    "press",
    [
        CustomId(Action.ARTICLES, LARGE, (LARGEST,) * 8),
        CustomId(Action.CONTEXT, LARGE, (LARGEST, LARGEST, LARGEST, LARGEST, 2)),
        CustomId(Action.READ, LARGE, (LARGEST, LARGEST, 1)),
        CustomId(Action.SEARCH, LARGE, (*WIDEST, LARGEST, 1)),
        CustomId(Action.MORE, LARGE, (*WIDEST, LARGEST)),
        CustomId(Action.SHARE, LARGE, (*WIDEST, LARGEST)),
        CustomId(Action.NEAREST, LARGE, WIDEST),
        CustomId(Action.FOLLOW_UP, LARGE, WIDEST),
        CustomId(Action.UNHELPFUL, LARGE),
    ],
    ids=lambda press: press.action,
)
def test_the_largest_figures_fit_a_custom_id(press: CustomId) -> None:
    assert len(str(press)) <= LONGEST_CUSTOM_ID


@SAME_EACH_TIME
@given(
    st.none() | st.dates(), st.none() | st.dates(), st.sampled_from(["", "The Quay", "Valley Post"])
)
def test_a_question_is_asked_again_in_the_scope_that_it_was_asked_in(
    since: dt.date | None, until: dt.date | None, source: str
) -> None:
    since, until = (until, since) if since and until and since > until else (since, until)
    asked = understand("Who?", since=since, until=until, source=source.upper())
    sources = {source_key(name): name for name in ("The Quay", "Valley Post")}
    again = scoped(understand("Who?"), scope_of(asked), sources)
    assert (again.since, again.until, again.source) == (since, until, source)


@SAME_EACH_TIME
@given(st.integers(0, 10**18), st.integers(0, 10**18), st.integers(0, 10**18))
def test_any_figures_are_a_scope(since: int, until: int, source: int) -> None:
    assert scoped(understand("Who?"), Scope(since, until, source), {}).source == ""
