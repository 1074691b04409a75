import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.answering.query import understand
from pullquote.errors import RequestError
from pullquote.storage.manifest import GenerationId
from pullquote_bot.discord_bot.messages.components import LONGEST_CUSTOM_ID
from pullquote_bot.discord_bot.messages.custom_ids import (
    NUMBER_COUNTS,
    TEMPLATE,
    Action,
    CustomId,
    chosen_action,
    parse_custom_id,
)
from pullquote_bot.discord_bot.messages.scopes import Scope, scope_of, scoped, source_key
from support.displayed import SAME_EACH_TIME
from support.hostile_articles import LARGEST

GENERATIONS = st.none() | st.from_regex(r"[0-9]{6,8}-[0-9a-f]{8}", fullmatch=True).map(GenerationId)
LAST_DAY = dt.date.max.toordinal()
WIDEST = Scope(LAST_DAY, LAST_DAY, 2**128 - 1, all_dates=True, asked=LAST_DAY).numbers
LARGE = GenerationId("9999999-0a1b2c3d")


@SAME_EACH_TIME
@given(
    st.sampled_from(Action),
    GENERATIONS,
    st.lists(st.integers(0, 10**18 - 1), max_size=9).map(tuple),
)
def test_a_custom_id_is_parsed_if_it_has_as_many_numbers_as_its_action_takes(
    action: Action, generation: GenerationId | None, numbers: tuple[int, ...]
) -> None:
    custom_id = CustomId(action, generation, numbers)
    assert parse_custom_id(str(custom_id)) == (
        custom_id if len(numbers) in NUMBER_COUNTS.get(action, (0,)) else None
    )
    assert re.fullmatch(TEMPLATE, str(custom_id))


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
def test_any_text_is_a_custom_id_or_none(text: str) -> None:
    custom_id = parse_custom_id(text)
    assert custom_id is None or str(parse_custom_id(str(custom_id))) == str(custom_id)


