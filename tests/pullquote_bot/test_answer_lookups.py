"""What the bot looks up for a question, and for the buttons of a message that is old."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.query import understand
from pullquote_bot.discord_bot.archive_lookups import QuestionLookup, answer_lookup, repeated_lookup
from pullquote_bot.discord_bot.messages.components import Message
from pullquote_bot.discord_bot.messages.custom_ids import Action, CustomId
from pullquote_bot.serving.prometheus_metrics import REGISTRY
from pullquote_bot.strings import answers as answer_strings
from support.displayed import texts

NEAREST = CustomId(Action.NEAREST, None, (0, 0, 0))
MORE = CustomId(Action.MORE, None, (0, 0, 0, 1))
SHARE = CustomId(Action.SHARE, None, (0, 0, 0, 1))


def messages_of(lookup: QuestionLookup, index: OpenIndex) -> list[Message]:
    opened = cast("Any", SimpleNamespace(archive=index, name=""))
    return lookup(opened, understand("What did the bridge cables cost?"))


def header_of(custom_id: CustomId, index: OpenIndex) -> str:
    return texts(messages_of(repeated_lookup(custom_id, 2), index)[0])[0]


def count_of(outcome: str) -> float:
    return REGISTRY.get_sample_value("pullquote_questions_total", {"outcome": outcome}) or 0.0


def test_each_outcome_is_counted(
    town_answering: OpenIndex, town_unsure: OpenIndex, town_refusing: OpenIndex
) -> None:
    for outcome, index in (
        ("answered", town_answering),
        ("unsure", town_unsure),
        ("refused", town_refusing),
    ):
        before = {name: count_of(name) for name in ("answered", "unsure", "refused")}
        messages_of(answer_lookup(3, private=False), index)
        after = {name: count_of(name) for name in before}
        assert after == {**before, outcome: before[outcome] + 1}


def test_the_nearest_passages_of_a_refusal_are_no_answer(town_refusing: OpenIndex) -> None:
    for custom_id in (NEAREST, MORE):
        header = header_of(custom_id, town_refusing)
        assert answer_strings.NO_ANSWER in header
        assert answer_strings.NEAREST in header


@pytest.mark.parametrize("custom_id", [NEAREST, MORE, SHARE], ids=lambda each: each.action)
def test_a_question_that_was_refused_under_other_thresholds_gets_its_quotes(
    town_unsure: OpenIndex, town_answering: OpenIndex, custom_id: CustomId
) -> None:
    unsure, sure = (header_of(custom_id, index) for index in (town_unsure, town_answering))
    assert unsure == f"{sure}\n**{answer_strings.NOT_SURE}**"
    assert answer_strings.NO_ANSWER not in unsure
