"""The comparison of plain questions with perturbed ones."""

import io
import json
import sys
from pathlib import Path

import pytest

import perturbed_questions
from form_scores import FormAnswer, same_first_quote, scores
from perturbed_questions import drawn, queries_by_form
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.query import Query
from pullquote.confidence.outcome import Outcome
from pullquote.corpus.spans import Span
from pullquote.evaluation.bootstrap import Sampling
from pullquote.evaluation.questions import EvaluationQuestion, read_questions
from question_forms import FORMS
from support.archives import write_jsonl


def questions_in(folder: Path, *lines: dict[str, object]) -> tuple[EvaluationQuestion, ...]:
    write_jsonl(folder / "questions.jsonl", *lines)
    return read_questions(folder / "questions.jsonl").questions


BRIDGE: dict[str, object] = {
    "id": "bridge",
    "question": "When did the harbour bridge reopen?",
    "asked": "2024-03-09",
    "since": "2024-01-01",
    "article": "harbour",
    "evidence": [[0, 40]],
}
UNANSWERABLE: dict[str, object] = {
    "id": "moon",
    "question": "Who flew to the moon?",
    "answerable": False,
}


def test_the_first_quote_is_the_same_if_it_overlaps_in_the_same_article() -> None:
    quote = FormAnswer(Outcome.ANSWERED, "a", Span(10, 20))
    assert same_first_quote(quote, FormAnswer(Outcome.REFUSED, "a", Span(19, 30)))
    assert not same_first_quote(quote, FormAnswer(Outcome.ANSWERED, "a", Span(20, 30)))
    assert not same_first_quote(quote, FormAnswer(Outcome.ANSWERED, "b", Span(10, 20)))
    assert not same_first_quote(quote, FormAnswer(Outcome.REFUSED))
    assert same_first_quote(FormAnswer(Outcome.REFUSED), FormAnswer(Outcome.REFUSED))


def test_a_limit_draws_answerable_questions_whatever_their_order(tmp_path: Path) -> None:
    lines = [{**BRIDGE, "id": number} for number in range(20)]
    questions = questions_in(tmp_path, UNANSWERABLE, *lines)
    assert [question.id for question in drawn(questions, None, 7)] == list(range(20))
    ids = [question.id for question in drawn(questions, 5, 7)]
    assert len(ids) == 5
    assert [question.id for question in drawn(questions[::-1], 5, 7)] == ids[::-1]
    assert [question.id for question in drawn(questions, 5, 8)] != ids


def test_each_form_keeps_the_days_of_the_question(tmp_path: Path) -> None:
    (question,) = questions_in(tmp_path, BRIDGE)
    queries = queries_by_form(question, 7)
    assert list(queries) == list(FORMS)
    assert {(query.since, query.asked_on) for query in queries.values()} == {
        (question.query.since, question.query.asked_on)
    }


def test_shares_and_differences_to_plain(tmp_path: Path) -> None:
    questions = questions_in(tmp_path, *({**BRIDGE, "id": number} for number in range(4)))
    queries = [queries_by_form(question, 7) for question in questions]
    sure = FormAnswer(Outcome.ANSWERED, "a", Span(0, 9))
    unsure = FormAnswer(Outcome.UNSURE, "a", Span(5, 9))
    refused = FormAnswer(Outcome.REFUSED, "b", Span(0, 9))
    greeted = [sure, sure, unsure, refused]
    answers = [{**dict.fromkeys(FORMS, sure), "greeting": answer} for answer in greeted]
    by_form = {score.form: score for score in scores(queries, answers, Sampling([0] * 4, range(4)))}
    greeting, plain = by_form["greeting"], by_form["plain"]
    assert (plain.answered, plain.shown, plain.changed) == (1, 1, 0)
    assert (greeting.answered, greeting.shown, greeting.changed) == (0.5, 0.75, 1)
    assert greeting.answered_difference.value == -0.5
    assert greeting.shown_difference.value == -0.25
    assert greeting.same_first_quote.value == 0.75
    assert greeting.answered_difference.low < -0.5 < greeting.answered_difference.high <= 0
    assert by_form["capitals"].answered_difference.low == 0


def test_forms_with_the_same_text_are_asked_once(
    tmp_path: Path, town: OpenIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    (question,) = questions_in(tmp_path, {**BRIDGE, "question": "who won the cup"})
    asked: list[str] = []
    ask = perturbed_questions.ask

    def noted(index: OpenIndex, query: Query) -> FormAnswer:
        asked.append(query.text)
        return ask(index, query)

    monkeypatch.setattr(perturbed_questions, "ask", noted)
    stream = io.StringIO()
    perturbed_questions.ask_all(town, [queries_by_form(question, 7)], stream)
    assert len(asked) == 3  # plain, with a greeting, in capitals
    assert "1 of 1 questions" in stream.getvalue()


@pytest.mark.parametrize("output", ["text", "json"])
def test_the_script_prints_a_row_for_each_form(
    output: str,
    tmp_path: Path,
    town_built: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    questions_in(tmp_path, BRIDGE, UNANSWERABLE)
    file = str(tmp_path / "questions.jsonl")
    arguments = ["--index", str(town_built), "--questions", file, "--format", output]
    monkeypatch.setattr(sys, "argv", ["perturbed_questions.py", *arguments])
    perturbed_questions.main()
    printed = capsys.readouterr().out
    if output == "json":
        summary = json.loads(printed)
        assert (summary["questions"], summary["seed"]) == (1, 7)
        assert [form["form"] for form in summary["forms"]] == list(FORMS)
        assert summary["forms"][0]["same_first_quote"]["value"] == 1
    else:
        assert "1 questions of questions.jsonl" in printed
        assert [line.split(" | ")[0] for line in printed.splitlines()[4:]] == [
            f"| {form}" for form in FORMS
        ]
