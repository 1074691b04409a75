"""Questions of several parts: each part gets its quotes."""

import dataclasses

import pytest

from pullquote.answering.answers import Answer, Refusal
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import understand
from pullquote.answering.question_parts import joined, parts_of
from pullquote.confidence.outcome import Outcome

TWO = "Who destroyed the apricot harvest? What did engineer Lidia Kovac replace?"
APRICOTS, CABLES = "Who destroyed the apricot harvest?", "What did engineer Lidia Kovac replace?"


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (TWO, [APRICOTS, CABLES]),
        (
            "who destroyed the apricots and what did Lidia Kovac replace",
            ["who destroyed the apricots?", "what did Lidia Kovac replace?"],
        ),
        (
            "Who is Lidia Kovac and how old is she?",
            ["Who is Lidia Kovac?", "Who is Lidia Kovac and how old is she?"],
        ),
        (
            "When did the harbour reopen and what did it cost?",
            ["When did the harbour reopen?", "When did the harbour reopen and what did it cost?"],
        ),
        ("Who fined and sued the bank?", ["Who fined and sued the bank?"]),
        ("Who won? Thanks!", ["Who won?"]),
    ],
)
def test_a_part_is_asked_by_itself_or_with_the_first_one(question: str, parts: list[str]) -> None:
    assert [part.searched for part in parts_of(understand(question))] == parts


def test_each_part_has_its_own_terms_and_the_filters_of_the_question() -> None:
    query = understand(TWO, source="The Quay")
    first, second = parts_of(query)
    assert first.terms == understand(APRICOTS).terms
    assert second.terms == understand(CABLES).terms
    assert (first.text, first.source, second.source) == (TWO, "The Quay", "The Quay")


def test_two_questions_in_one_get_the_first_quotes_of_both(town_answering: OpenIndex) -> None:
    found = answer(town_answering, understand(TWO), 2)
    assert [quote.text for quote in found.quotes] == [
        answer(town_answering, understand(part)).quotes[0].text for part in (APRICOTS, CABLES)
    ]
    assert found.query.text == TWO


def test_a_quote_that_two_parts_share_is_shown_once(town_answering: OpenIndex) -> None:
    found = answer(town_answering, understand(f"{CABLES} {CABLES}"), 3)
    places = [(quote.article.id, quote.span) for quote in found.quotes]
    assert len(set(places)) == len(places)


def test_two_questions_that_are_refused_are_refused_together(town_refusing: OpenIndex) -> None:
    found = answer(town_refusing, understand(TWO))
    assert found.outcome is Outcome.REFUSED
    assert found.quotes == ()
    assert {quote.article.id for quote in found.nearest[:2]} == {"orchard", "harbour"}


@pytest.mark.parametrize(
    ("outcomes", "together"),
    [
        ((Outcome.ANSWERED, Outcome.ANSWERED), Outcome.ANSWERED),
        ((Outcome.ANSWERED, Outcome.UNSURE), Outcome.UNSURE),
        ((Outcome.ANSWERED, Outcome.REFUSED), Outcome.UNSURE),
        ((Outcome.UNSURE, Outcome.UNSURE), Outcome.UNSURE),
        ((Outcome.REFUSED, Outcome.UNSURE), Outcome.UNSURE),
        ((Outcome.REFUSED, Outcome.REFUSED), Outcome.REFUSED),
    ],
)
def test_an_answer_of_two_parts_is_sure_only_if_both_are(
    town_answering: OpenIndex, outcomes: tuple[Outcome, Outcome], together: Outcome
) -> None:
    first, second = (
        with_outcome(answer(town_answering, understand(part)), outcome, confidence)
        for part, outcome, confidence in zip((APRICOTS, CABLES), outcomes, (0.7, 0.4), strict=True)
    )
    whole = joined(understand(TWO), [first, second], 3)
    assert whole.outcome is together
    assert whole.confidence == 0.4
    assert bool(whole.quotes) is (together is not Outcome.REFUSED)
    assert bool(whole.nearest) is (together is Outcome.REFUSED)
    assert whole.timings["score"] == first.timings["score"] + second.timings["score"]


def with_outcome(found: Answer, outcome: Outcome, confidence: float) -> Answer:
    """An answer with another outcome and another confidence."""
    refused = outcome is Outcome.REFUSED
    return dataclasses.replace(
        found,
        confidence=confidence,
        unsure=outcome is Outcome.UNSURE,
        refusal=Refusal.SUBJECT_ONLY if refused else None,
        quotes=() if refused else found.quotes,
        nearest=found.quotes if refused else (),
    )
