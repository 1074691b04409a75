import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote_bot.discord_bot.handlers.views import view_of
from pullquote_bot.discord_bot.messages.component_limits import limit_violations
from pullquote_bot.discord_bot.messages.components import (
    Button,
    Message,
    Picture,
    Text,
    cut_to_length,
    text_length,
)
from pullquote_bot.discord_bot.messages.info_messages import plain_message
from support.displayed import SLOW
from support.hostile_articles import LONG, TEXT


@pytest.mark.parametrize(
    ("message", "violation"),
    [
        (Message(()), "empty text"),
        (plain_message("  "), "empty text"),
        (plain_message("😀" * 2_001), "4002 characters of text"),
        (Message(tuple(Text("a") for _ in range(40))), "41 components"),
        (plain_message("a", Button("", "x")), "label of 0 characters"),
        (plain_message("a", Button("b" * 81, "x")), "label of 81 characters"),
        (plain_message("a", Button("b", "x" * 101)), "custom id of 101 characters"),
        (plain_message("a", Button("b", "x"), Button("c", "x")), "one custom id twice"),
        (
            plain_message("a", *(Button("b", str(number)) for number in range(6))),
            "row of 6 buttons",
        ),
        (Message((Picture("a.png", b"", ""),)), "long alternative text"),
    ],
)
def test_a_message_that_discord_would_refuse_is_not_sent(message: Message, violation: str) -> None:
    assert violation in limit_violations(message)
    with pytest.raises(ValueError, match=violation):
        view_of(message)


@SLOW
@given(TEXT | LONG)
def test_the_length_of_a_text_counts_utf_16_code_units(text: str) -> None:
    assert text_length((Text(text),)) == sum(
        2 if ord(character) > 0xFFFF else 1 for character in text
    )


@SLOW
@given(TEXT | LONG, st.integers(0, 20))
def test_a_cut_text_has_at_most_the_maximum_length(text: str, max_length: int) -> None:
    beginning = cut_to_length(text, max_length)
    assert text.startswith(beginning)
    length = text_length((Text(beginning),))
    assert beginning == text or max_length - 1 <= length <= max_length
