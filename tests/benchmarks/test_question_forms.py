"""The forms in which the benchmarks ask a question."""

import random
import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import question_forms
from pullquote.answering.query import understand
from pullquote.english.stop_words import STOP_TERMS
from question_forms import (
    FORMS,
    GREETINGS,
    PLAIN,
    content_words,
    forms_of,
    misspelt_once,
    misspelt_twice,
)

QUESTION = "How many Pakistani soldiers didn't return from Bagram in 2021?"
SEEDS = range(300)
LETTERS = string.ascii_letters


def words_of(question: str) -> list[str]:
    return [word.of(question) for word in content_words(question)]


def single_typos(word: str) -> set[str]:
    """Every word with one wrong letter of the four kinds."""
    typos = set()
    for at, letter in enumerate(word):
        before, after = word[:at], word[at + 1 :]
        typos |= {before + after, before + letter + letter + after}
        typos |= {before + other + after for other in LETTERS if other.lower() != letter.lower()}
        if after:
            typos.add(before + after[0] + letter + after[1:])
    return typos - {word}


def changed_words(question: str, form: str) -> list[tuple[str, str]]:
    """The words that differ, as they were and as they are."""
    pairs = zip(question.split(), form.split(), strict=True)
    return [pair for pair in pairs if pair[0] != pair[1]]


def test_content_words_are_long_and_neither_stop_words_nor_numbers() -> None:
    assert words_of(QUESTION) == ["Pakistani", "soldiers", "return", "Bagram"]
    assert words_of("What did the minister's aide, according to Zoë, tell them?") == [
        "minister",
        "aide",
    ]
    assert words_of("Who won the cup?") == []


@given(st.text(LETTERS, min_size=4, max_size=12), st.integers())
@example("aaaa", 1)
def test_a_word_misspelt_once_has_one_wrong_letter(word: str, seed: int) -> None:
    assert misspelt_once(word, random.Random(seed)) in single_typos(word)


def test_every_kind_of_wrong_letter_occurs() -> None:
    misspelt = {misspelt_once("town", random.Random(seed)) for seed in SEEDS}
    assert {"own", "ttown", "twon", "tow", "townn", "tonw"} <= misspelt
    assert any(len(word) == 4 and sorted(word) != sorted("town") for word in misspelt)


@given(st.text("ab", min_size=4, max_size=6), st.integers())
def test_two_wrong_letters_do_not_cancel_each_other(word: str, seed: int) -> None:
    assert misspelt_twice(word, random.Random(seed)) != word


@pytest.mark.parametrize(("form", "count"), [("one letter", 1), ("two letters", 2)])
def test_wrong_letters_are_in_as_many_different_content_words(form: str, count: int) -> None:
    seen = set()
    for seed in SEEDS:
        changed = changed_words(QUESTION, forms_of(QUESTION, "q", seed)[form])
        assert len(changed) == count
        for word, misspelt in changed:
            assert misspelt in single_typos(word)
            seen.add(word)
    assert seen == set(words_of(QUESTION))


def test_a_new_stop_word_changes_the_draw_only_if_it_was_drawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = [forms_of(QUESTION, number, 7)["one letter"] for number in SEEDS]
    monkeypatch.setattr(question_forms, "STOP_TERMS", STOP_TERMS | {"return"})
    after = [forms_of(QUESTION, number, 7)["one letter"] for number in SEEDS]
    return_drawn = [" return " not in question for question in before]
    assert 0 < sum(return_drawn) < len(SEEDS)
    assert [old != new for old, new in zip(before, after, strict=True)] == return_drawn


def test_the_only_content_word_gets_both_wrong_letters() -> None:
    for seed in SEEDS:
        ((word, misspelt),) = changed_words(
            "Who won at Bagram?", forms_of("Who won at Bagram?", "q", seed)["two letters"]
        )
        assert word == "Bagram?"
        assert misspelt[:-1] in {
            head + tail for head in single_typos("Bag") for tail in single_typos("ram")
        }


def test_a_question_without_a_long_content_word_gets_no_wrong_letter() -> None:
    forms = forms_of("Who won the cup?", "q", 7)
    assert forms["one letter"] == forms["two letters"] == forms[PLAIN] == "Who won the cup?"


def test_each_greeting_is_drawn_and_keeps_the_question() -> None:
    question = "Who mediated {the} talks?"
    forms = {forms_of(question, number, 7)["greeting"] for number in SEEDS}
    assert forms == {greeting.replace("{}", question) for greeting in GREETINGS}
    assert len(GREETINGS) == 5


def test_marks_and_capitals() -> None:
    forms = forms_of("Who is Zoë? And why? ", "q", 7)
    assert forms["no question mark"] == "Who is Zoë? And why"
    assert forms["capitals"] == "WHO IS ZOË? AND WHY? "
    assert forms["lower case"] == "who is zoë? and why"


def test_the_draws_depend_on_the_seed_and_the_id_alone() -> None:
    forms = forms_of(QUESTION, "q", 7)
    assert list(forms) == list(FORMS)
    assert forms_of(QUESTION, "q", 7) == forms
    assert forms_of(QUESTION, "q", 8) != forms
    assert len({forms_of(QUESTION, number, 7)["two letters"] for number in range(20)}) > 10


@given(st.text(max_size=200).filter(lambda text: any(letter.isalnum() for letter in text)))
def test_every_form_of_a_question_can_be_asked(question: str) -> None:
    for form in forms_of(question, 1, 7).values():
        assert understand(form).text