@pytest.mark.parametrize(
    "text",
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
def test_other_texts_are_no_custom_ids(text: str) -> None:
    assert parse_custom_id(text) is None


@pytest.mark.parametrize(
    "custom_id",
    [
        CustomId(Action.ARTICLES, LARGE, (LARGEST,) * 8),
        CustomId(Action.CONTEXT, LARGE, (LARGEST, LARGEST, LARGEST, LARGEST, 2)),
        CustomId(Action.READ, LARGE, (LARGEST, LARGEST, 1)),
        CustomId(Action.SEARCH, LARGE, (*WIDEST, LARGEST, 1)),
        CustomId(Action.MORE, LARGE, (*WIDEST, LARGEST)),
        CustomId(Action.SHARE, LARGE, (*WIDEST, LARGEST)),
        CustomId(Action.NEAREST, LARGE, WIDEST),
        CustomId(Action.FOLLOW_UP, LARGE, WIDEST),
        CustomId(Action.ALL_DATES, LARGE, WIDEST),
        CustomId(Action.UNHELPFUL, LARGE),
    ],
    ids=lambda custom_id: custom_id.action,
)
def test_the_largest_numbers_fit_a_custom_id(custom_id: CustomId) -> None:
    assert len(str(custom_id)) <= LONGEST_CUSTOM_ID


@SAME_EACH_TIME
@given(
    st.none() | st.dates(), st.none() | st.dates(), st.sampled_from(["", "The Quay", "Valley Post"])
)
def test_a_question_that_is_asked_again_keeps_its_dates_and_its_source(
    since: dt.date | None, until: dt.date | None, source: str
) -> None:
    since, until = (until, since) if since and until and since > until else (since, until)
    asked = understand("Who?", since=since, until=until, source=source.upper())
    sources = {source_key(name): name for name in ("The Quay", "Valley Post")}
    asked_again = scoped(understand("Who?"), scope_of(asked), sources)
    assert (asked_again.since, asked_again.until, asked_again.source) == (since, until, source)


def test_a_custom_id_keeps_the_day_of_asking_and_whether_dates_count() -> None:
    scope = Scope(5, 0, source_key("The Quay"), all_dates=True, asked=738_000)
    custom_id = parse_custom_id(str(CustomId(Action.ALL_DATES, LARGE, scope.numbers)))
    assert custom_id is not None
    assert custom_id.scope == scope
    query = scoped(understand("Who?"), scope, {scope.source: "The Quay"})
    assert not query.reads_dates
    assert query.asked_on == dt.date.fromordinal(738_000)


@SAME_EACH_TIME
@given(st.integers(0, 10**18), st.integers(0, 10**18), st.integers(0, 10**18))
def test_any_dates_are_a_scope(since: int, until: int, source: int) -> None:
    assert scoped(understand("Who?"), Scope(since, until, source), {source: "A"}).source in {
        "",
        "A",
    }


@pytest.mark.parametrize(
    ("key", "reason"), [(source_key("Gone"), "no longer has the source"), (7, "earlier version")]
)
def test_a_source_that_has_left_the_archive_is_named_instead_of_asking_all(
    key: int, reason: str
) -> None:
    with pytest.raises(RequestError, match=reason):
        scoped(understand("Who?"), Scope(0, 0, key), {source_key("The Quay"): "The Quay"})


def test_only_the_key_of_a_source_is_longer_than_a_row_of_the_index() -> None:
    assert source_key("The Quay").bit_length() > 120
    assert parse_custom_id(f"pq:nearest::0.0.{source_key('The Quay')}")
    assert parse_custom_id(f"pq:read::{10**18}.1") is None


@pytest.mark.parametrize(
    ("text", "scope", "turns_page"),
    [
        ("pq:context:000001-0a1b2c3d:7.0.9", None, False),
        ("pq:context:000001-0a1b2c3d:7.0.9.4.2", None, True),
        ("pq:read:000001-0a1b2c3d:7.0", None, False),
        ("pq:read:000001-0a1b2c3d:7.1.1", None, True),
        ("pq:articles:000001-0a1b2c3d:7.8.9.10", None, False),
        ("pq:more:000001-0a1b2c3d:1.2.3.4", Scope(1, 2, 3), False),
        ("pq:share:000001-0a1b2c3d:1.2.3.4", Scope(1, 2, 3), False),
        ("pq:nearest:000001-0a1b2c3d:1.2.3", Scope(1, 2, 3), False),
        ("pq:follow-up:000001-0a1b2c3d:1.2.3", Scope(1, 2, 3), False),
        ("pq:again::1.2.3", Scope(1, 2, 3), False),
        ("pq:again::", None, False),
        ("pq:search:000001-0a1b2c3d:1.2.3.0", Scope(1, 2, 3), True),
        ("pq:search:000001-0a1b2c3d:1.2.3.4.1", Scope(1, 2, 3), True),
        ("pq:helpful:000001-0a1b2c3d:", None, False),
    ],
)
def test_the_custom_ids_of_messages_already_sent_keep_their_meaning(
    text: str,
    scope: Scope | None,
    turns_page: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    custom_id = parse_custom_id(text)
    assert custom_id is not None
    assert str(custom_id) == text
    assert (custom_id.scope, custom_id.turns_page) == (scope, turns_page)


@pytest.mark.parametrize(
    ("chosen", "done"),
    [
        ([], None),
        (["x"], None),
        (["pq:menu::"], None),
        (["pq:context::1.2"], None),
        (["pq:context:000001-0a1b2c3d:1.2.3"], Action.CONTEXT),
    ],
)
def test_a_menu_does_what_the_chosen_option_says(chosen: list[str], done: Action | None) -> None:
    action = chosen_action(CustomId(Action.MENU), chosen)
    assert (action.action if action else None) == done
    button = CustomId(Action.HELPFUL)
    assert chosen_action(button, chosen) == button
