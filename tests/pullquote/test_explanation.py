import dataclasses
import datetime as dt

import pytest

from pullquote.answering.answers import Refusal
from pullquote.answering.explanation import evidence_parts, shares_by_word
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import understand
from pullquote.confidence.decision import Evidence, confidence
from pullquote.confidence.outcome import Outcome
from pullquote.json_output.answer import answer_json
from pullquote.json_output.explanation import explanation_json
from pullquote_bot.strings.answers import reason as reason_in_words

ANSWERED = "What did the bridge cables cost?"
NOT_SURE = "Who designed the bridge?"
REFUSED = "Why was the director fired?"


@pytest.mark.parametrize("question", [ANSWERED, NOT_SURE, REFUSED, "bridge frost library tide"])
def test_the_parts_of_a_score_add_up_to_it(town: OpenIndex, question: str) -> None:
    for quote in answer(town, understand(question), 10).shown:
        assert quote.window
        assert sum(quote.window.parts.values()) == pytest.approx(quote.score)
        assert quote.window.hit.lexical_rank or quote.window.hit.dense_rank


def test_the_words_of_a_question_are_those_that_were_typed_with_their_shares(
    town: OpenIndex,
) -> None:
    found = answer(town, understand("Which cables were REPLACED?"))
    assert found.explanation
    shares = shares_by_word(found.query)
    assert list(shares) == ["cables", "REPLACED"]
    assert sum(shares.values()) == pytest.approx(1)
    explanation = explanation_json(found)
    assert explanation
    assert explanation.quotes[0].words == ("REPLACED", "cables")


def test_the_sufficient_value_is_the_least_that_answers(town: OpenIndex) -> None:
    found = answer(town, understand(NOT_SURE))
    assert not found.answered
    assert found.explanation
    evidence, scale = found.explanation.evidence, found.explanation.scale
    parts = evidence_parts(found.explanation)
    assert {part.name for part in parts} == {
        "word_likeness",
        "content_likeness",
        "least_likeness",
        "similarity",
        "lead",
        "reranker",
    }
    assert any(part.enough for part in parts)

    def answered_with(name: str, value: float) -> bool:
        changed: Evidence = dataclasses.replace(evidence, **{name: value})  # type: ignore[arg-type]
        return scale.verdict(confidence(changed)).answered

    for part in parts:
        if part.enough is None:
            assert not answered_with(part.name, 1.0)
        else:
            assert answered_with(part.name, part.enough)
            assert not answered_with(part.name, part.enough - 1e-6)


def test_all_but_a_sure_answer_is_short_of_the_threshold(town: OpenIndex) -> None:
    answered = explanation_json(answer(town, understand(ANSWERED)))
    assert answered
    assert answered.short_by == 0
    assert {part.enough for part in answered.evidence.values()} == {None}
    for question, outcome in ((NOT_SURE, Outcome.UNSURE), (REFUSED, Outcome.REFUSED)):
        found = answer(town, understand(question))
        assert found.outcome is outcome
        short = explanation_json(found)
        assert short
        assert short.short_by == pytest.approx(short.threshold - short.confidence, abs=2e-4)
        assert short.short_by > 0


def test_the_json_of_an_answer_explains_only_when_asked_to(town: OpenIndex) -> None:
    found = answer(town, understand(ANSWERED), 3)
    assert "explanation" not in answer_json(found).model_dump(mode="json")
    fields = answer_json(found, explain=True).model_dump(mode="json")
    assert list(fields)[-1] == "explanation"
    assert list(fields["explanation"]) == [
        "confidence",
        "threshold",
        "unsure_threshold",
        "short_by",
        "words",
        "evidence",
        "passages_searched",
        "passages_found",
        "spans_scored",
        "quotes",
    ]
    assert list(fields["explanation"]["evidence"]) == [
        "word_likeness",
        "content_likeness",
        "least_likeness",
        "similarity",
        "lead",
        "reranker",
    ]
    assert [quote["number"] for quote in fields["explanation"]["quotes"]] == [1, 2, 3]
    assert set(fields["explanation"]["quotes"][0]) == {
        "number",
        "lexical_rank",
        "dense_rank",
        "similarity",
        "words",
        "score",
        "parts",
    }


class TestARefusalNamesItsReason:
    """Nothing is about the subject, nothing answers, or only articles outside of the filter do."""

    def reason(self, town: OpenIndex, question: str, **filters: object) -> Refusal | None:
        return answer(town, understand(question, **filters)).refusal  # type: ignore[arg-type]

    def test_nothing_is_about_the_subject(self, town: OpenIndex) -> None:
        for question in ("Who won the 2022 World Cup?", "How tall is the Eiffel Tower?"):
            assert self.reason(town, question) is Refusal.NOTHING_ABOUT

    def test_something_is_about_the_subject_but_does_not_answer(self, town: OpenIndex) -> None:
        assert self.reason(town, REFUSED) is Refusal.SUBJECT_ONLY

    def test_only_articles_of_other_dates_answer(self, town: OpenIndex) -> None:
        for filters in (
            {"since": dt.date(2025, 1, 1)},
            {"until": dt.date(2024, 3, 4)},
            {"since": dt.date(2030, 1, 1)},
        ):
            found = answer(town, understand(ANSWERED, **filters))  # type: ignore[arg-type]
            assert (found.refusal, found.outside_date) == (
                Refusal.OUTSIDE_DATES,
                dt.date(2024, 3, 5),
            )
            assert not any(quote.article.id == "harbour" for quote in found.shown), (
                "articles outside of the filter are not shown"
            )
        assert self.reason(town, ANSWERED, since=dt.date(2024, 3, 5)) is None
        assert (
            self.reason(town, "Who won the 2022 World Cup?", since=dt.date(2025, 1, 1))
            is Refusal.NOTHING_ABOUT
        )
        assert (
            self.reason(town, "Who won the 2022 World Cup?", since=dt.date(2030, 1, 1))
            is Refusal.NOTHING_SEARCHED
        )

    def test_only_an_article_without_a_date_answers(self, town: OpenIndex) -> None:
        found = answer(
            town, understand("How often does the tide turn at Elm Ford?", since=dt.date(2030, 1, 1))
        )
        assert (found.refusal, found.outside_date) == (Refusal.OUTSIDE_DATES, None)

    def test_only_articles_of_other_sources_answer(self, town: OpenIndex) -> None:
        found = answer(town, understand(ANSWERED, source="Valley Post"))
        assert (found.refusal, found.other_source, found.outside_date) == (
            Refusal.OTHER_SOURCE,
            "The Quay",
            None,
        )
        assert not any(quote.article.id == "harbour" for quote in found.shown), (
            "what was left out is not shown"
        )
        assert reason_in_words(found) == "Only an article from The Quay might answer it."
        assert (
            self.reason(town, "Who won the 2022 World Cup?", source="Valley Post")
            is Refusal.NOTHING_ABOUT
        )
        dated = answer(town, understand(ANSWERED, source="The Quay", until=dt.date(2024, 3, 4)))
        assert (dated.refusal, dated.outside_date) == (Refusal.OUTSIDE_DATES, dt.date(2024, 3, 5))

    def test_only_the_json_of_a_refusal_has_a_reason(self, town: OpenIndex) -> None:
        assert (
            answer_json(answer(town, understand(REFUSED))).model_dump(mode="json")["refusal"]
            == "subject_only"
        )
        assert "refusal" not in answer_json(answer(town, understand(ANSWERED))).model_dump(
            mode="json"
        )
