import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.corpus.paragraphs import paragraph_number, paragraphs
from pullquote.corpus.spans import Span, trimmed


def test_a_span_slices_exactly_its_characters() -> None:
    assert Span(2, 4).of("ab😀́e") == "😀́"


@pytest.mark.parametrize("span", [Span(0, 0), Span(3, 2), Span(-1, 2), Span(0, 9)])
def test_a_span_outside_its_text_raises(span: Span) -> None:
    with pytest.raises(ValueError, match="does not lie within"):
        span.of("short")


@given(st.text(), st.data())
def test_trimming_removes_white_space_and_nothing_else(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    a, b = trimmed(text, Span(start, end))
    assert text[a:b] == text[start:end].strip()


def test_blank_lines_separate_paragraphs_for_every_kind_of_line_end() -> None:
    text = "One.\r\n\r\nTwo.\n \t\nThree.\r\rFour."
    assert [span.of(text) for span in paragraphs(text, Span(0, len(text)))] == [
        "One.",
        "Two.",
        "Three.",
        "Four.",
    ]


def test_single_line_breaks_separate_paragraphs_unless_the_text_is_hard_wrapped() -> None:
    lines = "A short line.\n" + "A line that is far too long for the hard-wrapped text. " * 4
    assert len(paragraphs(lines, Span(0, len(lines)))) == 2
    for line_end in ("\n", "\r\n", "\r"):
        wrapped = WRAPPED.replace("\n", line_end)
        assert paragraphs(wrapped, Span(0, len(wrapped))) == [Span(0, len(wrapped))]


WRAPPED = (
    "This paragraph was wrapped by its editor at about\n"
    "sixty columns, so that each of its lines but the last\n"
    "has nearly the same length."
)


def found(text: str) -> list[str]:
    return [span.of(text) for span in paragraphs(text, Span(0, len(text)))]


@pytest.mark.parametrize("width", [60, 72, 80, 100, 120])
def test_paragraphs_wrapped_at_any_width_are_found_whole(width: int) -> None:
    wrapped = ["\n".join(textwrap.wrap(paragraph, width)) for paragraph in PARAGRAPHS]
    assert found("\n\n".join(wrapped)) == wrapped


def test_lines_that_are_paragraphs_stay_apart() -> None:
    assert found("\n".join(PARAGRAPHS)) == list(PARAGRAPHS)
    verse = "Roses are red,\nViolets are blue,\nSugar is sweet,\nAnd so are you."
    address = "Ana Example\nHarbour Street 4\nNorrvik"
    assert found(f"{PARAGRAPHS[0]}\n\n{verse}\n\n{address}")[1:] == [
        *verse.split("\n"),
        *address.split("\n"),
    ]


def test_one_long_link_or_one_short_line_does_not_break_a_wrapped_paragraph() -> None:
    assert found(LONG_LINK) == [LONG_LINK]
    assert found(SHORT_LINE) == [SHORT_LINE]


LONG_LINK = """\
A storm tore the roof off the fish hall in the night to Saturday, and [the
fishers' cooperative](https://www.example.org/fish-hall/cooperative/members.html)
says that repairing it will cost
two hundred thousand crowns."""
SHORT_LINE = """\
Her successor is a machine: an automatic lamp that the administration bought
from a firm in Hammervik for
six hundred thousand crowns."""


def test_items_of_a_wrapped_list_are_paragraphs() -> None:
    items = ["- The crane that lifts the ferries was sold to\n  the port.", "- The ferry stays."]
    assert found("\n".join(items)) == items


CRANE = """\
Relatively calm week at the harbour, with more arrivals than departures. The crane that lifts \
the ferries was sold to the port of Storholm for a price that both sides keep secret, but the \
deputy harbour master, Jonas Ekeland, told this newsletter that it was above nine million."""
KEEPER = """\
Marta Example, who has kept the lighthouse on Storholm since she was twenty-three, will retire \
in April after forty-one years. Nobody follows her."""
NEW_CRANE = "The new crane comes from a yard in the north and will be paid for over twelve years."
PARAGRAPHS = (CRANE, NEW_CRANE, KEEPER)


@given(st.text(alphabet=st.sampled_from("ab .\n\r\t\u00a0\u2028é")))
def test_paragraphs_leave_out_nothing_but_white_space(text: str) -> None:
    spans = paragraphs(text, Span(0, len(text)))
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())
    assert all(a.end <= b.start for a, b in zip(spans, spans[1:], strict=False))


def test_paragraph_numbers_count_from_one() -> None:
    text = "One.\n\nTwo.\n\nThree."
    spans = paragraphs(text, Span(0, len(text)))
    assert [paragraph_number(spans, position) for position in (0, 3, 6, 12, 17)] == [1, 1, 2, 3, 3]
