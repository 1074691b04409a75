from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from pullquote_bot.terminal.screen import Screen, quoted_lines
from pullquote_bot.visible_text import one_line, visible

WIDE = Screen(None, colour=False)


@given(st.text())
def test_no_character_that_controls_a_terminal_is_left(text: str) -> None:
    shown = visible(text)
    assert not any(
        character in shown for character in "\x1b\x07\x08\x0d\x7f\x9b\u202e\u2066\u200f\u200b"
    )


def test_controls_are_made_visible_and_words_stay_unchanged() -> None:
    assert visible("a\x1b[31mb\x07") == "a␛[31mb␇"
    assert visible("“café”\u00a0– 👩‍🚀\r\nnext") == "“café”\u00a0– 👩‍🚀\nnext"
    assert visible("\u202eevil") == "<U+202E>evil"
    assert visible("a\u2063\u206a\ufffab") == "a<U+2063><U+206A><U+FFFA>b"


def test_a_headline_stays_on_its_line() -> None:
    assert one_line("A\n[2] forged\x1b[0m") == "A [2] forged␛[0m"


@given(st.text(alphabet=st.sampled_from("ab  \n\u00a0é-")), st.integers(20, 60))
def test_breaking_lines_loses_no_word(text: str, width: int) -> None:
    lines = quoted_lines(text, width)
    assert "".join("".join(line.split()) for line in lines) == "".join(text.split())
    assert all(wcswidth(line) <= width for line in lines)


def test_wide_characters_and_long_words_stay_within_the_width() -> None:
    for text in ("他走了。" * 40, "a\u00a0b" * 60, "x" * 300, "\u2800" * 300):
        assert all(wcswidth(row) <= 30 for row in quoted_lines(text, 30))


def test_colours_are_used_only_on_a_screen_that_has_them() -> None:
    assert WIDE.bold("a") == "a"
    assert Screen(80, colour=True).bold("a") == "\x1b[1ma\x1b[0m"
