import contextlib
import re

from hypothesis import given
from hypothesis import strategies as st

from pullquote.answering.query import understand
from pullquote.errors import RequestError
from pullquote_bot.discord_bot.messages.custom_ids import TEMPLATE, Action, parse_custom_id
from pullquote_bot.discord_bot.messages.scopes import scoped, source_key

NUMBERS = st.lists(
    st.integers(0, 10**18).map(str)
    | st.integers(0, 800_000).map(str)
    | st.sampled_from(["", "٣", "-1", "+1", "1_0", "0" * 19]),
    max_size=9,
).map(".".join)
NEARLY = st.tuples(
    st.sampled_from(["pq", "pq", "pq", "PQ", "", "pq "]),
    st.sampled_from(Action) | st.text("abcm-o", max_size=6),
    st.sampled_from(["", "000001-0a1b2c3d", "9" * 5_000 + "-0a1b2c3d", "1-0a1b2c3d"]) | st.text(),
    NUMBERS | st.text(max_size=20),
).map(":".join)
SOURCES = {source_key("The Quay"): "The Quay"}


@given(st.text() | NEARLY)
def test_any_custom_id_is_parsed_or_is_none_and_a_parsed_one_acts(text: str) -> None:
    custom_id = parse_custom_id(text)
    if custom_id is None:
        return
    assert re.fullmatch(TEMPLATE, str(custom_id))
    assert parse_custom_id(str(custom_id)) == custom_id
    assert custom_id.turns_page in {True, False}
    if custom_id.scope is not None:
        with contextlib.suppress(RequestError):  # of an earlier version, or of a source that left
            assert scoped(understand("Who?"), custom_id.scope, SOURCES).source in {"", "The Quay"}
