"""Evaluating an archive: asked, judged, written as JSON and compared."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from pullquote.answering.open_index import OpenIndex
from pullquote.confidence.decision import RERANKED
from pullquote.confidence.outcome import Outcome
from pullquote.corpus.articles import ArticleId
from pullquote.errors import RequestError
from pullquote.evaluation.evaluation_json import EvaluationJson, compare, metrics_json
from pullquote.evaluation.judged_answer import JudgedAnswer
from pullquote.evaluation.questions import QuestionSet, read_questions
from pullquote.evaluation.runner import ask_all
from support.archives import write_jsonl

TOWN = (
    {
        "id": "cost",
        "question": "What did the bridge cables cost?",
        "expected": "14 million euros",
        "gold_articles": ["harbour"],
    },
    {
        "id": "hours",
        "question": "How late is the town library open?",
        "choices": ["nine", "ten in the evening"],
        "gold": 1,
        "gold_articles": "library",
    },
    {"id": "cup", "question": "Who won the 2022 World Cup?", "answerable": False},
    {
        "id": "tide",
        "question": "How often does the tide turn at Elm Ford?",
        "gold_articles": "undated",
    },
)


@pytest.fixture(scope="module")
def town_set(tmp_path_factory: pytest.TempPathFactory) -> QuestionSet:
    return read_questions(write_jsonl(tmp_path_factory.mktemp("set") / "town.jsonl", *TOWN))


def evaluation(judged: Sequence[JudgedAnswer]) -> EvaluationJson:
    return EvaluationJson(
        pullquote="0",
        generation="g",
        articles=4,
        passages=9,
        questions="town.jsonl",
        questions_sha256="",
        asked=len(judged),
        answerable=3,
        unanswerable=1,
        threshold=0.65,
        unsure_threshold=0.3,
        calibrated=False,
        quotes=1,
        not_verbatim=0,
        figures=metrics_json(judged),
        results=tuple(judged),
    )


def test_every_question_is_asked_and_its_answer_judged(
    town: OpenIndex, town_set: QuestionSet
) -> None:
    calls: list[None] = []
    asked = list(ask_all(town, town_set, lambda: calls.append(None)))
    judged = {question.judged.id: question.judged for question in asked}
    assert (len(calls), len(judged)) == (4, 4)
    refused = [question.judged.outcome is Outcome.REFUSED for question in asked]
    assert refused == [False, False, True, False]
    assert [question.judged.answered for question in asked] == [
        question.judged.outcome is Outcome.ANSWERED for question in asked
    ]
    assert [RERANKED.shown(question.raw_confidence) for question in asked] == pytest.approx(
        [question.judged.confidence for question in asked], abs=1e-4
    )
    assert (judged["cost"].rank, judged["cost"].article_rank, judged["cost"].right) == (1, 1, True)
    assert judged["tide"].right, "without expected words the expected article counts"
    assert (judged["cup"].right, judged["cup"].rank, judged["cup"].refusal) == (
        False,
        None,
        "nothing_about",
    )
    assert judged["hours"].choice[3] == 1
    metrics = metrics_json(list(judged.values()))
    assert (
        metrics["hit@3"].of,
        metrics["article@3"].of,
        metrics["mc@3"].of,
        metrics["auroc"].of,
    ) == (2, 3, 1, 4)
    assert (metrics["false_answer"].value, metrics["auroc"].value) == (0, 1)


def test_an_evaluation_survives_its_json_and_does_not_differ_from_itself(
    town: OpenIndex, town_set: QuestionSet
) -> None:
    judged = [question.judged for question in ask_all(town, town_set, lambda: None)]
    again = EvaluationJson.model_validate_json(evaluation(judged).model_dump_json())
    assert again == evaluation(judged)
    same = compare(judged, again, "before.json")
    assert same.questions == 4
    for difference in same.differences.values():
        assert (difference.value, difference.low, difference.high) == (0, 0, 0)


def test_a_comparison_covers_the_questions_that_both_asked_if_they_are_the_same(
    town: OpenIndex, town_set: QuestionSet
) -> None:
    judged = [question.judged for question in ask_all(town, town_set, lambda: None)]
    missed = judged[0].model_copy(update={"rank": None})
    before = evaluation([missed, *judged[1:3]])
    comparison = compare(judged, before, "before.json")
    assert (comparison.questions, comparison.differences["hit@3"].of) == (3, 2)
    difference = comparison.differences["hit@3"]
    assert (difference.value, difference.other) == (0.5, 0.5)
    assert difference.low <= 0.5 <= difference.high
    with pytest.raises(RequestError, match="no question in common"):
        compare(judged[3:], before, "before.json")
    with pytest.raises(RequestError, match="'cost' has other words or another expectation there"):
        compare([judged[0].model_copy(update={"question": "Other?"})], before, "before.json")


def test_evidence_is_found_in_the_index_and_belongs_to_the_expectation(
    town: OpenIndex, tmp_path: Path
) -> None:
    row = town.store.article_row(ArticleId("harbour"))
    assert row is not None
    start = town.store.article(row).text.index("14 million euros")
    record = {
        "question": "What did the bridge cables cost?",
        "article": "harbour",
        "evidence": [[start, start + 16]],
    }
    (asked,) = ask_all(
        town, read_questions(write_jsonl(tmp_path / "q.jsonl", record)), lambda: None
    )
    assert (asked.judged.rank, asked.judged.right) == (1, True)
    assert asked.judged.evidence[0].text == "14 million euros"
    moved = asked.judged.model_copy(update={"evidence": ()})
    with pytest.raises(RequestError, match="another expectation"):
        compare([moved], evaluation([asked.judged]), "before.json")
